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

    @Test(arguments: [byName, byPlace])
    func bothFormsSayTheSame(auxiliary: String) throws {
        let problem = try ExchangeFiles.read(ExchangeExample.model, auxiliary)
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
        let problem = try ExchangeFiles.read(model, auxiliary)
        #expect(problem.x[0].lower == -4 && abs(problem.x[0].upper - 8) <= 1e-6)
        #expect(problem.follower.objective.isMaximised && problem.follower.objective.y == [-1])
        #expect(
            problem.follower.rows == [
                .init(x: [0], y: [1], sense: .atLeast, side: 1), .init(x: [0], y: [1], sense: .atMost, side: 4),
            ])
        let unlimited = model.replacingOccurrences(of: " x one 1\n", with: "")
        // A proof needs none; a search says what it lacks.
        let open = try ExchangeFiles.read(unlimited, auxiliary)
        #expect(open.x[0].upper == .infinity)
        #expect(throws: BilevelProblemError.unboundedLeader(variable: "x")) { try open.game() }
    }

    /// Signs and sizes as CPLEX, HiGHS and COIN-OR read them. By hand: min x + y + 7, where y is as great as x + y <=
    /// 10 and 4 let it be.
    @Test func filesMeanWhatTheyMeanToOthers() throws {
        let model = """
            NAME c
            ROWS
             N OBJ
             L r
            COLUMNS
             x OBJ 1 r 1
             y OBJ 1 r 1
            RHS
             RHS OBJ -7 r 10
            BOUNDS
             UP B x 4
             UP B y 4
            ENDATA
            """
        let auxiliary = "@NUMVARS\n1\n@NUMCONSTRS\n1\n@VARSBEGIN\ny -1\n@VARSEND\n@CONSTRSBEGIN\nr\n@CONSTRSEND\n"
        let problem = try ExchangeFiles.read(model, auxiliary)
        #expect(problem.leader.objective.constant == 7)
        let certificate = try Certifier(problem.game(), isExact: true).certify(.init())
        #expect(certificate.isProven && certificate.best?.payoff == -11)
        // Written again, it is the same.
        let again = try TemporaryFolder.with { folder in
            let (mps, aux) = (folder.appendingPathComponent("c.mps"), folder.appendingPathComponent("c.aux"))
            try BilevelExchange.write(problem, mps: mps, aux: aux)
            #expect(try String(contentsOf: mps, encoding: .utf8).contains(" RHS objective -7.0\n"))
            return try BilevelExchange.read(mps: mps, aux: aux)
        }
        #expect(again.leader.objective == problem.leader.objective)
        // 1e30 is no bound, and 1e-13 a factor.
        let wide = try ExchangeFiles.read(
            model.replacingOccurrences(of: "UP B y 4", with: "UP B y 1e30")
                .replacingOccurrences(of: " y OBJ 1 r 1", with: " y OBJ 1 r 1e-13"), auxiliary)
        #expect(wide.y[0].upper == .infinity && wide.follower.rows[0].y == [1e-13])
        // A side without an end leaves a row that says nothing.
        #expect(
            try ExchangeFiles.read(model.replacingOccurrences(of: "r 10", with: "r 1e30"), auxiliary).follower.rows
                .isEmpty)
        // Names that become one when they are mended stay two.
        let named = try ExchangeFiles.read(
            model.replacingOccurrences(of: " x ", with: " x[1] ").replacingOccurrences(of: " y ", with: " x(1) "),
            auxiliary.replacingOccurrences(of: "y -1", with: "x(1) -1"))
        #expect(named.x[0].name == "x_1_" && named.y[0].name == "x_1__")
    }

    /// Whatever stands twice took the place of something else, or says two things of one.
    @Test func everythingStandsOnce() {
        func twice(_ part: String, _ other: String) -> [String] {
            ExchangeFiles.complaints(ExchangeExample.model, Self.byName.replacingOccurrences(of: part, with: other))
        }
        let already = "already. List each once; another is probably meant here."
        #expect(twice("R3", "R2") == ["a.aux:10  the row 'R2' is in line 9 \(already)"])
        #expect(twice("\n2\n", "\n2\n@NUMCONSTS 2\n")[0].contains("'@NUMCONSTS' is in line 3 already"))
        #expect(twice("\ny 1.", "\ny 1.\ny 2.") == ["a.aux  @NUMVARS says 1, but 2 are listed."])
        #expect(
            ExchangeFiles.complaints(
                ExchangeExample.model,
                Self.byName.replacingOccurrences(of: "\ny 1.", with: "\ny 1.\ny 2.")
                    .replacingOccurrences(of: "@NUMVARS\n1", with: "@NUMVARS\n2"))
                == ["a.aux:7  the variable 'y' is in line 6 \(already)"])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, "N 1\nM 2\nLC 1\nLR 2\nLR R2\nLO 1\nOS 1\n") == [
                "a.aux:5  the row 'R2' is in line 4 \(already)"
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, "N 2\nM 2\nLC 1\nLC y\nLR 2\nLR 3\nLO 1\nLO 1\nOS 1\n") == [
                "a.aux:4  the variable 'y' is in line 3 \(already)"
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, Self.byPlace + "OS -1\n") == [
                "a.aux:8  'OS' is in line 7 already. Take one of the two out."
            ])
        #expect(
            twice("@VARSBEGIN", "@NUMVARS\n1\n@VARSBEGIN") == [
                "a.aux:5  '@NUMVARS' is in line 1 already. Take one of the two out."
            ])
        #expect(twice("\n@CONSTRSEND", "").contains { $0.contains("is before the end of '@CONSTRSBEGIN'") })
        #expect(
            twice("@VARSBEGIN", "@OBJSENSE\nup\n@VARSBEGIN")[0].hasSuffix(
                "'up' is not a sense of an objective. Write MIN or MAX."))

        func model(_ part: String, _ other: String) -> String {
            ExchangeFiles.complaints(ExchangeExample.model.replacingOccurrences(of: part, with: other), Self.byName)
                .first ?? ""
        }
        #expect(model(" L R1\n", " L R1\n L R1\n").contains("row 'R1' multiply specified"))
        #expect(model(" x R1 1\n", " x R1 1\n x R1 1\n").contains("duplicate coefficient in row 'R1'"))
        #expect(model(" y cost -7\n", " y cost -7\n x cost 1\n").contains("column 'x' multiply specified"))
        #expect(model(" B R1 20\n", " B R1 20\n B R1 21\n").contains("duplicate right-hand side for row 'R1'"))
        #expect(model(" UP BND y 5\n", " UP BND y 5\n UP BND y 6\n").contains("duplicate upper bound for column 'y'"))
        #expect(model("BOUNDS\n", "RANGES\n R R1 1\n R R1 2\nBOUNDS\n").contains("duplicate range for row 'R1'"))
    }

    @Test func mistakesAreTold() {
        let names = Self.byName
        func without(_ part: String, _ other: String = "") -> String {
            names.replacingOccurrences(of: part, with: other)
        }
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, without("\ny 1.", "\nz 1.")) == [
                "a.aux:6  there is no variable 'z'. There are: x, y."
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, without("R2", "R9"))[0].hasPrefix(
                "a.aux:9  there is no row 'R9'."))
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, without("\n1\n", "\n2\n")) == [
                "a.aux  @NUMVARS says 2, but 1 are listed."
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, without("y 1.", "y"))
                == [
                    "a.aux:6  needs a variable and its factor in the follower's objective, as in 'y 1.0'.",
                    "a.aux  @NUMVARS says 1, but 0 are listed.",
                ].sorted())
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, "N 1\nM 2\nLC 7\nLR 2\nLR 3\nLO 1\nOS 1") == [
                "a.aux:3  there is no variable number 7; they count from 0 to 1."
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, "N 1\nM 0\nLC 1\nOS 2") == [
                "a.aux  has 0 lines of LO for 1 of LC. Each variable of the follower needs its factor.",
                "a.aux:4  OS is 1 to minimise or -1 to maximise, but this is '2'.",
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, Self.byPlace + "IX 3\n") == [
                "a.aux:8  'IX' is not known here. Known: N, M, LC, LR, LO, OS, and IC, IB of interdiction."
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, "") == [
                "a.aux  is empty. It should say which variables and rows are the follower's."
            ])
        #expect(
            ExchangeFiles.complaints(ExchangeExample.model, "N 2\nM 0\nLC 0\nLC 1\nLO 1\nLO 1") == [
                "a.aux  leaves no variable for the leader."
            ])
        let broken = ExchangeExample.model.replacingOccurrences(of: " L R1\n", with: " Q R1\n")
        #expect(ExchangeFiles.complaints(broken, names) == ["a.mps  line 4: invalid row type in field 1"])
        #expect(ExchangeFiles.complaints("", names).count == 1)
        #expect(ExchangeFiles.complaints("ENDATA", names).count == 1)
    }
}
