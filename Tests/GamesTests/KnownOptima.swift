import CaseFiles
import Foundation
import Games
import Testing

/// The bilevel problems that come with the package, whose optima are known.
enum KnownOptima {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/benchmarks/bilevel")
    static let files = ["problems.json", "quadratic.json", "price_games.json"].map { folder.appendingPathComponent($0) }

    /// None where the file cannot be read; a test says why.
    static let all = files.flatMap { (try? BilevelFile.read($0)) ?? [] }

    /// Those of few variables, for tests that answer many decisions.
    static let small = all.filter(isSmall)

    static func isSmall(_ problem: BilevelProblem) -> Bool { problem.x.count <= 6 && problem.y.count <= 18 }

    /// Where a small search ends beside the optimum: one stands alone at a tie, the other is a corner in six variables.
    static let hard: Set = ["lucchetti_1987", "bard_1983_effpoint"]
}

extension BilevelProblem: CustomTestStringConvertible {
    public var testDescription: String { name }
}
