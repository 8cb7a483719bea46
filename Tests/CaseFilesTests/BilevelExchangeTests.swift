import Foundation
import Games
import TestSupport
import Testing

@testable import CaseFiles

/// Problems as MPS and AUX files: what they say, and what is said about those with mistakes.
@Suite struct BilevelExchangeTests {
    static let byName = """
        @NUMVARS
        1
        @NUMCONSTRS
        2
        @VARSBEGIN
        y 1.
        @VARSEND
        @CONSTRSBEGIN
        R2
        R3
        @CONSTRSEND
        @NAME
        Example of the manual
        @MPS
        example.mps
        """
    static let byPlace = "N 1\nM 2\nLC 1\nLR 2\nLR 3\nLO 1\nOS 1\n"

    private func read(_ model: String, _ auxiliary: String) throws -> BilevelProblem {
        try TemporaryFolder.with { folder in
            let (mps, aux) = (folder.appendingPathComponent("a.mps"), folder.appendingPathComponent("a.aux"))
            try Data(model.utf8).write(to: mps)
            try Data(auxiliary.utf8).write(to: aux)
            return try BilevelExchange.read(mps: mps, aux: aux)
        }
    }

    private func complaints(_ model: String, _ auxiliary: String) -> [String] {
        do {
            _ = try read(model, auxiliary)
            return []
        } catch let error as CaseFileError {
            return error.diagnostics.map(\.rendered)
        } catch {
            return ["\(error)"]
        }
    }

    @Test(arguments: [byName, byPlace])
    func bothFormsSayTheSame(auxiliary: String) throws {
        let problem = try read(ExchangeExample.model, auxiliary)
        #expect(problem.x == [.init("x", lower: 0, upper: 10, isInteger: true)])
        #expect(problem.y == [.init("y", lower: 0, upper: 5, isInteger: true)])
        #expect(
            problem.leader.objective == .init(x: [-1], y: [-7]) && problem.follower.objective == .init(x: [0], y: [1]))
        #expect(
            problem.leader.rows == [
                .init(x: [-3], y: [2], sense: .atMost, side: 12), .init(x: [1], y: [2], sense: .atMost, side: 20),
            ])
        #expect(
            problem.follower.rows == [
                .init(x: [2], y: [-1], sense: .atMost, side: 7), .init(x: [-2], y: [4], sense: .atMost, side: 16),
            ])
        let certificate = try Certifier(problem.game(), isExact: true).certify(.init())
        #expect(certificate.isProven && certificate.best?.decision == [6] && certificate.best?.payoff == 41)
    }

    /// x <= 10 - 2y and y >= 1 keep x at 8 at most; nothing keeps it there without the row.
    @Test func boundsOfTheLeaderMayFollowFromRows() throws {
        let model = """
            NAME open
            ROWS
             N cost
             L one
             G two
            COLUMNS
             x cost 1
             x one 1
             y one 2
             y two 1
            RHS
             B one 10
             B two 1
            RANGES
             R two 3
            BOUNDS
             LO BND x -4
            ENDATA
            """
        let auxiliary = "N 1\nM 1\nLC 1\nLR 1\nLO -1\nOS -1\n"
        let problem = try read(model, auxiliary)
        #expect(problem.x[0].lower == -4 && abs(problem.x[0].upper - 8) <= 1e-6)
        #expect(problem.follower.objective.isMaximised && problem.follower.objective.y == [-1])
        #expect(
            problem.follower.rows == [
                .init(x: [0], y: [1], sense: .atLeast, side: 1), .init(x: [0], y: [1], sense: .atMost, side: 4),
            ])
        let unlimited = model.replacingOccurrences(of: " x one 1\n", with: "")
        #expect(
            complaints(unlimited, auxiliary) == [
                "a.mps  x: a search needs a box. Give the leader's variable finite bounds that contain the optimum."
            ])
    }

    @Test func mistakesAreTold() {
        let names = Self.byName
        func without(_ part: String, _ other: String = "") -> String {
            names.replacingOccurrences(of: part, with: other)
        }
        #expect(
            complaints(ExchangeExample.model, without("\ny 1.", "\nz 1.")) == [
                "a.aux:6  there is no variable 'z'. There are: x, y."
            ])
        #expect(complaints(ExchangeExample.model, without("R2", "R9"))[0].hasPrefix("a.aux:9  there is no row 'R9'."))
        #expect(
            complaints(ExchangeExample.model, without("\n1\n", "\n2\n")) == [
                "a.aux  @NUMVARS says 2, but 1 are listed."
            ])
        #expect(
            complaints(ExchangeExample.model, without("y 1.", "y"))
                == [
                    "a.aux:6  needs a variable and its factor in the follower's objective, as in 'y 1.0'.",
                    "a.aux  @NUMVARS says 1, but 0 are listed.",
                ].sorted())
        #expect(
            complaints(ExchangeExample.model, "N 1\nM 2\nLC 7\nLR 2\nLR 3\nLO 1\nOS 1") == [
                "a.aux:3  there is no variable number 7; they count from 0 to 1."
            ])
        #expect(
            complaints(ExchangeExample.model, "N 1\nM 0\nLC 1\nOS 2") == [
                "a.aux  has 0 lines of LO for 1 of LC. Each variable of the follower needs its factor.",
                "a.aux:4  OS is 1 to minimise or -1 to maximise, but this is '2'.",
            ])
        #expect(
            complaints(ExchangeExample.model, Self.byPlace + "IC 3\n")[0].contains(
                "Problems of interdiction cannot be read."))
        #expect(
            complaints(ExchangeExample.model, "") == [
                "a.aux  is empty. It should say which variables and rows are the follower's."
            ])
        #expect(
            complaints(ExchangeExample.model, "N 2\nM 0\nLC 0\nLC 1\nLO 1\nLO 1") == [
                "a.aux  leaves no variable for the leader."
            ])
        let broken = ExchangeExample.model.replacingOccurrences(of: " L R1\n", with: " Q R1\n")
        #expect(complaints(broken, names) == ["a.mps  line 4: invalid row type in field 1"])
        #expect(complaints("", names).count == 1)
        #expect(complaints("ENDATA", names).count == 1)
    }
}
