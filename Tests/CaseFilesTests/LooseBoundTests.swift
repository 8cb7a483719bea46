import Foundation
import TestSupport
import Testing

@testable import CaseFiles

/// A limit that is never reached changes nothing, however great it is.
@Suite struct LooseBoundTests {
    /// A ladder whose first price is below what a surplus brings needs whole numbers, whose big M are made of all that
    /// can be bought.
    @Test func aGridThatIsGreaterThanAnybodyNeedsPaysTheSame() throws {
        let payoffs = try ["3 MW", "1000 MW", "2 GW", "100 GW"].map { limit in
            try TemporaryFolder.with { folder in
                for (path, text) in CaseTemplate.files(name: "park") {
                    let url = folder.appendingPathComponent(path)
                    try FileManager.default.createDirectory(
                        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                    let changed = text.replacing("max: 3 MW", with: "max: \(limit)")
                        .replacing("base_price: 0.25", with: "base_price: 0.1")
                    #expect(path != "case.yaml" || changed != text)
                    try Data(changed.utf8).write(to: url)
                }
                let check = try CaseCheck(try CaseReader.read(folder))
                return try #require(check.payoff, "\(limit): \(check.outcome.sentence)")
            }
        }
        for payoff in payoffs { #expect(abs(payoff - payoffs[0]) < 1e-6 * abs(payoffs[0])) }
    }
}
