import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import ResultFiles
import Studies
import Writing

/// Prices as they are, such as a tariff that stands: everybody's best response to them, proved, with every check.
public struct EvaluationResult: RunResult {
    public let source: Case
    public let energyGame: EnergyGame
    /// One number per price that the case leaves to be decided.
    public let decision: [Double]
    public let proof: ResponseProof
    /// What the prices pay for certain and nearby, and what better ones could.
    public let outlook: PriceOutlook
    /// How far off the prices are that ``PriceOutlook/nearby`` is about, CNY/kWh.
    public let distance: Double?
    /// The answer, day by day.
    public let system: PricedSystem
    /// What it is set beside.
    public let other: Other?
    private let seconds: Double

    /// Other prices, or another variant, and what parties pay then.
    public struct Other: Sendable {
        /// As it was asked for.
        public let name: String
        public let payoff: Double
        public let solution: SystemSolution

        public init(_ name: String, _ result: EvaluationResult) {
            (self.name, payoff, solution) = (name, result.payoff, result.solution)
        }
    }

    /// Answers prices and proves the answer.
    ///
    /// - Parameters:
    ///   - decision: one number per price that is to be decided, inside its bounds and caps.
    ///   - other: what to set beside it.
    ///   - distance: CNY/kWh within which the least payoff is looked for; nil where nobody asks.
    ///   - looksFurther: whether ``outlook`` is wanted.
    /// - Throws: `Infeasibility` where somebody has no answer, ``EvaluationFailure`` where it cannot be told why.
    public init(
        _ source: Case, _ energyGame: EnergyGame, decision: [Double], beside other: Other? = nil,
        distance: Double? = nil, looksFurther: Bool = true
    ) throws {
        let started = Date()
        let evaluation = try Evaluator(energyGame.game).evaluate(decision)
        guard evaluation.payoff != nil else {
            throw try energyGame.infeasibility(at: decision) ?? EvaluationFailure(reason: evaluation.outcome.sentence)
        }
        self.source = source
        self.energyGame = energyGame
        self.decision = evaluation.decision
        self.other = other
        proof = try ResponseProof(of: evaluation, in: energyGame.game)
        outlook =
            try looksFurther
            ? PriceOutlook(evaluation.decision, in: energyGame.game, distance: distance) : PriceOutlook()
        self.distance = distance
        system = try PricedSystem(energyGame, evaluation, posted: source.byName(evaluation.decision))
        seconds = Date().timeIntervalSince(started)
    }

    /// The operator's payoff: what it earns less what it pays, CNY over the horizon.
    public var payoff: Double { proof.payoff }

    /// What all parties pay, earn and emit; of several days in sum, each as often as it comes.
    public var solution: SystemSolution { system.total }

    /// Of the payoff and all sums of money.
    var unit: String { energyGame.unit(source.currency) }

    public var verdicts: [Verdict] { [Verdict(proof)] + system.verdicts(energyGame, proof.payoff, source.currency) }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(of: self, startedAt: startedAt, seconds: seconds)
        manifest.tell(proof)
        manifest.bankablePayoff = outlook.bankable?.payoff
        manifest.payoffIsExact = outlook.bankable?.isExact
        manifest.nearbyPayoff = outlook.nearby?.payoff
        manifest.distance = distance
        manifest.bound = outlook.bounds?.best.bound.ifFinite
        manifest.against = other?.name
        manifest.worthUnit = energyGame.hasDays ? unit : nil
        return manifest
    }
}

/// Prices that nobody could answer, where it is not known why.
public struct EvaluationFailure: Error, Equatable, CustomStringConvertible {
    let reason: String

    public var description: String { "these prices have no answer: \(reason)" }
}

/// Costs by party, item and whom it is paid to, and emissions, beside those of other prices; income is negative.
enum AgainstTable: TableSchema {
    static let file = "against.csv"
    static let party = Column<String>("party")
    static let quantity = Column<String>("quantity")
    static let here = Column<Double>("here", amounts: true)
    static let there = Column<Double>("there", amounts: true)
    static let difference = Column<Double>("difference", amounts: true)
    static let unit = Column<String>("unit")
    static let counterparty = Column<String>("counterparty")
    static let columns: [any TableColumn] = [
        party, quantity, here, there, difference, unit, counterparty, RowKind.column,
    ]

    /// What all items of a party come to.
    static let (cost, emission) = ("cost", "emission")
}

extension EvaluationResult {
    public var tables: [ResultTable] {
        [source.priceTable(decision)] + dayTables + system.tables(source.currency).all
            + system.supplyReport(source.currency).tables + ownIndexTable(indices)
            + (other.map { [againstTable($0)] } ?? [])
    }

    /// Costs by party and item, and emissions, here and there.
    private func againstTable(_ other: Other) -> ResultTable {
        var table = ResultTable(AgainstTable.self, money: source.currency)
        func add(
            _ party: String, _ quantity: String, _ here: Double, _ there: Double, _ unit: String, to: String? = nil,
            _ kind: RowKind
        ) {
            table.add([
                AgainstTable.party(party), AgainstTable.quantity(quantity), AgainstTable.here(here),
                AgainstTable.there(there), AgainstTable.difference(here - there), AgainstTable.unit(unit),
                AgainstTable.counterparty(to), kind.cell,
            ])
        }
        for name in parties(with: other) {
            let (here, there) = (solution.party(name), other.solution.party(name))
            func key(_ cost: SystemSolution.PartySolution.Cost) -> [String] { [cost.item, cost.counterparty ?? ""] }
            var keys: [[String]] = []
            for cost in (here?.costs ?? []) + (there?.costs ?? []) where !keys.contains(key(cost)) {
                keys.append(key(cost))
            }
            func amount(_ costs: [SystemSolution.PartySolution.Cost]?, _ wanted: [String]) -> Double {
                (costs ?? []).reduce(0) { $0 + (key($1) == wanted ? $1.amount : 0) }
            }
            for wanted in keys {
                add(
                    name, wanted[0], amount(here?.costs, wanted), amount(there?.costs, wanted), unit,
                    to: wanted[1].isEmpty ? nil : wanted[1], .item)
            }
            add(name, AgainstTable.cost, here?.totalCost ?? 0, there?.totalCost ?? 0, unit, .total)
            let (emitted, before) = (here?.totalEmission ?? 0, there?.totalEmission ?? 0)
            let mass = energyGame.isOfYear ? "kg/a" : "kg"
            if emitted != 0 || before != 0 { add(name, AgainstTable.emission, emitted, before, mass, .total) }
        }
        return table
    }

    private func parties(with other: Other) -> [String] {
        let names = solution.parties.map(\.name)
        return names + other.solution.parties.map(\.name).filter { !names.contains($0) }
    }

    public var summary: String {
        var text = "\(heading)\n"
        text += source.prices.isEmpty ? "All prices are given by the case.\n\n" : "Prices as given.\n\n"
        let sums = SystemSummary(solution: solution, currency: unit)
        text += sums.parties + "\n" + sums.carbon + system.supplyReport(source.currency).lines
        if !source.prices.isEmpty { text += source.priceSummary(decision) + "\n" }
        text += OperationIndices.lines(indices.named) + dayLines + proof.payoffSentence(unit) + outlookLines
        text += other.map { "\n" + against($0) + "\n" } ?? ""
        return text + verdictLines
    }

    private var outlookLines: String {
        func money(_ amount: Double) -> String { "\(NumberText.grouped(amount, decimals: 2)) \(unit)" }
        func ending(_ payoff: BankablePayoff) -> String { payoff.isExact ? ".\n" : ", the least found.\n" }
        var text = ""
        if let bankable = outlook.bankable {
            text +=
                "For certain, whichever way ties go and for all prices within half a tick, "
                + "\(money(bankable.payoff))" + ending(bankable)
        }
        if let distance {
            let place = "\(NumberText.csv(distance)) \(source.currency)/kWh"
            text +=
                outlook.nearby.map { "Prices within \(place) of these pay at least \(money($0.payoff))" + ending($0) }
                ?? "What prices within \(place) of these pay at least is not known: the work allowed did not suffice.\n"
        }
        return text + (outlook.bounds?.sentence(above: payoff, unit) ?? "")
    }

    /// What each party pays here and there.
    private func against(_ other: Other) -> String {
        var table = TextTable(header: ["party", "costs here", "there", "difference [\(unit)]"])
        for name in parties(with: other) {
            let here = solution.party(name)?.totalCost ?? 0
            let there = other.solution.party(name)?.totalCost ?? 0
            table.rows.append([name] + [here, there, here - there].map { NumberText.grouped($0, decimals: 2) })
        }
        return "Beside \(other.name.escaped(for: .terminalLine)), by item in \(AgainstTable.file):\n" + table.text
    }

    public var json: String {
        struct Beside: Codable {
            let name: String
            let payoff: Double
            let parties: [SystemSummary.Party]
        }
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let payoff: Double
            let optimisticPayoff: Double?
            let pessimisticPayoff: Double?
            let tiesAreSettled: Bool
            let bankablePayoff: Double?
            let bankableIsExact: Bool?
            let distance: Double?
            let nearbyPayoff: Double?
            let nearbyIsExact: Bool?
            let bound: Double?
            let prices: [String: [Double]]
            let indices: [String: Double]?
            let parties: [SystemSummary.Party]
            let supplies: [SupplyReport.Supply]?
            let days: [PricedSystem.DayJSON]?
            let against: Beside?
            let verdicts: [Verdict]
        }
        func parties(_ solution: SystemSolution) -> [SystemSummary.Party] {
            SystemSummary.json(of: solution)
        }
        return JSONText.of(
            Output(
                caseName: source.name, variant: source.variant, payoff: payoff,
                optimisticPayoff: proof.optimisticPayoff.ifFinite,
                pessimisticPayoff: proof.pessimisticPayoff.ifFinite,
                tiesAreSettled: proof.tiesAreSettled, bankablePayoff: outlook.bankable?.payoff,
                bankableIsExact: outlook.bankable?.isExact, distance: distance,
                nearbyPayoff: outlook.nearby?.payoff, nearbyIsExact: outlook.nearby?.isExact,
                bound: outlook.bounds?.best.bound.ifFinite, prices: source.byName(decision), indices: indices.json,
                parties: parties(solution), supplies: system.supplyReport(source.currency).json, days: daysJSON,
                against: other.map { Beside(name: $0.name, payoff: $0.payoff, parties: parties($0.solution)) },
                verdicts: verdicts))
    }
}
