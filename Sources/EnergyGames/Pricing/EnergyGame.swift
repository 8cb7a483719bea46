import Energy
import Games
import LinearModels

/// An energy system as a Stackelberg game: the operator posts prices, everybody else answers.
///
/// Followers that trade with each other clear together, in one model whose internal payments cancel; followers that
/// trade only with the operator are separate models. The joint answer of a clearing group is the one that costs its
/// members least in sum; what they owe each other is settled afterwards at their trade's price.
///
/// Prices may be posted for several days, or scenarios of one: the same prices for all, hour by hour. Each day is then
/// a system of its own with followers of its own, and the payoff is what they pay together, each as often as it comes:
///
///     max  sum over days d of weight_d * payoff_d(p)
///
/// or a ``RiskMeasure`` of the days' payoffs.
public struct EnergyGame: Sendable {
    /// A horizon that the prices are posted for.
    public struct Day: Sendable {
        /// nil for a case's own horizon.
        public let name: String?
        /// How often it comes; 1 for a case's own horizon.
        public let weight: Double
        public let system: EnergySystem
        /// Clearing groups of followers, in file order.
        public let groups: [[String]]
        /// Where they are among the parties of the game.
        public let parties: Range<Int>
        /// The day's system with the ledgers that say what variables of the game's system mean.
        public let built: BuiltSystem
        /// What the operator pays, over the game's system: CNY over the horizon.
        let cost: LinearExpression
    }

    public let game: StackelbergGame
    public let days: [Day]
    public let operatorName: String
    /// What the operator decides.
    public let prices: [PostedPrice]
    /// What days are worth together.
    public let risk: RiskMeasure
    private let tick: Tick?
    private let billRise: Double?

    /// The system of the first day, or the only one.
    public var system: EnergySystem { days[0].system }
    /// Clearing groups of followers of the first day, or the only one.
    public var groups: [[String]] { days[0].groups }
    /// The model of the first day, or the only one, with its ledgers.
    public var built: BuiltSystem { days[0].built }

    /// - Parameters:
    ///   - prices: what the operator decides.
    ///   - ties: how followers answer when they have several optima.
    ///   - tick: the grid on which prices are written, in money per kWh; nil for one by their size.
    ///   - billRise: by what share of its bill a follower may pay more than at the prices' `TariffRules.reference`,
    ///     which all need then.
    public init(
        name: String, system: EnergySystem, operatorName: String, prices: [PostedPrice], ties: TieRule,
        tick: Tick? = nil, billRise: Double? = nil
    ) throws {
        try self.init(
            name: name, horizons: [(nil, 1, system)], operatorName: operatorName, prices: prices, ties: ties,
            risk: .mean, tick: tick, billRise: billRise)
    }

    /// One tariff for several days.
    ///
    /// - Parameters:
    ///   - days: each a system with the same steps.
    ///   - risk: what they are worth together.
    /// - Throws: ``PriceDayError`` for days that do not go together.
    public init(
        name: String, days: [TypicalDay], operatorName: String, prices: [PostedPrice], ties: TieRule,
        risk: RiskMeasure = .mean, tick: Tick? = nil, billRise: Double? = nil
    ) throws {
        guard let first = days.first else { throw PriceDayError.noDays }
        for day in days {
            guard day.weight > 0, day.weight.isFinite else {
                throw PriceDayError.weight(day: day.name, weight: day.weight)
            }
            guard day.system.time == first.system.time else {
                throw PriceDayError.otherSteps(day: day.name, first: first.name)
            }
        }
        try self.init(
            name: name, horizons: days.map { ($0.name, $0.weight, $0.system) }, operatorName: operatorName,
            prices: prices, ties: ties, risk: risk, tick: tick, billRise: billRise)
    }

    private init(
        name: String, horizons: [(name: String?, weight: Double, system: EnergySystem)], operatorName: String,
        prices: [PostedPrice], ties: TieRule, risk: RiskMeasure, tick: Tick?, billRise: Double?
    ) throws {
        self.operatorName = operatorName
        self.prices = prices
        self.risk = risk
        (self.tick, self.billRise) = (tick, billRise)
        let wholes = try horizons.map { try WholeDay($0.system, operatorName: operatorName) }
        let followers = zip(horizons, wholes).flatMap { horizon, whole in
            whole.followers(of: horizon.name, weight: horizon.weight)
        }
        var bills: [LinearCap] = []
        if let billRise {
            for (horizon, whole) in zip(horizons, wholes) {
                let cap = BillCap(system: horizon.system, operatorName: operatorName, prices: prices, rise: billRise)
                bills += try whole.clearing.compactMap { try cap.cap(on: $0.members, $0.built.model) }
            }
        }
        let hours = horizons[0].system.time.hours
        var days: [Day] = []
        var parts: [(weight: Double, followers: Range<Int>, system: LinearModel, variables: [Variable])] = []
        let expected = try StackelbergGame(
            name: name, space: try DecisionSpace(prices, hours: hours, bills: bills, tick: tick), followers: followers,
            ties: ties
        ) { model, blocks in
            var (first, firstParty) = (0, 0)
            var cost = LinearExpression()
            for (horizon, whole) in zip(horizons, wholes) {
                let own = first..<first + whole.followerCount
                let parties = firstParty..<firstParty + whole.clearing.count
                (first, firstParty) = (own.upperBound, parties.upperBound)
                let block = try model.append(
                    whole.built.model, beyond: blocks[own].flatMap(\.variables), constraints: whole.followerRows,
                    named: horizon.name)
                cost += horizon.weight * block.objective
                parts.append((horizon.weight, own, whole.built.model, block.variables))
                days.append(
                    Day(
                        name: horizon.name, weight: horizon.weight, system: horizon.system,
                        groups: whole.clearing.map(\.members), parties: parties,
                        built: BuiltSystem([(whole.built, block)], in: model), cost: block.objective))
            }
            try model.minimise(cost)
        }
        self.days = days
        let apart = parts.count > 1 ? try expected.apart(as: parts) : expected
        guard risk.isOfRisk else {
            game = apart
            return
        }
        game = try apart.with(ScenarioRisk(risk, days.map { ($0.weight, $0.cost) }, of: expected.system))
    }

    // MARK: Answers

    /// Every flow, cost and state of an answer, by its ledgers: of the first day, or the only one.
    public func solution(of evaluation: Evaluation) -> SystemSolution { solution(of: 0, in: evaluation) }

    /// The same of one of several days.
    ///
    /// - Parameter day: position among the days.
    public func solution(of day: Int, in evaluation: Evaluation) -> SystemSolution {
        SystemSolution(
            days[day].built, time: days[day].system.time, values: evaluation.values,
            parameters: evaluation.parameters)
    }

    /// What the operator earns on each day, CNY over the horizon.
    ///
    /// - Parameter evaluation: one with a payoff.
    public func payoffs(of evaluation: Evaluation) -> [Double] {
        days.map { 0 - $0.cost.value(variables: evaluation.values, parameters: evaluation.parameters) }
    }

    /// What payoffs of the days are worth together.
    public func worth(of payoffs: [Double]) -> Double { risk.worth(of: payoffs, weights: days.map(\.weight)) }

    /// The game of one of the days by itself, as often as once.
    public func alone(_ day: Int) throws -> EnergyGame {
        let own = days[day]
        return try EnergyGame(
            name: [game.name, own.name].compactMap(\.self).joined(separator: ", "), system: own.system,
            operatorName: operatorName, prices: prices, ties: game.ties, tick: tick, billRise: billRise)
    }
}
