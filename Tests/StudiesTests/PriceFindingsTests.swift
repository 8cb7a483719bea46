import CaseFiles
import Disk
import EnergyGames
import Foundation
import Games
import LinearModels
import TestSupport
import Testing

@testable import Studies

/// What follows a search: the better of all that was found is the answer, and phases go on where they were left.
@Suite struct PriceFindingsTests {
    /// A week's case of a hospital and laboratories, cut to a day, in which prices found against ties pay more than the
    /// search's own.
    private static let yaml = """
        case: {schema: 1, name: week, title: "A week"}
        units: {power: kW, currency: GBP}
        time: {start: "2019-01-14T00:00", steps: 24, step: 1 h, timezone: Europe/London}
        tables: {p: {file: p.csv, index: time}}
        carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.025}}
        grid: {buy: {price: p.buy, max: 2500}, sell: {price: 0.04, max: 500}}
        operator:
          devices:
            chp: {type: chp, capacity: 600, efficiency: {electricity: 0.38, heat: 0.44}, om_cost: 0.008}
            boiler: {type: boiler, capacity: 1000, efficiency: {heat: 0.88}}
          prices:
            electricity_sell: {min: 0.06, max: 0.35, mean_max: 0.16}
            heat_sell: {min: 0.02, max: 0.09, mean_max: 0.05}
        users:
          hospital:
            demand: {electricity: p.hospital_e, heat: p.hospital_h}
            devices: {own_boiler: {type: boiler, capacity: 500, efficiency: {heat: 0.82}}}
          labs:
            demand: {electricity: p.labs_e, heat: p.labs_h}
            devices: {hp: {type: electric_boiler, capacity: 150, efficiency: {heat: 3}}}
            flexibility: {plug: {type: shiftable, carrier: electricity, share: 0.15, window: [7, 22]}}
        """

    private static let hours = """
        550.6,255.5,84.9,246.1,0.1111 543.9,416.4,87.2,132.5,0.1109 548.1,359.7,85.7,104.1,0.1102 552.4,359.7,84.7,113.6,0.1105
        558.1,369.1,83.3,66.3,0.1102 558.8,425.9,84.7,189.3,0.1188 574.9,463.8,140.4,236.6,0.1294 612.7,473.2,169.6,388.1,0.1212
        645.1,463.8,171.0,350.2,0.1389 716.5,539.5,187.8,350.2,0.1383 732.7,501.6,198.9,293.4,0.1444 768.5,454.3,201.1,255.5,0.1413
        746.7,425.9,194.9,293.4,0.1334 763.6,425.9,191.1,312.3,0.1355 736.5,435.4,191.7,312.3,0.1301 739.4,425.9,179.5,227.2,0.1345
        752.8,388.1,170.3,246.1,0.3076 689.3,302.9,167.5,227.2,0.3327 622.0,246.1,152.7,208.2,0.2989 600.6,265.0,101.7,9.5,0.1635
        586.5,246.1,82.7,0.0,0.1393 590.6,236.6,76.6,0.0,0.1243 570.7,246.1,78.7,0.0,0.1167 577.1,293.4,82.9,283.9,0.1178
        """

    /// The case with its settings, read from files.
    private static func week(ties: String = "optimistic") throws -> StackelbergGame {
        try TemporaryFolder.with { folder in
            let rows = hours.split(whereSeparator: { $0 == " " || $0 == "\n" }).enumerated().map { t, row in
                "2019-01-14T\(t < 10 ? "0" : "")\(t):00,\(row)"
            }
            let table =
                "time,hospital_e [kW],hospital_h [kW],labs_e [kW],labs_h [kW],buy [GBP/kWh]\n"
                + rows.joined(separator: "\n") + "\n"
            try Data(table.utf8).write(to: folder.appendingPathComponent("p.csv"))
            let text = yaml + "\ngame: {followers: {ties: \(ties)}}\n"
            try Data(text.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            return try EnergyGame(CaseReader.read(folder)).game
        }
    }

    private static func settings(_ evaluations: Int, _ answer: StudySettings.AnswerRule = .bankable) -> StudySettings {
        StudySettings(population: 40, evaluations: evaluations, answer: answer)
    }

    /// By the tie rule the answer pays no less than anything any phase found, is proved, and is what its prices pay
    /// when they are answered anew.
    @Test(arguments: [(50, "optimistic"), (60, "optimistic"), (50, "pessimistic"), (300, "optimistic")])
    func theBetterAnswerIsTaken(evaluations: Int, ties: String) throws {
        let game = try Self.week(ties: ties)
        let study = try Study.run(game, Self.settings(evaluations, .byTies))
        #expect(study.bankable == nil)
        let findings = try PriceFindings(game, study)
        let payoff = try #require(findings.best.payoff)
        #expect(payoff >= study.best.payoff ?? .infinity)
        #expect(findings.proof.holds && findings.proof.payoff == payoff)
        #expect((findings.origin == .search) == (findings.best.decision == study.best.decision))
        let again = try Evaluator(game).evaluate(findings.best.decision)
        #expect(abs((again.payoff ?? .nan) - payoff) <= 1e-9 * abs(payoff))
        #expect(findings.bounds.best.bound >= payoff)
        #expect(findings.bankable == nil && findings.supremum == nil)
    }

    /// A bankable answer is written on its grid, pays no less at prices that are written the same, whichever way ties
    /// go, and stands between what the search's own prices pay and what any can.
    @Test(arguments: [45, 50, 300, 1200]) func whatIsPromisedIsPaid(evaluations: Int) throws {
        let game = try Self.week()
        let study = try Study.run(game, Self.settings(evaluations))
        #expect(study.log.evaluations <= evaluations)
        let findings = try PriceFindings(game, study)
        let bankable = try #require(findings.bankable)
        #expect(findings.proof.holds && findings.proof.ties == .pessimistic)
        let decision = findings.best.decision
        // Heat costs less than 0.1: it has a digit more.
        let written = zip(decision, game.space.ticks).map { Double(String(format: "%.\($1.decimals)f", $0)) }
        #expect(written == decision && Set(game.space.ticks.map(\.decimals)) == [4, 5])
        #expect(bankable.payoff <= findings.proof.payoff)
        let most = try #require(findings.supremum).payoff
        #expect(bankable.payoff <= most + 1e-9)
        #expect(findings.bounds.best.bound >= most)
        let evaluator = try Evaluator(game)
        let own = game.space.rounded(study.best.decision)
        let reach = PriceReach(try PriceGame(game))
        let first = try evaluator.bankable(own, reach)?.payoff ?? -.infinity
        #expect(bankable.payoff >= first)
        // The space is wider by half a tick here, so that no price is pulled back.
        var wider = game.space.decisions
        for (k, half) in game.space.halfTicks.enumerated() {
            wider[k].lower -= half
            wider[k].upper += half
        }
        let around = try Evaluator(
            StackelbergGame(
                name: game.name, space: DecisionSpace(wider), followers: game.followers, system: game.system,
                ties: .pessimistic))
        var random = SeededNumbers(seed: 3)
        for _ in 0..<60 {
            let near = zip(decision, game.space.halfTicks).map { $0 + random.uniform(in: -1...1) * $1 }
            let paid = try #require(try around.evaluate(near, ties: .pessimistic).payoff)
            #expect(paid >= bankable.payoff - 1e-9 * abs(paid))
        }
    }

    private static func card(_ settings: StudySettings) -> StudyCard {
        StudyCard(
            purpose: .prices, caseName: "week", caseFolder: "/nowhere", variant: nil, unit: "GBP", settings: settings,
            program: "stackelberg 0", solver: "GLPK 0", startedAt: Date(timeIntervalSinceReferenceDate: 0.1))
    }

    private static func expectSame(_ a: PriceFindings, _ b: PriceFindings) {
        #expect(a.best.decision == b.best.decision && a.best.values == b.best.values && a.origin == b.origin)
        #expect(a.bankable?.payoff == b.bankable?.payoff && a.supremum == b.supremum)
        #expect(a.bounds.best.bound == b.bounds.best.bound && a.bounds.payments == b.bounds.payments)
        #expect(a.proof.pessimisticPayoff == b.proof.pessimisticPayoff && a.proof.payoff == b.proof.payoff)
        #expect(a.proof.checks.map(\.cost) == b.proof.checks.map(\.cost))
    }

    /// Ended before one solve after the other: what a phase has come to is kept, and the end is the same to the last
    /// bit.
    @Test func phasesGoOnWhereTheyWereLeft() throws {
        let game = try Self.week()
        let settings = Self.settings(50)
        let whole = try PriceFindings(game, Study.run(game, settings))
        try TemporaryFolder.with { folder in
            let inputs = [FileCopy(path: "case.yaml", content: Data())]
            let study = try Study.run(
                game, settings, store: StudyStore.begin(in: folder, Self.card(settings), inputs: inputs))
            let solves = Countdown()
            var begun: [AnswerPhase] = []
            var findings: PriceFindings?
            // Each life is allowed more than the one before, so that it ends.
            for life in 1..<200 where findings == nil {
                solves.left = 40 * life
                findings = try? Interruption.heeding({ solves.isOver() }) {
                    try PriceFindings(game, study, store: StudyStore(folder)) { begun.append($0) }
                }
            }
            Self.expectSame(try #require(findings), whole)
            #expect(begun.count > 2 && begun.contains(.first) && begun.contains(.bounds))
            // What is done is not begun again.
            let last = try PriceFindings(game, study, store: StudyStore(folder)) { _ in
                Issue.record("a phase was done twice")
            }
            Self.expectSame(last, whole)
            #expect(try StudyOverview(folder).best == whole.bankable?.payoff)
        }
    }

    private final class Countdown: @unchecked Sendable {
        var left = 0

        func isOver() -> Bool {
            left -= 1
            return left < 0
        }
    }

    /// A store of before there were phases has no table of them.
    @Test func anOlderStoreIsGoneOnWith() throws {
        let game = try ToyGame.make()
        let settings = StudySettings(algorithm: "ga", population: 15, evaluations: 60, seed: 5, workers: 2)
        try TemporaryFolder.with { folder in
            let inputs = [FileCopy(path: "case.yaml", content: Data())]
            let study = try Study.run(
                game, settings, store: StudyStore.begin(in: folder, Self.card(settings), inputs: inputs))
            let path = folder.appendingPathComponent(StudyStore.fileName).path
            try StudySchema.openToWrite(path).write { try $0.execute("DROP TABLE phase") }
            #expect(try StudyOverview(folder).best == study.best.payoff)
            Self.expectSame(try PriceFindings(game, study, store: StudyStore(folder)), try PriceFindings(game, study))
        }
    }

    @Test func aPhaseThatCannotBeReadIsDamage() throws {
        let game = try ToyGame.make()
        let settings = StudySettings(algorithm: "ga", population: 15, evaluations: 60, seed: 5, workers: 2)
        try TemporaryFolder.with { folder in
            let inputs = [FileCopy(path: "case.yaml", content: Data())]
            let study = try Study.run(
                game, settings, store: StudyStore.begin(in: folder, Self.card(settings), inputs: inputs))
            let store = try StudyStore(folder)
            try store.put(StoredPhase(outcome: Data("[".utf8), isDone: true, seconds: 1), of: .bounds)
            #expect(throws: StudyStoreError.self) { try PriceFindings(game, study, store: store) }
        }
    }
}
