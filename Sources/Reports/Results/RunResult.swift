import CaseFiles
import Foundation
import ResultFiles
import Writing

/// A finished run on a case: what a terminal, a program and a folder get of it.
public protocol RunResult: Sendable {
    var source: Case { get }
    /// The checks on it. Whoever uses a result of which one fails is warned.
    var verdicts: [Verdict] { get }
    /// In the order of writing.
    var tables: [ResultTable] { get }
    /// File names with pictures as SVG.
    var figures: [(file: String, svg: String)] { get }
    /// The few lines that a person wants to see first.
    var summary: String { get }
    /// The same as one JSON object, for programs.
    var json: String { get }
    func manifest(startedAt: Date) -> Manifest
}

extension RunResult {
    public var figures: [(file: String, svg: String)] { [] }

    /// Title of the case, with its variant.
    var heading: String { (source.title + (source.variant.map { ", variant \($0)" } ?? "")).escaped(for: .terminalLine) }

    var verdictLines: String {
        verdicts.map {
            "  \($0.holds ? "ok  " : "FAIL")  \($0.name): \($0.detail)".escaped(for: .terminalLine) + "\n"
        }.joined()
    }
}
