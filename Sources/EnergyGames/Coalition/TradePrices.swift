import Games
import LinearModels

/// Prices per trade and hour, within their bands, by which parties pay each other so that each has the gain that a
/// division gives it.
///
///     payment_i = sum over what i buys of p * energy  -  sum over what i sells of p * energy
///     gain_i    = alone_i - own cost_i - payment_i
///     p         = lower + level * (upper - lower),     0 <= level <= 1
///
/// Many prices may pay the same. Of these the least unequal are taken: first the difference between the highest and the
/// lowest level is made as small as possible, then what the levels of all energy traded differ from one common level.
public struct TradePrices: Sendable {
    /// How far prices within their bands can give each party what a division gives it.
    public enum Outcome: Sendable, Equatable {
        /// Each has the gain of the division.
        case realised
        /// The bands bind: each gains what the division makes of it within them, and lump sums are left out.
        case bounded
        /// No prices within the bands leave nobody worse off than alone: lump sums are paid beside them.
        case insufficient
        /// Nothing is traded.
        case nothingTraded
    }

    public let outcome: Outcome
    /// CNY/kWh by offer and step; nil where nothing of it is traded then.
    public let prices: [[Double?]]
    /// What each party pays to the others for what is traded, CNY over the horizon; negative for what it is paid. They
    /// sum to 0.
    public let payments: [Double]
    /// What each party pays beside that, where prices alone do not do; else 0. They sum to 0.
    public let lumpSums: [Double]
    /// The least lump sums that would give each the gain of the division, in the same sense; 0 where it has it.
    public let missing: [Double]

    /// What each has after all payments, CNY over the horizon.
    public func gains(before: [Double]) -> [Double] {
        before.indices.map { before[$0] - payments[$0] - lumpSums[$0] }
    }
}

extension TradePrices {
    /// - Parameters:
    ///   - energy: what is traded, kWh by offer and step.
    ///   - before: what each party gains without any payment, CNY over the horizon: what it costs alone less what it
    ///     costs together.
    ///   - shares: what the division gives each, CNY over the horizon; they sum to what all gain.
    ///   - weights: how much each counts in the bargain, where the division is one.
    public init(
        _ terms: CoalitionTerms, energy: [[Double]], before: [Double], shares: [Double], weights: [Double]?
    ) throws {
        let traded = TradedEnergy(terms, energy: energy)
        let target = zip(before, shares).map { $0 - $1 }
        let scale = max(1e-9, before.reduce(0) { max($0, abs($1)) }, shares.reduce(0) { max($0, abs($1)) })
        guard !traded.items.isEmpty else {
            self.init(
                outcome: .nothingTraded, prices: traded.prices([]), payments: target.map { _ in 0 },
                lumpSums: target.map { _ in 0 }, missing: target)
            return
        }
        // What the division asks for, where the bands allow it.
        if let found = try Self.paying(target, within: 1e-9 * scale, traded) {
            self.init(.realised, traded, found, before: before, shares: shares)
            return
        }
        let reachable = try Self.boundedPayments(traded, before: before, shares: shares, weights: weights)
        guard let payments = try reachable ?? Self.nearest(traded, before: before, shares: shares),
            let found = try Self.paying(payments, within: 1e-7 * scale, traded)
        else { throw DispatchError.notFound }
        self.init(
            reachable == nil ? .insufficient : .bounded, traded, found, before: before, shares: shares)
    }

    private init(_ outcome: Outcome, _ traded: TradedEnergy, _ levels: [Double], before: [Double], shares: [Double]) {
        let prices = traded.prices(levels)
        let payments = traded.payments(prices)
        let open = before.indices.map { before[$0] - payments[$0] - shares[$0] }
        self.init(
            outcome: outcome, prices: prices, payments: payments,
            lumpSums: outcome == .insufficient ? open : open.map { _ in 0 },
            missing: outcome == .realised ? open.map { _ in 0 } : open)
    }

    // MARK: Programs

    /// The least unequal levels that pay given sums.
    ///
    /// - Parameter tolerance: by which a sum may be missed, CNY.
    /// - Returns: nil where there are none within the bands.
    private static func paying(
        _ payments: [Double], within tolerance: Double, _ traded: TradedEnergy
    ) throws -> [Double]? {
        var program = try traded.program()
        // The sums of all but one party fix that of the last.
        for (k, payment) in program.payments.enumerated().dropLast() {
            if payment.isConstant {
                // Who trades nothing pays nothing.
                guard abs(payments[k]) <= tolerance else { return nil }
                continue
            }
            try program.model.add(payment >= payments[k] - tolerance, named: "least\(k)")
            try program.model.add(payment <= payments[k] + tolerance, named: "most\(k)")
        }
        let highest = try program.model.variable("highest", in: 0...1)
        let lowest = try program.model.variable("lowest", in: 0...1)
        for (k, level) in program.levels.enumerated() {
            try program.model.add(level <= highest.linearExpression, named: "below\(k)")
            try program.model.add(level >= lowest.linearExpression, named: "above\(k)")
        }
        try program.model.minimise(highest - lowest)
        let first = try SolverSession(program.model)
        guard try first.solve() == .optimal else { return nil }
        let levels = program.levels.map { first.value(of: $0) }
        return try nearOne(program, highest - lowest <= first.objectiveValue + 1e-9, traded) ?? levels
    }

    private static func nearOne(
        _ program: TradedEnergy.Program, _ spread: Relation, _ traded: TradedEnergy
    ) throws -> [Double]? {
        var model = program.model
        try model.add(spread, named: "spread")
        let common = try model.variable("common", in: 0...1)
        let most = traded.items.map(\.energy).max() ?? 1
        var away = LinearExpression()
        for (k, level) in program.levels.enumerated() {
            let up = try model.variable("up\(k)", in: 0...1)
            let down = try model.variable("down\(k)", in: 0...1)
            try model.add(level - common == up - down, named: "away\(k)")
            away += (traded.items[k].energy / most) * (up + down)
        }
        try model.minimise(away)
        let session = try SolverSession(model)
        guard try session.solve() == .optimal else { return nil }
        return program.levels.map { session.value(of: $0) }
    }

    /// What parties pay where the bands bind: the bargain within them, or for other divisions the least distance from
    /// their shares.
    ///
    /// - Returns: nil where some party is worse off than alone at all prices.
    private static func boundedPayments(
        _ traded: TradedEnergy, before: [Double], shares: [Double], weights: [Double]?
    ) throws -> [Double]? {
        guard let weights else { return try nearest(traded, before: before, shares: shares, isHarmless: true) }
        let program = try traded.program()
        let gains = zip(before, program.payments).map { $0 - $1 }
        return try bargain(gains, weights, within: program.model).map { zip(before, $0).map { $0 - $1 } }
    }

    /// The bargain among those who can gain; the others are kept from harm.
    ///
    /// - Returns: what each gains; nil where all agreements harm somebody.
    private static func bargain(
        _ gains: [LinearExpression], _ weights: [Double], within model: LinearModel
    ) throws -> [Double]? {
        var model = model
        var bargainers = weights.indices.filter { weights[$0] > 0 }
        for k in weights.indices where weights[k] <= 0 {
            guard try keepFromHarm(k, gains, in: &model) else { return nil }
        }
        while !bargainers.isEmpty {
            // Who bargains with nobody takes what there is.
            guard bargainers.count > 1 else { return try most(bargainers[0], gains, within: model) }
            let parties = bargainers.map {
                NashBargaining.Party(name: "party\($0)", gain: gains[$0], weight: weights[$0])
            }
            switch try NashBargaining(parties, within: model).solve() {
            case .agreement(let bargain):
                return gains.map { $0.value(variables: bargain.values, parameters: []) }
            case .someCannotGain(let places):
                for place in places {
                    guard try keepFromHarm(bargainers[place], gains, in: &model) else { return nil }
                }
                bargainers = bargainers.enumerated().filter { !places.contains($0.offset) }.map(\.element)
            case .notTogether, .nobodyGains, .harmsSomebody: return nil
            }
        }
        return nil
    }

    /// What each gains where one gains the most that it can.
    private static func most(
        _ party: Int, _ gains: [LinearExpression], within model: LinearModel
    ) throws -> [Double]? {
        var model = model
        try model.maximise(gains[party])
        let session = try SolverSession(model)
        guard try session.solve() == .optimal, session.objectiveValue > 0 else { return nil }
        return gains.map { $0.value(variables: session.values, parameters: []) }
    }

    /// - Returns: false where a party that trades nothing is harmed, which no price mends.
    private static func keepFromHarm(
        _ party: Int, _ gains: [LinearExpression], in model: inout LinearModel
    ) throws -> Bool {
        guard !gains[party].isConstant else {
            // What adding up leaves of nothing is no harm.
            let scale = gains.reduce(1.0) { max($0, abs($1.constant.constant)) }
            return gains[party].constant.constant >= -1e-9 * scale
        }
        try model.add(gains[party] >= 0, named: "no_worse\(party)")
        return true
    }

    /// Payments that leave the least to be paid beside prices.
    ///
    /// - Parameter isHarmless: whether nobody may be worse off by them than alone.
    /// - Returns: nil where there are none.
    private static func nearest(
        _ traded: TradedEnergy, before: [Double], shares: [Double], isHarmless: Bool = false
    ) throws -> [Double]? {
        var program = try traded.program()
        let gains = zip(before, program.payments).map { $0 - $1 }
        if isHarmless {
            for k in gains.indices {
                guard try keepFromHarm(k, gains, in: &program.model) else { return nil }
            }
        }
        var away = LinearExpression()
        for (k, gain) in gains.enumerated() {
            let up = try program.model.variable("receives\(k)")
            let down = try program.model.variable("pays\(k)")
            try program.model.add(gain + up - down == shares[k], named: "share\(k)")
            away += up + down
        }
        try program.model.minimise(away)
        let session = try SolverSession(program.model)
        guard try session.solve() == .optimal else { return nil }
        return program.payments.map { $0.value(variables: session.values, parameters: []) }
    }
}
