import Energy
import Games
import LinearModels

/// An energy system whose sizes are to be decided, as a game: sizes first, then the best operation of each typical day
/// (paper 004, eq. 13-19).
///
///     min  sum over devices of recovery factor * investment * size  +  sum over days d of weight_d * cost_d(sizes)
///
/// in money a year. A follower is a whole day's system: all parties of the case act together, and payments between them
/// cancel. Its model holds the sizes as parameters, in bounds and right-hand sides alone. What the followers want the
/// leader wants, so ties do not matter, and the whole is one mixed-integer program; see ``exactModel()``.
public struct SizingGame: Sendable {
    public let game: StackelbergGame
    public let days: [TypicalDay]
    /// A year, as a fraction.
    public let discountRate: Double
    /// What is to be decided, in the order of the game's decisions.
    public let sizes: [SizeDecision]
    /// The model of each day with the ledgers that say what its variables mean: over this model's own variables and
    /// parameters, see ``solution(of:sizes:values:)``.
    public let built: [BuiltSystem]

    /// - Throws: ``SizingError`` where there is no day, where days differ in what is bought, or where prices are to be
    ///   decided.
    public init(name: String, days: [TypicalDay], discountRate: Double) throws {
        guard let first = days.first else { throw SizingError.noDays }
        self.days = days
        self.discountRate = discountRate
        built = try days.map { day in
            let parties = day.system.parties.map(\.name)
            return try day.system.build(parties, minimising: parties)
        }
        sizes = Self.sizes(built[0])
        for (day, built) in zip(days, built) {
            guard Self.sizes(built) == sizes, Self.purchases(built) == Self.purchases(self.built[0]) else {
                throw SizingError.daysDisagree(day: day.name, other: first.name)
            }
            guard built.model.parameterCount == sizes.count else { throw SizingError.pricesToDecide(day: day.name) }
        }
        let investment = Self.annualInvestment(built[0], discountRate)
        game = try StackelbergGame(
            name: name,
            space: DecisionSpace(
                sizes.map {
                    Decision(
                        name: $0.name, lower: $0.range.lowerBound, upper: $0.range.upperBound, unit: $0.dimension.unit)
                }),
            followers: zip(days, built).map { Follower(name: $0.name, model: $1.model, prefix: $0.name) }
        ) { system, blocks in
            var cost = LinearExpression()
            cost += blocks[0].moved(investment)
            for (day, block) in zip(days, blocks) { cost += day.weight * block.objective }
            try system.minimise(cost)
        }
    }

    private static func sizes(_ built: BuiltSystem) -> [SizeDecision] {
        built.ledgers.flatMap(\.sizes).map(\.decision)
    }

    private static func purchases(_ built: BuiltSystem) -> [String: [Investment]] {
        Dictionary(
            grouping: built.ledgers.flatMap { ledger in
                ledger.purchases.map { ("\(ledger.name).\($0.component)", $0.investment) }
            }
        ) { $0.0 }.mapValues { $0.map(\.1) }
    }

    /// CNY per year, over the parameters of the built model.
    private static func annualInvestment(_ built: BuiltSystem, _ discountRate: Double) -> LinearExpression {
        sum(built.ledgers.map { $0.annualInvestment(discountRate: discountRate) })
    }

    // MARK: Results

    /// What sizes cost a year, operation aside.
    ///
    /// - Parameter sizes: one number per decision.
    public func annualInvestment(at sizes: [Double]) -> Double {
        Self.annualInvestment(built[0], discountRate)
            .value(variables: [], parameters: game.parameters(ofFollower: 0, at: sizes))
    }

    /// A day's part of an answer, by its ledgers.
    ///
    /// - Parameters:
    ///   - day: position among the days.
    ///   - sizes: one number per decision.
    ///   - values: one number per variable of the whole system, such as `Evaluation.values`.
    public func solution(of day: Int, sizes: [Double], values: [Double]) -> SystemSolution {
        let first = game.offset(of: day).column
        return SystemSolution(
            built[day], time: days[day].system.time,
            values: Array(values[first..<first + built[day].model.variableCount]),
            parameters: game.parameters(ofFollower: day, at: sizes))
    }

    // MARK: The exact optimum

    /// Sizes and operation as one program: the game's system with the sizes as variables.
    public func exactModel() throws -> LinearModel {
        try game.system.freeing(game.system.parameters.map { ($0, game.system.range(of: $0)) })
    }

    /// Writes sizes and operation as one program for another solver.
    ///
    /// - Parameter limits: of the optimum that is found for it; one that is not proven comes with its gap.
    public func exportJoint(
        to path: String, format: ModelFileFormat, limits: SolveLimits = SolveLimits()
    ) throws -> ExportedProblem {
        try ExportedProblem(exactModel(), limits: limits, to: path, format: format)
    }

    /// Solves sizes and operation together, to the optimum or as near as the limits allow.
    ///
    /// - Parameter solver: what solves it; GLPK where it is nil.
    public func solveExactly(
        limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil
    ) throws -> ExactSizing {
        let program = try SolvedProgram(exactModel(), limits: limits, using: solver)
        guard let session = program.session else {
            return ExactSizing(status: program.status, objective: .nan, sizes: [], values: [])
        }
        // Freed parameters follow the system's own variables, in their order.
        let count = game.system.variableCount
        return ExactSizing(
            status: program.status, objective: session.objectiveValue,
            sizes: game.decision(ofParameters: Array(session.values[count...])),
            values: Array(session.values[..<count]))
    }
}
