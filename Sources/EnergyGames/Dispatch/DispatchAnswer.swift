import Energy
import LinearModels

/// An operation of a whole system, what it costs and emits, and what one more kWh would.
public struct DispatchAnswer: Sendable {
    /// What one more kWh of a party's demand costs and emits.
    public struct Marginal: Sendable, Codable {
        public let party: String
        public let carrier: String
        /// CNY/kWh, one value per step.
        public let price: [Double]
        /// kg/kWh, one value per step.
        public let emission: [Double]
    }

    public internal(set) var aim: Dispatch.Aim
    /// `optimal`, or how far from the bound the limits ended the solver.
    public let status: SolveStatus
    /// CNY over the horizon.
    public let cost: Double
    /// kg over the horizon.
    public let emission: Double
    /// What no operation is below: of the cost, or of the emission where that is the aim.
    public internal(set) var bound: Double
    /// Whether multipliers of the model's rows prove the bound; otherwise it is branch and bound's.
    public internal(set) var isProvedByDuality: Bool
    /// Every flow, cost, emission and state.
    public let solution: SystemSolution
    /// One number per variable of the built model.
    public let values: [Double]
    /// By how much the operation breaks a row, a bound or a whole number, see `LinearModel.largestViolation`.
    public let violation: Double
    /// By party and carrier; empty where the solver could not tell.
    public let marginals: [Marginal]
    /// Whether marginal values hold only while everything that is on or off stays so.
    public let marginalsFixIntegers: Bool
    /// The windows of a rolling dispatch; empty where the whole horizon was solved at once. Their status is that of
    /// each window by itself: of the whole nothing is proved.
    public internal(set) var windows: [RollingDispatch.Window] = []
    /// CNY over the horizon, of the optimum of the whole that was set beside windows.
    public internal(set) var wholeCost: Double?

    /// What is made as small as possible, as found.
    public var value: Double { aim == .cost ? cost : emission }
    /// How far the answer is above the bound, relative to the answer.
    public var gap: Double { max(0, value - bound) / max(1e-10, abs(value)) }

    init(_ dispatch: Dispatch, _ program: SolvedProgram, _ aim: Dispatch.Aim) throws {
        let session = try program.found()
        let model = session.model
        self.aim = aim
        status = program.status
        let all = try Self.values(of: session)
        values = Array(all[..<dispatch.built.model.variableCount])
        cost = dispatch.cost.value(variables: values, parameters: [])
        emission = dispatch.emission.value(variables: values, parameters: [])
        solution = SystemSolution(dispatch.built, time: dispatch.system.time, values: values, parameters: [])
        violation = model.largestViolation(values: all[...], parameters: session.parameters)
        marginalsFixIntegers = dispatch.built.model.hasIntegers
        let found = session.objectiveValue
        let duals = try session.marginalValues(of: [dispatch.cost, dispatch.emission])
        marginals = duals.map { Self.marginals(dispatch, cost: $0[0], emission: $0[1]) } ?? []
        // Multipliers beside fixed integers prove a bound on what these may be, too, though not always a close one.
        let proven = duals.map {
            model.lowerBound(multipliers: $0[aim == .cost ? 0 : 1], parameters: session.parameters)
        }
        if let proven, !marginalsFixIntegers || found - proven <= Self.tolerance * max(1, abs(found)) {
            (bound, isProvedByDuality) = (proven, true)
            return
        }
        isProvedByDuality = false
        if case .limit(let gap?) = status {
            bound = found - gap * max(1e-10, abs(found))
        } else {
            bound = found
        }
    }

    /// Above this a row does not hold.
    private static let tolerance = 1e-6

    /// What the session found. Where integers that are nearly whole break rows, as they do before large capacities,
    /// they are made whole and the rest is solved again.
    private static func values(of session: SolverSession) throws -> [Double] {
        let found = Array(session.values)
        guard session.model.hasIntegers else { return found }
        func violation(_ values: [Double]) -> Double {
            session.model.largestViolation(values: values[...], parameters: session.parameters)
        }
        let broken = violation(found)
        guard broken > tolerance, let whole = try session.valuesBesideWholeNumbers(), violation(whole) < broken else {
            return found
        }
        return whole
    }

    /// Sets the optimum of the whole horizon beside what windows decided: its bound then holds for these.
    public mutating func set(beside whole: DispatchAnswer) {
        (bound, isProvedByDuality, wholeCost) = (whole.bound, whole.isProvedByDuality, whole.cost)
    }

    /// What windows decided one after the other.
    ///
    /// - Parameters:
    ///   - values: one number per variable of the built model.
    ///   - duals: of cost and emission, one number per row of it.
    init(
        _ dispatch: Dispatch, rolled values: [Double], _ duals: (cost: [Double], emission: [Double]),
        _ windows: [RollingDispatch.Window]
    ) {
        self.init(
            dispatch, planned: values, status: .limit(gap: .infinity),
            marginals: Self.marginals(dispatch, cost: duals.cost, emission: duals.emission))
        self.windows = windows
    }

    /// An operation that is part of something larger, by which it was decided: nothing is proved of it alone.
    ///
    /// - Parameter values: one number per variable of the built model.
    init(_ dispatch: Dispatch, planned values: [Double], status: SolveStatus, marginals: [Marginal] = []) {
        aim = .cost
        self.status = status
        self.values = values
        cost = dispatch.cost.value(variables: values, parameters: [])
        emission = dispatch.emission.value(variables: values, parameters: [])
        bound = -.infinity
        isProvedByDuality = false
        solution = SystemSolution(dispatch.built, time: dispatch.system.time, values: values, parameters: [])
        violation = dispatch.built.model.largestViolation(values: values[...], parameters: [])
        self.marginals = marginals
        marginalsFixIntegers = dispatch.built.model.hasIntegers
    }

    /// Of the rows of balances, and where a carrier is only bought, so that it has none, its price.
    private static func marginals(_ dispatch: Dispatch, cost: [Double], emission: [Double]) -> [Marginal] {
        let time = dispatch.system.time
        struct Key: Hashable { let party, carrier: String }
        var price: [Key: [Double]] = [:]
        var mass: [Key: [Double]] = [:]
        for (row, tag) in dispatch.built.model.rows(where: { $0.meaning?.role == .balance }) {
            guard let party = tag.owner, let step = tag.step else { continue }
            let key = Key(party: party, carrier: tag.item)
            let unknown = [Double](repeating: .nan, count: time.steps)
            price[key, default: unknown][step] = cost[row] / time.hours
            mass[key, default: unknown][step] = emission[row] / time.hours
        }
        return dispatch.built.ledgers.flatMap { ledger in
            ledger.carriers.compactMap { carrier in
                let key = Key(party: ledger.name, carrier: carrier)
                if let price = price[key], let mass = mass[key] {
                    return Marginal(party: ledger.name, carrier: carrier, price: price, emission: mass)
                }
                guard let bought = dispatch.system.carriers.first(where: { $0.name == carrier }),
                    let price = bought.price
                else { return nil }
                return Marginal(
                    party: ledger.name, carrier: carrier, price: price,
                    emission: price.map { _ in bought.emissionFactor })
            }
        }
    }
}
