import CaseFiles
import Disk
import Foundation
import Games
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

    /// Title of the case, with its variant, and its units where results have others.
    var heading: String {
        (source.title + (source.variant.map { ", variant \($0)" } ?? "")).escaped(for: .terminalLine)
            + (source.units.sentence.map { "\n" + $0 } ?? "")
    }

    var verdictLines: String {
        verdicts.map {
            "  \($0.holds ? "ok  " : "FAIL")  \($0.name): \($0.detail)".escaped(for: .terminalLine) + "\n"
        }.joined()
    }
}

extension Double {
    /// nil for what no JSON holds.
    var ifFinite: Double? { isFinite ? self : nil }
}

extension Manifest {
    /// What a proved answer pays, and how that depends on ties.
    mutating func tell(_ proof: ResponseProof) {
        ties = proof.ties
        payoff = proof.payoff
        optimisticPayoff = proof.optimisticPayoff.ifFinite
        pessimisticPayoff = proof.pessimisticPayoff.ifFinite
        tiesAreSettled = proof.tiesAreSettled
    }

    /// What every run on a case tells.
    ///
    /// - Parameter seconds: wall-clock, of all phases.
    init(of result: some RunResult, startedAt: Date, seconds: Double) {
        let source = result.source
        self.init()
        caseName = source.name
        caseFolder = source.folder.standardizedFileURL.path
        title = source.title
        currency = source.currency
        variant = source.variant
        leader = source.operatorName
        stepHours = source.system.time.hours
        firstStep = source.firstStepText
        let colors = source.system.carriers.compactMap { carrier in carrier.color.map { (carrier.name, $0) } }
        carrierColors = colors.isEmpty ? nil : Dictionary(colors) { first, _ in first }
        inputs = source.inputs.map {
            Input(file: $0.path, bytes: $0.content.count, sha256: Checksum.sha256($0.content))
        }
        verdicts = result.verdicts
        self.startedAt = startedAt.formatted(.iso8601)
        self.seconds = seconds
    }
}
