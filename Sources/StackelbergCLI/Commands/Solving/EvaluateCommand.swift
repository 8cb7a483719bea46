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
            ties, what the prices pay for certain, and a bound on what better ones could pay. --within tells the least \
            that prices pay which are no farther off. --against answers another variant, or other prices, too, and against.csv holds the differences by \
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
    @Option(help: "Money per kWh: the least payoff of prices within this distance is told.")
    var within: TypedNumber?
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let distance = try within?.number("--within", in: 0...1e9)
            let run = try RunFolder(`case`, variant: variant)
            let source = run.source
            for warning in source.warnings { complain("\(warning)") }
            let prices = prices ?? run.prices
            let given = try Given(source, prices: prices)
            let other = try against.map { try Given(against: $0, given, prices: prices) }
            let folder = try result.folder(source, "evaluation")
            let line = result.printing.progressLine
            let advice = "stopped before everybody had answered; nothing is written."
            let against = against
            let found = try interruptible(line, advice: advice) {
                var beside: EvaluationResult.Other?
                if let other, let against {
                    line.show("responses to \(against)")
                    beside = .init(against, try other.answered(looksFurther: false))
                }
                line.show("responses and their proof")
                return try given.answered(beside: beside, distance: distance)
            }
            try result.deliver(found, to: folder, startedAt: started)
        }
    }
}

/// A case with prices for all that it leaves to be decided.
private struct Given {
    let source: Case
    let game: EnergyGame
    let decision: [Double]

    /// - Parameter prices: a file, inside the bounds and caps of the case; nil where the case gives all.
    init(_ source: Case, _ known: EnergyGame? = nil, prices path: String?) throws {
        self.source = source
        game = try known ?? EnergyGame(source)
        guard let path else {
            guard source.prices.isEmpty else { throw EvaluateError.noPrices(name: source.prices[0].name) }
            decision = []
            return
        }
        decision = try PricesFile.read(path, for: source, in: game.game.space)
    }

    /// A file of prices for the same case, or else a variant under the same prices.
    init(against name: String, _ given: Given, prices: String?) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), !isFolder.boolValue {
            try self.init(given.source, given.game, prices: name)
            return
        }
        let variants = given.source.variants
        guard variants.contains(name) else { throw EvaluateError.unknown(name: name, variants: variants) }
        let other = try CaseReader.read(given.source.folder, variant: name)
        try self.init(other, prices: other.prices.isEmpty ? nil : prices)
    }

    func answered(
        beside other: EvaluationResult.Other? = nil, distance: Double? = nil, looksFurther: Bool = true
    ) throws -> EvaluationResult {
        try EvaluationResult(
            source, game, decision: decision, beside: other, distance: distance, looksFurther: looksFurther)
    }
}

/// Why prices cannot be answered.
enum EvaluateError: Error, Equatable, CustomStringConvertible {
    case noPrices(name: String)
    case unknown(name: String, variants: [String])

    var description: String {
        switch self {
        case .noPrices(let name):
            "\(name) is to be decided. Give prices with --prices, as `price` writes them, or search for them with `price`."
        case .unknown(let name, let variants):
            "--against \(name): there is no such file, and the case has "
                + (variants.isEmpty
                    ? "no variants." : "no such variant. Its variants are: \(variants.joined(separator: ", ")).")
        }
    }
}
