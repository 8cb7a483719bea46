import LinearModels

/// Vehicles that charge by a ``ChargingStrategy`` through a load aggregator, and never give back (paper 003, sections
/// 2.6 and 4.4).
///
/// The horizon is whole days and repeats itself: a stay that lasts beyond its end goes on at its beginning. Vehicles
/// are in two groups that share none: those who can wait (section 2.6.2), and the others. What is given and what the
/// dispatch decides:
///
/// - Who waits, and until when, is given by the periods of the tariff.
/// - How much those under contract move out of the peak is given by the compensation D_b that drivers get, eq. 16
///   solved for the load moved, at most all of it:
///
///       P_tev(t) = min(D_b * delta / D_sell(t), 1) * P_ev(t)      in the peak
///
/// - Where it goes within the valley of the same day is decided by the dispatch, at most with the chargers under
///   contract that are free then; or it is spread over these evenly (`placement`).
///
/// The party pays the aggregator `service_price`, D_IDR, for each kWh moved (eq. 32), and the aggregator pays drivers
/// under contract D_b for each (eq. 17-19): its revenue is D_IDR * ordered + (D_IDR - D_b) * P_tev, which is largest at
/// D_b = D_IDR / 2 as long as not all has moved. What is charged over the horizon does not depend on the strategy (eq.
/// 37), which the audit counts again from the vehicles.
public struct ChargingFleet: Component {
    public static let type = "charging_fleet"
    public static let meaning = "Vehicles that charge by a strategy of theirs or of their aggregator."
    /// Where load under contract goes within the valley.
    public enum Placement: String, Sendable, CaseIterable {
        /// Where the dispatch wants it.
        case dispatched
        /// Evenly over the chargers that are free.
        case spread
    }
    public static let attributes: [Attribute] = [
        Attribute(
            "strategy", .choice(ChargingStrategy.allCases.map(\.rawValue)), .required,
            "How vehicles charge: on arrival, as the tariff's periods ask, under contract, or the second with the third "
                + "for those who cannot wait."),
        Attribute(
            "charge_efficiency", .quantity(.ratio, 1e-3...1), .standard(.number(0.95)), "Stored per energy charged."),
        Attribute(
            "draws", .count(1...1000), .standard(.count(1)),
            "Days that the vehicles are drawn from: what they charge is divided by it, which gives the mean."),
        Attribute(
            "valley", .points(.duration, .duration, minimum: 1), .optional,
            "Clock hours of the tariff's valley, as [[23, 8]]."),
        Attribute(
            "peak", .points(.duration, .duration, minimum: 1), .optional,
            "Clock hours of its peak; the rest is flat."),
        Attribute(
            "service_price", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
            "Paid to the aggregator for each kWh moved."),
        Attribute(
            "compensation", .quantity(.energyPrice, 0...1e6), .optional,
            "Paid by the aggregator to drivers under contract for each kWh moved."),
        Attribute(
            "elasticity", .quantity(.ratio, 0...1e6), .optional,
            "Share of the load under contract that is moved where the compensation is the tariff."),
        Attribute("tariff", .series(.energyPrice, 0...1e6), .optional, "What drivers pay for a kWh."),
        Attribute(
            "placement", .choice(Placement.allCases.map(\.rawValue)), .standard(.text(Placement.dispatched.rawValue)),
            "Where load under contract goes within the valley: as the dispatch decides, or evenly over free chargers."),
    ]
    /// Of the ledger's costs.
    public static let serviceItem = "demand response"
    /// Of the ledger's figures.
    public static let (orderedFigure, contractFigure, revenueFigure) = (
        "load moved by order", "load moved by contract", "aggregator revenue"
    )

    public let name: String
    public let strategy: ChargingStrategy
    /// kW of all vehicles without what is under contract and moved, one value per step.
    public let steady: [Double]
    /// kWh moved by those who wait, and out of each step by those under contract.
    public let orderedEnergy: Double
    public let contractEnergy: [Double]
    /// kWh that all vehicles charge over the horizon.
    public let energy: Double
    /// kW of chargers under contract that are free in the valley, one value per step.
    let room: [Double]
    private let placement: Placement
    private let servicePrice: Double
    private let compensation: Double
    /// Steps that begin on each day of the horizon.
    private let days: [Range<Int>]

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(name: name, vehicles: [], values: values, time: time)
    }

    /// - Parameter vehicles: of all the days drawn; stays that arrive within the horizon and last no longer than it.
    public init(
        name: String, vehicles: [Vehicle], values: AttributeValues, time: TimeGrid
    ) throws(InputProblem) {
        self.name = name
        let strategy = ChargingStrategy(rawValue: try values.text("strategy")) ?? .disorderly
        self.strategy = strategy
        placement = Placement(rawValue: try values.text("placement")) ?? .dispatched
        servicePrice = try values.number("service_price")
        compensation = strategy.signs ? values.optionalNumber("compensation") ?? 0 : 0
        let efficiency = try values.number("charge_efficiency")
        let days = try Self.days(of: time)
        self.days = days
        try Self.check(vehicles, efficiency: efficiency, time: time)
        let periods = strategy == .disorderly ? nil : try Self.periods(values)
        let weight = 1 / Double(try values.count("draws"))

        var loads = Loads(steps: time.steps)
        for vehicle in vehicles {
            let atOnce = vehicle.chargeOnArrival(efficiency: efficiency)
            let power = weight * vehicle.maximumCharge
            let start = periods.flatMap { vehicle.orderedStart($0, startHour: time.startHour, efficiency: efficiency) }
            loads.energy += weight * vehicle.chargedEnergy(efficiency: efficiency)
            if let start, strategy.orders {
                loads.wait(power, atOnce, until: start, time)
            } else {
                time.add(power, over: atOnce, to: &loads.power)
                if let periods, start == nil, strategy.signs { loads.sign(power, atOnce, periods, time) }
            }
        }
        energy = loads.energy
        orderedEnergy = loads.ordered
        let free = periods.map { loads.room($0, days: days.count, time) } ?? loads.power.map { _ in 0 }
        let moved = try Self.contract(loads.signedPeak, values, isSigned: strategy.signs, time: time)
        var kept = moved
        for day in days {
            let (wanted, possible) = (total(moved[day]), total(free[day]) * time.hours)
            for t in day where wanted > possible { kept[t] *= possible / wanted }
        }
        room = free
        contractEnergy = kept
        steady = zip(loads.power, kept).map { max(0, $0 - $1 / time.hours) }
    }

    private static func periods(_ values: AttributeValues) throws(InputProblem) -> TariffPeriods {
        guard let valley = values.points("valley") else {
            throw InputProblem(
                at: "valley", "is missing. Who waits, waits for the valley: give its clock hours, as [[23, 8]].")
        }
        guard let peak = values.points("peak") else {
            throw InputProblem(
                at: "peak", "is missing. Load is moved out of the peak: give its clock hours, as [[8, 11], [16, 22]].")
        }
        return try TariffPeriods(valley: valley, peak: peak)
    }

    /// kWh that leave each step by eq. 16, where the valley has room for them.
    private static func contract(
        _ peak: [Double], _ values: AttributeValues, isSigned: Bool, time: TimeGrid
    ) throws(InputProblem) -> [Double] {
        guard isSigned else { return peak.map { _ in 0 } }
        for (key, what) in [
            ("compensation", "what drivers get for a kWh moved, as 0.34"),
            ("elasticity", "the share that is moved where that is the tariff, as 3.5"),
            ("tariff", "what drivers pay for a kWh"),
        ] where values[key] == nil {
            throw InputProblem(at: key, "is missing. A contract needs \(what). Add it, or choose another strategy.")
        }
        let offered = (values.optionalNumber("compensation") ?? 0) * (values.optionalNumber("elasticity") ?? 0)
        return zip(peak, try values.series("tariff")).map { power, price in
            (offered >= price ? (offered > 0 ? 1 : 0) : offered / price) * power * time.hours
        }
    }

    /// Steps that begin on each day, days counted from the start of the horizon.
    private static func days(of time: TimeGrid) throws(InputProblem) -> [Range<Int>] {
        let hours = Double(time.steps) * time.hours
        let count = Int((hours / 24).rounded())
        guard count > 0, abs(hours - 24 * Double(count)) < 1e-6 else {
            throw InputProblem(
                "vehicles come again day by day, but the case covers \(InputProblem.text(hours)) h. Let it cover whole days."
            )
        }
        let first = (0...count).map { min(time.steps, Int((24 * Double($0) / time.hours - 1e-9).rounded(.up))) }
        return zip(first, first.dropFirst()).map { $0..<$1 }
    }

    private static func check(_ vehicles: [Vehicle], efficiency: Double, time: TimeGrid) throws(InputProblem) {
        let horizon = Double(time.steps) * time.hours
        for vehicle in vehicles {
            let problem = vehicle.problems(horizon: 2 * horizon, chargeEfficiency: efficiency).first
            if let problem = problem ?? vehicle.problem(repeating: horizon) { throw problem }
        }
    }

    public func build(in party: PartyBuilder) throws {
        let time = party.time
        var power = steady.map { LinearExpression($0) }
        for (number, day) in days.enumerated() {
            let (moved, free) = (total(contractEnergy[day]), total(room[day]))
            guard moved > 0 else { continue }
            switch placement {
            case .spread: for t in day { power[t] += LinearExpression(moved / time.hours * room[t] / free) }
            case .dispatched:
                var placed = LinearExpression()
                for t in day where room[t] > 0 {
                    let variable = try party.variable(name, "moved", t, in: 0...room[t])
                    placed += time.hours * variable
                    power[t] += variable
                }
                try party.add(
                    placed == moved, name, days.count == 1 ? "contract" : "contract\(number + 1)",
                    meaning: .law("load under contract", in: .sumOfPowers))
            }
        }
        party.withdraw(power, from: "electricity", name, as: "charge")
        let signed = total(contractEnergy)
        if strategy != .disorderly {
            party.cost(LinearExpression(servicePrice * (orderedEnergy + signed)), item: Self.serviceItem)
        }
        party.figure(LinearExpression(orderedEnergy), name, as: Self.orderedFigure, unit: .energy)
        party.figure(LinearExpression(signed), name, as: Self.contractFigure, unit: .energy)
        let revenue = servicePrice * orderedEnergy + (servicePrice - compensation) * signed
        party.figure(LinearExpression(revenue), name, as: Self.revenueFigure, unit: .money)
    }

    /// What was charged against what the vehicles needed (paper 003, eq. 37), of all that in parts where that is more
    /// than 1 kWh.
    public func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        guard let charge = party.flows(of: name).first else { return .infinity }
        return abs(-total(charge.power) * time.hours - energy) / max(1, energy)
    }
}

private func total(_ numbers: some Sequence<Double>) -> Double { numbers.reduce(0, +) }

/// Powers while a fleet's vehicles are added up, in kW by step, and energies in kWh.
private struct Loads {
    /// Of all that nobody moves by contract.
    var power: [Double]
    /// Of it, of those under contract in the peak and in the valley.
    var signedPeak: [Double]
    var signedValley: [Double]
    /// Chargers of those under contract, kW.
    var signedChargers = 0.0
    var ordered = 0.0
    var energy = 0.0

    init(steps: Int) {
        power = [Double](repeating: 0, count: steps)
        (signedPeak, signedValley) = (power, power)
    }

    /// A charge that begins later; what of it would have been charged before that is moved.
    mutating func wait(_ power: Double, _ atOnce: Range<Double>, until start: Double, _ time: TimeGrid) {
        let (wait, duration) = (start - atOnce.lowerBound, atOnce.upperBound - atOnce.lowerBound)
        time.add(power, over: start..<start + duration, to: &self.power)
        ordered += power * min(wait, duration)
    }

    mutating func sign(_ power: Double, _ atOnce: Range<Double>, _ periods: TariffPeriods, _ time: TimeGrid) {
        signedChargers += power
        time.add(power, over: atOnce, in: periods, .peak, to: &signedPeak)
        time.add(power, over: atOnce, in: periods, .valley, to: &signedValley)
    }

    /// kW of chargers under contract that nobody uses in the valley, by step.
    ///
    /// - Parameter days: over which the vehicles come.
    func room(_ periods: TariffPeriods, days: Int, _ time: TimeGrid) -> [Double] {
        var room = [Double](repeating: 0, count: power.count)
        let horizon = 0..<Double(time.steps) * time.hours
        time.add(signedChargers / Double(days), over: horizon, in: periods, .valley, to: &room)
        return zip(room, signedValley).map { max(0, $0 - $1) }
    }
}

extension ChargingFleet {
    /// - Parameters:
    ///   - vehicles: of all the days drawn; stays that arrive within the horizon and last no longer than it.
    ///   - strategy: how they charge.
    ///   - draws: days that the vehicles are drawn from.
    ///   - valley, peak: clock hours of the tariff's periods.
    ///   - servicePrice: what the aggregator gets, CNY per kWh moved.
    ///   - compensation: what drivers under contract get of it, CNY per kWh moved.
    ///   - elasticity: share of the load under contract that is moved where the compensation is the tariff.
    ///   - tariff: what drivers pay, CNY/kWh.
    ///   - placement: where load under contract goes within the valley.
    public init(
        _ name: String, vehicles: [Vehicle], strategy: ChargingStrategy, draws: Int? = nil, valley: [Point]? = nil,
        peak: [Point]? = nil, servicePrice: Double? = nil, compensation: Double? = nil, elasticity: Double? = nil,
        tariff: Series? = nil, placement: Placement? = nil, chargeEfficiency: Double? = nil, time: TimeGrid
    ) throws(InputProblem) {
        let values = try AttributeValues(
            [
                "strategy": .text(strategy.rawValue), "draws": draws.value, "valley": valley.value, "peak": peak.value,
                "service_price": servicePrice.value, "compensation": compensation.value,
                "elasticity": elasticity.value, "tariff": tariff.value(time),
                "placement": (placement?.rawValue).value, "charge_efficiency": chargeEfficiency.value,
            ], of: Self.attributes, time: time)
        try self.init(name: name, vehicles: vehicles, values: values, time: time)
    }
}
