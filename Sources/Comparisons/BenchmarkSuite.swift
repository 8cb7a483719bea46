import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Metaheuristics

/// Problems with a budget and targets: a benchmark that two people can run and mean the same.
public struct BenchmarkSuite: Sendable {
    public let name: String
    public let title: String
    public let version: Int
    public let population: Int
    public let evaluations: Int
    /// Gaps to the best known value that count as reached, the widest first; see ``BenchmarkProblem/gap(_:to:)``.
    public let targets: [Double]
    public let problems: [BenchmarkProblem]
    /// All files that the suite is made of.
    public let inputFiles: [URL]

    /// By which rules the payoffs of its games are compared, in order; none where it has no games.
    package var tieRules: [String] { Set(problems.compactMap(\.ties)).map(\.rawValue).sorted() }

    public init(
        name: String, title: String, version: Int, population: Int, evaluations: Int, targets: [Double],
        problems: [BenchmarkProblem], inputFiles: [URL] = []
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.population = population
        self.evaluations = evaluations
        self.targets = targets
        self.problems = problems
        self.inputFiles = inputFiles
    }

    /// Reads a suite and its cases. Nothing is solved: optima that the suite does not state are looked for when it is
    /// run.
    ///
    /// - Throws: `CaseFileError` with everything that is wrong with the suite's files.
    public static func read(_ url: URL) throws -> BenchmarkSuite {
        let file = try SuiteReader.read(url, functions: TestFunction.allCases.map(\.rawValue))
        return BenchmarkSuite(
            name: file.name, title: file.title, version: file.version, population: file.population,
            evaluations: file.evaluations, targets: file.targets, problems: try file.problems.map(problem),
            inputFiles: file.inputFiles)
    }

    /// The suite with the optima of problems whose best value is not stated, as far as they are found in a minute each.
    package func solvedExactly() throws -> BenchmarkSuite {
        BenchmarkSuite(
            name: name, title: title, version: version, population: population, evaluations: evaluations,
            targets: targets, problems: try problems.map { try $0.solvedExactly() }, inputFiles: inputFiles)
    }

    /// What sizes cost a year at least, where the joint program of sizes and operation is solved within a minute.
    private static func provenOptimum(of sizing: SizingGame) throws -> Double? {
        let exact = try sizing.solveExactly(limits: SolveLimits(nodes: .max, seconds: 60))
        return exact.status == .optimal ? exact.best?.cost : nil
    }

    private static func problem(_ problem: SuiteFile.Problem) throws -> BenchmarkProblem {
        switch problem.content {
        case .function(let name, let dimension, let isRotated):
            // The reader has checked the name.
            let function = TestFunction(rawValue: name) ?? .sphere
            return BenchmarkProblem(
                name: problem.name, function: try TestProblem(function, dimension: dimension, isRotated: isRotated))
        case .bilevel(let bilevel):
            return try BenchmarkProblem(
                name: problem.name, game: bilevel.game(), isMaximised: bilevel.leader.objective.isMaximised,
                bestKnown: problem.bestKnown)
        case .network(let network):
            return try BenchmarkProblem(name: problem.name, network: network, bestKnown: problem.bestKnown)
        case .energyCase(let source) where source.isSizing:
            let sizing = try SizingGame(source)
            return try BenchmarkProblem(
                name: problem.name, game: sizing.game, isMaximised: false,
                bestKnown: problem.bestKnown,
                reason: {
                    let found = try sizing.infeasibility() ?? sizing.infeasibility(at: sizing.game.space.middle)
                    return found.map { ("\($0)", $0.isOfEveryDecision) }
                }, optimum: { try provenOptimum(of: sizing) })
        case .energyCase(let source):
            let energyGame = try EnergyGame(source)
            return try BenchmarkProblem(
                name: problem.name, game: energyGame.game, isMaximised: true, bestKnown: problem.bestKnown,
                reason: {
                    try energyGame.infeasibility(at: energyGame.game.space.middle)
                        .map { ("\($0)", $0.isOfEveryDecision) }
                })
        }
    }
}
