import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import LinearModels
import Scenarios

/// One input through everything that a run does with a case: reading, building, one evaluation, and the checks on it.
public struct Trial {
    /// What became of an input. Nothing else may.
    public enum Verdict: String, Sendable, CaseIterable {
        /// Diagnostics, each with a file and a sentence.
        case refused
        /// Read, but no model can be made of it; a sentence says why.
        case unbuildable
        /// A typed status without an answer: infeasible, unbounded or a limit.
        case noAnswer
        /// An answer whose balances, stores and accounts close.
        case answered
        /// An answer that the checks on a result turn down, as a run would tell.
        case notProved
    }

    /// Something that must not happen.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let folder: URL
    /// What unmutated cases say, by name and variant.
    private var listings: [[String?]: [ListedValue]] = [:]

    /// - Parameter folder: for the files of inputs; emptied before each.
    public init(in folder: URL) { self.folder = folder }

    /// - Parameter original: what the input was made of, where it must mean the same if it means anything.
    public mutating func run(_ input: FuzzCase, sameAs original: FuzzCase? = nil) throws -> Verdict {
        guard input.files["case.yaml"] != nil else { return try runTables(input) }
        let key = original.map { [$0.name, $0.variant] }
        if let original, let key, listings[key] == nil { listings[key] = try read(original).listing }
        let source: Case
        do {
            source = try read(input)
        } catch let error as CaseFileError {
            guard !error.errors.isEmpty else { throw Failure(description: "refused without an error") }
            for diagnostic in error.diagnostics where diagnostic.message.isEmpty || diagnostic.file.isEmpty {
                throw Failure(description: "a diagnostic without a sentence or a file: \(diagnostic)")
            }
            return .refused
        }
        if let key, let known = listings[key] { try expectSame(source.listing, known) }
        return try evaluate(source)
    }

    /// Tables that are no part of a case, through what the commands do with them.
    private func runTables(_ input: FuzzCase) throws -> Verdict {
        try? FileManager.default.removeItem(at: folder)
        try input.write(to: folder)
        do {
            let year = try YearTable(folder.appendingPathComponent("year.csv"))
            guard year.columns.allSatisfy({ $0.count == year.days * year.stepsPerDay && $0.allSatisfy(\.isFinite) })
            else {
                throw Failure(description: "a series that is no whole number of days, or no number")
            }
            let day = folder.appendingPathComponent("day.csv")
            try Data(year.table(ofDay: year.days - 1).utf8).write(to: day)
            let again = try YearTable(day)
            guard again.columns == year.columns.map({ Array($0.suffix(year.stepsPerDay)) }) else {
                throw Failure(description: "a day that is read otherwise than it was written")
            }
            let past = try PlugInHistory(folder.appendingPathComponent("past.csv"), timezone: "Europe/Berlin")
            let next = try FleetForecast(past.sessions, settings: .init(trees: 2)).nextDay()
            guard (next.power + next.leastEnergy + next.mostEnergy).allSatisfy({ $0.isFinite && $0 >= 0 }) else {
                throw Failure(description: "a forecast that is no number")
            }
            return .answered
        } catch let error as CaseFileError {
            guard !error.errors.isEmpty, error.diagnostics.allSatisfy({ !$0.message.isEmpty && !$0.file.isEmpty })
            else {
                throw Failure(description: "refused without a sentence")
            }
            return .refused
        } catch is FleetForecastError {
            return .refused
        }
    }

    private func read(_ input: FuzzCase) throws -> Case {
        try? FileManager.default.removeItem(at: folder)
        try input.write(to: folder)
        return try CaseReader.read(folder, variant: input.variant)
    }

    /// Titles may say what they like.
    private func expectSame(_ found: [ListedValue], _ known: [ListedValue]) throws {
        func values(_ listing: [ListedValue]) -> Set<ListedValue> {
            Set(listing.filter { !$0.path.hasPrefix("case.") })
        }
        if let other = values(found).symmetricDifference(values(known)).first {
            throw Failure(description: "taken in silence: \(other.path) = \(other.value)")
        }
    }

    private func evaluate(_ source: Case) throws -> Verdict {
        let game: StackelbergGame
        let solutions: ([Double], [Double]) -> [(SystemSolution, EnergySystem)]
        let why: () throws -> Infeasibility?
        do {
            if source.isSizing {
                let sizing = try SizingGame(source)
                game = sizing.game
                why = { try sizing.infeasibility() ?? sizing.infeasibility(at: sizing.game.space.middle) }
                solutions = { values, _ in
                    sizing.days.indices.map {
                        (
                            sizing.solution(of: $0, sizes: sizing.game.space.middle, values: values),
                            sizing.days[$0].system
                        )
                    }
                }
            } else {
                let energy = try EnergyGame(source)
                game = energy.game
                why = { try energy.infeasibility(at: energy.game.space.middle) }
                solutions = { values, parameters in
                    let time = energy.system.time
                    return [
                        (
                            SystemSolution(energy.built, time: time, values: values, parameters: parameters),
                            energy.system
                        )
                    ]
                }
            }
        } catch {
            guard !"\(error)".isEmpty else { throw Failure(description: "not built, without a sentence") }
            return .unbuildable
        }
        guard game.space.decisions.allSatisfy({ $0.lower.isFinite && $0.upper.isFinite && $0.lower <= $0.upper }) else {
            throw Failure(description: "a decision without bounds")
        }
        let evaluation: Evaluation
        do {
            evaluation = try Evaluator(game).evaluate(game.space.middle)
        } catch let error as SolverSessionError {
            guard case .solverFailed = error else { throw Failure(description: "\(error)") }
            return .noAnswer
        }
        guard let payoff = evaluation.payoff else {
            if let found = try why(), found.clash.isEmpty || found.sentences.contains(where: \.isEmpty) {
                throw Failure(description: "no answer, and no word why: \(found)")
            }
            return .noAnswer
        }
        guard payoff.isFinite, evaluation.values.allSatisfy(\.isFinite) else {
            throw Failure(description: "an answer that is no number: \(payoff)")
        }
        let audits = solutions(evaluation.values, evaluation.parameters).map { PhysicalAudit($0, of: $1) }
        return audits.allSatisfy(\.holds) ? .answered : .notProved
    }
}
