import EnergyGames
import Games

extension EnergyGame {
    /// A case as a game, under its own tie rule.
    ///
    /// - Parameter tick: instead of the case's own.
    /// - Throws: ``SizingError`` where the case is one of sizing, or nobody answers.
    public init(_ source: Case, tick: Tick? = nil) throws {
        if let path = source.sizes.first { throw SizingError.sizesToDecide(path: path) }
        if let day = source.days.first, source.followers.isEmpty || source.system.trades.isEmpty {
            throw SizingError.daysToOperate(day: day.name)
        }
        if source.coalition != nil { throw CoalitionError.nobodyIsLed(case: source.name) }
        if source.isCompetition { throw CompetitionError.severalOperators(case: source.name) }
        guard !source.isCentral else { throw SizingError.nobodyToAnswer(case: source.name) }
        guard source.days.isEmpty else {
            try self.init(
                name: source.name, days: source.days, operatorName: source.operatorName, prices: source.prices,
                ties: source.game.ties, risk: source.game.risk, tick: tick ?? source.game.tick,
                billRise: source.billRise)
            return
        }
        try self.init(
            name: source.name, system: source.system, operatorName: source.operatorName, prices: source.prices,
            ties: source.game.ties, tick: tick ?? source.game.tick, billRise: source.billRise)
    }
}

extension EnergyCompetition {
    /// A case of several operators.
    ///
    /// - Throws: ``CompetitionError/oneOperator(case:)`` where it is none.
    /// ``CompetitionError/tiesAgainst(case:)`` where it names a rule for ties that is not known here.
    public init(_ source: Case) throws {
        guard source.game.ties == .optimistic else { throw CompetitionError.tiesAgainst(case: source.name) }
        try self.init(name: source.name, system: source.system, operators: source.operators)
    }
}

extension SizingGame {
    /// A case as a game. Without typical days its horizon stands for the whole year.
    public init(_ source: Case) throws {
        try self.init(
            name: source.name, days: source.days.isEmpty ? [TypicalDay(wholeYear: source.system)] : source.days,
            discountRate: source.economics.discountRate)
    }
}

extension ScenarioCheck {
    /// - Parameters:
    ///   - every: the case with every scenario, see ``Case/withEveryScenario()``.
    ///   - sizes: one number per decision.
    ///   - kept: CNY per year, on the scenarios that are kept.
    public init(_ every: Case, sizes: [Double], kept: Double) throws {
        try self.init(days: every.days, discountRate: every.economics.discountRate, sizes: sizes, kept: kept)
    }
}
