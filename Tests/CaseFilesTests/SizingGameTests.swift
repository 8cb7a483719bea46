import Energy
import EnergyGames
import Foundation
import Games
import LinearModels
import TestSupport
import Testing

@testable import CaseFiles

@Suite struct SizingGameTests {
    /// Two sizes and two days of four steps, small enough to try them all.
    static let small = #"""
        case: {schema: 1, name: hut}
        time: {steps: 4, step: 6 h}
        economics: {discount_rate: 0.08}
        carriers: {electricity: {}}
        grid: {buy: {price: [0.3, 0.9, 0.5, 1.4], max: 60 kW, co2: 0.6}}
        operator:
          demand: {electricity: [30, 50, 40, 80]}
          devices:
            battery: {type: storage, capacity: {min: 0, max: 400}, duration: 5 h, wear_cost: 0.02, investment: 700, lifetime: 12}
            pv: {type: pv, capacity: {min: 0, max: 150}, profile: [0, 0.5, 0.3, 0], investment: 4000, lifetime: 25}
            dark: {type: shortage, carrier: electricity, price: 3}
        days:
          bright: {weight: 200}
          dull: {weight: 165, operator.devices.pv.profile: [0, 0.1, 0.1, 0], "operator.demand.electricity": [40, 55, 45, 75]}
        carbon: {ladder: {base_price: 0.1, interval: 300 kg, growth: 0.5, steps: 4}}
        """#

    private static func game(_ yaml: String) throws -> SizingGame {
        try SizingGame(try Workshop.read(["case.yaml": yaml]))
    }

    /// The yearly cost of two sizes that stand in the case as numbers, each day solved alone.
    private static func cost(battery: Double, pv: Double) throws -> Double {
        let source = try Workshop.read([
            "case.yaml": small.replacing("{min: 0, max: 400}", with: "\(battery)")
                .replacing("{min: 0, max: 150}", with: "\(pv)")
        ])
        func annuity(_ years: Double) -> Double { 0.08 * pow(1.08, years) / (pow(1.08, years) - 1) }
        var cost = 700 * battery * annuity(12) + 4000 * pv * annuity(25)
        for day in source.days {
            let session = try SolverSession(try day.system.build(["operator"], minimising: ["operator"]).model)
            guard try session.solve() == .optimal else { return .infinity }
            cost += day.weight * session.objectiveValue
        }
        return cost
    }

    /// No point of a grid is better than the exact optimum, a walk from the best of them ends there, and the game
    /// agrees.
    @Test func theExactOptimumIsTheBestOfAll() throws {
        let sizing = try Self.game(Self.small)
        #expect(sizing.game.space.decisions.map(\.name) == ["operator.battery.capacity", "operator.pv.capacity"])
        #expect(sizing.game.space.decisions.map(\.unit) == ["kWh", "kW"])
        let exact = try sizing.solveExactly()
        let best = try #require(exact.best)
        #expect(exact.status == .optimal && best.gap == 0 && best.bound == best.cost)
        var (least, at) = (Double.infinity, (0.0, 0.0))
        for battery in stride(from: 0.0, through: 400, by: 50) {
            for pv in stride(from: 0.0, through: 150, by: 25) {
                let cost = try Self.cost(battery: battery, pv: pv)
                #expect(cost >= best.cost * (1 - 1e-9))
                if cost < least { (least, at) = (cost, (battery, pv)) }
            }
        }
        var step = 32.0
        while step > 1e-4 {
            let around = [(step, 0), (-step, 0), (0, step), (0, -step), (step, -step), (-step, step)]
            var hasMoved = false
            for (a, b) in around {
                let next = (min(400, max(0, at.0 + a)), min(150, max(0, at.1 + b)))
                let cost = try Self.cost(battery: next.0, pv: next.1)
                if cost < least - 1e-9 { (least, at, hasMoved) = (cost, next, true) }
            }
            if !hasMoved { step /= 2 }
        }
        #expect(abs(least - best.cost) <= 1e-6 * best.cost, "\(least) at \(at), exact \(best.cost) at \(best.sizes)")
        #expect(best.sizes[0] > 1 && best.sizes[1] > 1, "a corner would be too easy: \(best.sizes)")
        let there = try Self.cost(battery: best.sizes[0], pv: best.sizes[1])
        #expect(abs(there - best.cost) <= 1e-9 * best.cost)
        let payoff = try #require(try Evaluator(sizing.game).evaluate(best.sizes).payoff)
        #expect(abs(payoff + best.cost) <= 1e-8 * best.cost)
    }

    /// What ledgers say of an answer adds up to what was minimised.
    @Test func tablesAndObjectiveAgree() throws {
        let sizing = try Self.game(Self.small)
        let evaluation = try Evaluator(sizing.game).evaluate([120, 60])
        let payoff = try #require(evaluation.payoff)
        let solutions = sizing.days.indices.map {
            sizing.solution(of: $0, sizes: evaluation.decision, values: evaluation.values)
        }
        var cost = sizing.annualInvestment(at: evaluation.decision)
        let bought = solutions[0].parties[0].purchases.reduce(0) { $0 + $1.annual(discountRate: 0.08) }
        #expect(abs(bought - cost) < 1e-9 * cost)
        for (k, solution) in solutions.enumerated() {
            cost += sizing.days[k].weight * solution.parties[0].totalCost
            #expect(abs(solution.parties[0].totalCost - evaluation.followerCosts[k]) < 1e-6)
            #expect(PhysicalAudit(solution, of: sizing.days[k].system).holds)
        }
        #expect(abs(payoff + cost) < 1e-8 * cost)
        #expect(abs(payoff + (try Self.cost(battery: 120, pv: 60))) < 1e-8 * cost)
    }

    /// Followers and leader want the same: the leader's cost of a follower's variable is the follower's own, times its
    /// weight.
    @Test func allWantTheSame() throws {
        let sizing = try SizingGame(try Workshop.read(SizingCase.files))
        let columns = sizing.game.followers.map(\.model.variableCount).reduce(0, +)
        #expect(sizing.game.system.variableCount == columns)
        #expect(sizing.game.followers.map(\.name) == ["winter", "summer"])
        var numbers = SeededNumbers(seed: 3)
        let point = sizing.game.space.decisions.map { Double.random(in: $0.lower...$0.upper, using: &numbers) }
        let values = (0..<columns).map { _ in Double.random(in: 0...10, using: &numbers) }
        var expected = sizing.annualInvestment(at: point)
        for (k, day) in sizing.days.enumerated() {
            expected += day.weight * sizing.solution(of: k, sizes: point, values: values).parties[0].totalCost
        }
        // The system has its parameters in the order in which they were asked for, as has the space.
        let objective = sizing.game.system.objectiveValue(variables: values, parameters: point)
        #expect(abs(objective - expected) < 1e-9 * abs(expected))
    }

    /// Without typical days the horizon is the year; a variant that fixes all sizes has nothing to decide.
    @Test func theHorizonIsTheYearWithoutDays() throws {
        let text = Self.small.replacing(/days:\n.*\n.*\n/, with: "")
        let sizing = try Self.game(text)
        #expect(sizing.days.map(\.weight) == [365])
        let best = try #require(try sizing.solveExactly().best)
        let payoff = try #require(try Evaluator(sizing.game).evaluate(best.sizes).payoff)
        #expect(abs(payoff + best.cost) <= 1e-8 * best.cost)
    }

    @Test func theSmallPlantIsRead() throws {
        let source = try Workshop.read(SizingCase.files)
        #expect(source.warnings.isEmpty && source.followers.isEmpty && source.prices.isEmpty)
        #expect(source.days.map(\.name) == ["winter", "summer"] && source.economics.discountRate == 0.05)
        #expect(source.sizes.count == 10 && source.sizes.first == "operator.devices.chp.capacity")
        #expect(source.inputFiles.map(\.lastPathComponent) == ["case.yaml", "winter.csv", "summer.csv"])
        #expect(
            source.listing.first { $0.path == "operator.devices.chp.capacity" }?.value == "to be decided, 0 … 1000")
        #expect(throws: SizingError.sizesToDecide(path: "operator.devices.chp.capacity")) { try EnergyGame(source) }
    }

    /// A winter's day with a large plant that may stop, its greatest capacity as a big M: 15,000 nodes of plain branch
    /// and bound do not settle it. HiGHS 1.x answers the exported program with the same number.
    @Test func aDayWithCommitmentNeedsFewNodes() throws {
        let sizing = try SizingGame(try Workshop.read(SizingCase.files))
        let sizes = [
            "chp": 979.050, "boiler": 456.298, "heater": 359.424, "chiller": 734.886, "absorber": 214.902,
            "battery": 78.038,
            "heat_store": 602.743, "cold_store": 121.920, "wind": 191.113, "pv": 444.851,
        ]
        let model = sizing.built[0].model
        let session = try SolverSession(model, limits: SolveLimits(nodes: 1000))
        for parameter in model.parameters {
            let device = model.name(of: parameter).split(separator: ".")[1]
            try session.set(parameter, to: #require(sizes[String(device)]))
        }
        #expect(try session.solve() == .optimal && session.usedBranchAndBound)
        #expect(abs(session.objectiveValue - 10978.373191) < 1e-5)
    }

    /// The joint program as HiGHS solves it, where a Python that has it is named.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["HIGHS_PYTHON"] != nil))
    func anotherSolverAgrees() throws {
        let sizing = try Self.game(Self.small)
        let best = try #require(try sizing.solveExactly().best)
        for format in ModelFileFormat.allCases {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).\(format.rawValue)")
            defer { try? FileManager.default.removeItem(at: file) }
            try SolverSession(try sizing.exactModel()).write(to: file.path, format: format)
            let process = Process()
            process.executableURL = URL(
                fileURLWithPath: ProcessInfo.processInfo.environment["HIGHS_PYTHON"] ?? "python3")
            let program = """
                import highspy, sys
                highs = highspy.Highs()
                highs.setOptionValue("output_flag", False)
                highs.setOptionValue("mip_rel_gap", 0.0)
                highs.readModel(sys.argv[1])
                highs.run()
                print(highs.getObjectiveValue())
                """
            process.arguments = ["-c", program, file.path]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            process.waitUntilExit()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            let objective = try #require(Double(text.trimmingSpaces))
            #expect(abs(objective - best.cost) <= 1e-6 * best.cost)
        }
    }
}
