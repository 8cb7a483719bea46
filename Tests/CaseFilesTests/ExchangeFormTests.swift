import Foundation
import Games
import TestSupport
import Testing

@testable import CaseFiles

/// Forms in which the field writes its bilevel problems, beside those of `BilevelExchangeTests`.
@Suite struct ExchangeFormTests {
    /// Three goods worth 5, 4 and 3, of which two fit; forbidding costs 2, 1 and 1, and 2 may be spent.
    private static let goods = """
        NAME goods
        ROWS
         N worth
         L room
        COLUMNS
         M 'MARKER' 'INTORG'
         a worth -5 room 1
         b worth -4 room 1
         c worth -3 room 1
         M 'MARKER' 'INTEND'
        RHS
         R room 2
        BOUNDS
         UP B a 1
         UP B b 1
         UP B c 1
        ENDATA
        """
    private static let forbidding =
        "N 3\nM 1\nLC 0\nLC 1\nLC 2\nLR 0\nLO -5\nLO -4\nLO -3\nOS 1\nIC 2\nIC 1\nIC 1\nIB 2\n"

    /// By hand: without b and c 5 is left, without a 7, so that the follower packs 5 at the most.
    @Test func interdictionIsRead() throws {
        let problem = try ExchangeFiles.read(Self.goods, Self.forbidding)
        #expect(problem.x.map(\.name) == ["forbid_a", "forbid_b", "forbid_c"] && problem.y.count == 3)
        let certificate = try problem.certify(.init())
        let best = try #require(certificate.best)
        #expect(certificate.isProven && problem.value(ofPayoff: best.payoff) == -5)
        #expect(best.decision == [0, 1, 1] && certificate.values == [1, 0, 0])
        // The same as goods that are maximised, with costs in another order.
        let maximised = Self.goods.replacingOccurrences(of: "worth -", with: "worth ")
            .replacingOccurrences(of: "NAME goods", with: "NAME goods\nOBJSENSE\n    MAX")
        let turned = "N 3\nM 1\nLC c\nLC b\nLC a\nLR room\nLO 3\nLO 4\nLO 5\nOS -1\nIC 1\nIC 1\nIC 2\nIB 2\n"
        let other = try ExchangeFiles.read(maximised, turned)
        let again = try other.certify(.init())
        #expect(again.isProven && again.best.map { other.value(ofPayoff: $0.payoff) } == 5)
        #expect(again.best?.decision == [0, 1, 1])
    }

    @Test func mistakesOfInterdictionAreTold() {
        func changed(_ part: String, _ other: String) -> [String] {
            ExchangeFiles.complaints(Self.goods, Self.forbidding.replacingOccurrences(of: part, with: other))
        }
        #expect(
            changed("IB 2\n", "") == [
                "a.aux  has 3 lines of IC for 3 of LC, and no line of IB. Interdiction needs a cost for each variable of "
                    + "the follower, and one budget."
            ])
        #expect(changed("IC 1\nIB", "IB")[0].hasPrefix("a.aux  has 2 lines of IC for 3 of LC, and one line of IB."))
        #expect(changed("IB 2", "IB two") == ["a.aux:14  'two' is not a number."])
        #expect(
            changed("OS 1", "OS -1").first
                == "a.aux:3  the follower counts 'a' with -5.0, maximised, the model's objective with -5.0. In "
                + "interdiction both are one: the leader wants the opposite. Mend LO or OS.")
        #expect(
            changed("M 1\n", "M 0\n").first?.hasPrefix("a.aux  M says 0") ?? false)
        #expect(
            changed("M 1\nLC", "M 0\nLC").count == 1
                && ExchangeFiles.complaints(
                    Self.goods,
                    Self.forbidding.replacingOccurrences(of: "M 1\n", with: "M 0\n")
                        .replacingOccurrences(of: "LR 0\n", with: "")
                )[0].contains("LR for each of its 1 rows"))
        #expect(
            ExchangeFiles.complaints(
                Self.goods.replacingOccurrences(of: " UP B b 1", with: " PL B b"), Self.forbidding)[0].hasPrefix(
                    "a.aux:4  'b' is between 0.0 and inf."))
    }

    /// What is maximised says so in one line or two; by hand: y is x, and x at most 3.
    @Test func theSenseOfTheObjectiveIsRead() throws {
        func model(_ sense: String) -> String {
            """
            NAME s
            \(sense)ROWS
             N f
             G r
             L s
            COLUMNS
             x f 2 r -1
             x s 1
             y f 1 r 1
            RHS
             R s 3
            BOUNDS
             UP B y 9
            ENDATA
            """
        }
        let auxiliary = "@NUMVARS 1\n@NUMCONSTS 1\n@VARSBEGIN\ny 1\n@VARSEND\n@CONSTSBEGIN\nr\n@CONSTSEND\n@NAME s\n"
        func value(_ sense: String) throws -> Double? {
            let problem = try ExchangeFiles.read(model(sense), auxiliary)
            return try problem.certify(.init()).best.map { problem.value(ofPayoff: $0.payoff) }
        }
        for sense in ["OBJSENSE\n    MAX\n", "OBJSENSE\n  MAXIMIZE\n", "OBJSENSE MAX\n", "OBJSENSE\nMAX\n"] {
            #expect(try value(sense) == 9)
        }
        for sense in ["", "OBJSENSE\n    MIN\n", "OBJSENSE MINIMIZE\n", "* OBJSENSE MAX\n"] {
            #expect(try value(sense) == 0)
        }
        let advice = "OBJSENSE says neither MIN nor MAX. Write one of them below it."
        #expect(ExchangeFiles.complaints(model("OBJSENSE\n    UP\n"), auxiliary) == ["a.mps  line 3: \(advice)"])
        #expect(ExchangeFiles.complaints(model("OBJSENSE\n"), auxiliary) == ["a.mps  line 3: \(advice)"])
        #expect(
            ExchangeFiles.complaints(model("OBJSENSE MAX\nOBJSENSE MAX\n"), auxiliary) == [
                "a.mps  line 3: OBJSENSE comes a second time. Take one out."
            ])
        // Lines keep their numbers.
        let broken = model("OBJSENSE\n    MAX\n").replacingOccurrences(of: " L s\n", with: " Q s\n")
        #expect(ExchangeFiles.complaints(broken, auxiliary) == ["a.mps  line 7: invalid row type in field 1"])
    }

    /// By hand: y is as small as y >= x and y >= -x let it be, the leader pays y + 3 for |x - 7| <= 2, without bounds.
    @Test func leadersMayBeFree() throws {
        let model = """
            NAME free
            ROWS
             N f
             G up
             G down
             G s
             G w
            COLUMNS
             x up -1 down 1
             x s 1
             x w 0.5
             y f 1 up 1
             y down 1
             z f 1 s -1
             z w 1
            RHS
             R f -3 s -5
             R w -9
            BOUNDS
             FR B x
             FR B y
             FR B z
            ENDATA
            """
        let auxiliary = "N 1\nM 2\nLC 1\nLR 0\nLR 1\nLO 1\nOS 1\n"
        let problem = try ExchangeFiles.read(model, auxiliary)
        let certificate = try problem.certify(.init())
        let best = try #require(certificate.best)
        // y + z with y = |x|, z = -9 - x / 2: least at x = 0, where z is -9 <= 5.
        #expect(certificate.isProven && problem.value(ofPayoff: best.payoff) == -6)
        #expect(best.decision == [0, -9] && certificate.values.first == 0)
        // Without what holds z up, there is no end.
        let endless = try ExchangeFiles.read(
            model.replacingOccurrences(of: " x w 0.5\n", with: "").replacingOccurrences(of: " z w 1\n", with: "")
                .replacingOccurrences(of: " y down 1\n", with: " y down 1 w 1\n"), auxiliary)
        #expect(throws: CertificateError.unbounded) { try endless.certify(.init()) }
    }
}
