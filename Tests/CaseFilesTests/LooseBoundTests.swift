import Testing

@testable import CaseFiles

/// A limit that is never reached changes nothing, however great it is.
@Suite struct LooseBoundTests {
    /// A ladder whose first price is below what a surplus brings needs whole numbers, whose big M are made of all that
    /// can be bought.
    @Test func aGridThatIsGreaterThanAnybodyNeedsPaysTheSame() throws {
        let payoffs = try ["3 MW", "1000 MW", "2 GW", "100 GW"].map { limit in
            var files = CaseTemplate.files(name: "park").reduce(into: [:]) { $0[$1.0] = $1.1 }
            let text = try #require(files["case.yaml"])
            let changed = text.replacing("max: 3 MW", with: "max: \(limit)")
                .replacing("base_price: 0.25", with: "base_price: 0.1")
            #expect(changed != text)
            files["case.yaml"] = changed
            let check = try CaseCheck(try Workshop.read(files))
            return try #require(check.payoff, "\(limit): \(check.outcome.sentence)")
        }
        for payoff in payoffs { #expect(abs(payoff - payoffs[0]) < 1e-6 * abs(payoffs[0])) }
    }
}
