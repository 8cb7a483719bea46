import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Reports

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Answers given prices, such as a tariff that stands: everybody's best response, bills and payoff.",
        discussion: """
            Examples: stackelberg evaluate my-park --prices tariff.csv; stackelberg evaluate my-park --variant flat \
            --against time_of_use

            Prices are those of the case, and for what the case leaves to be decided those of --prices: a prices.csv as \
            `price` writes it. Responses are best responses, proved a second time, with the interval of payoffs over \
            ties. --against answers another variant, or other prices, too, and against.csv holds the differences by \
            party and item.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write, 130 \
            stopped by Ctrl-C, 143 by a request to end.
            """)

    @Argument(help: "Folder of a case, or of a result of `price`.", completion: .directory)
    var `case`: String
    @Option(help: "Name of a variant of the case.")
    var variant: String?
    @Option(help: "A prices.csv as `price` writes it; default: those of the result.", completion: .file())
    var prices: String?
    @Option(help: "A variant of the case, or a prices.csv, to set beside.")
    var against: String?
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let run = try RunFolder(`case`, variant: variant)
            let source = run.source
            for warning in source.warnings { complain("\(warning)") }
            let prices = prices ?? run.prices
            let decision = try Self.decision(prices, of: source)
            let other = try against.map { try Self.other($0, beside: source, prices) }
            let folder = try result.folder(source, "evaluation")
            let line = result.printing.progressLine
            let advice = "stopped before everybody had answered; nothing is written."
            let against = against
            let found = try interruptible(line, advice: advice) {
                var beside: EvaluationResult.Other?
                if let other, let against {
                    line.show("responses to \(against)")
                    beside = .init(
                        against,
                        try EvaluationResult(other.source, EnergyGame(other.source), decision: other.decision))
                }
                line.show("responses and their proof")
                return try EvaluationResult(source, EnergyGame(source), decision: decision, beside: beside)
            }
            try result.deliver(found, to: folder, startedAt: started)
        }
    }

    /// Prices of a file, inside the bounds and caps of the case.
    private static func decision(_ path: String?, of source: Case) throws -> [Double] {
        guard let path else {
            guard source.prices.isEmpty else { throw EvaluateError.noPrices(name: source.prices[0].name) }
            return []
        }
        let decision = try PricesFile.read(path, for: source)
        if let problem = try EnergyGame(source).game.space.problem(with: decision) {
            throw EvaluateError.outside(path: path, problem: problem)
        }
        return decision
    }

    /// A file of prices for the same case, or else a variant under the same prices.
    private static func other(
        _ name: String, beside source: Case, _ prices: String?
    ) throws -> (source: Case, decision: [Double]) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), !isFolder.boolValue {
            return (source, try decision(name, of: source))
        }
        guard source.variants.contains(name) else {
            throw EvaluateError.unknown(name: name, variants: source.variants)
        }
        let other = try CaseReader.read(source.folder, variant: name)
        return (other, try decision(other.prices.isEmpty ? nil : prices, of: other))
    }
}

/// Why prices cannot be answered.
enum EvaluateError: Error, Equatable, CustomStringConvertible {
    case noPrices(name: String)
    case outside(path: String, problem: String)
    case unknown(name: String, variants: [String])

    var description: String {
        switch self {
        case .noPrices(let name):
            "\(name) is to be decided. Give prices with --prices, as `price` writes them, or search for them with `price`."
        case .outside(let path, let problem): "\(path): \(problem)"
        case .unknown(let name, let variants):
            "--against \(name): there is no such file, and the case has "
                + (variants.isEmpty
                    ? "no variants." : "no such variant. Its variants are: \(variants.joined(separator: ", ")).")
        }
    }
}
