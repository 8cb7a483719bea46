/// One day of a station, step by step: how many vehicles are there, what they could draw, and between which bounds the energy
/// lies that they have drawn (Minkowski sum over vehicles, paper 001, eq. 2-3, for charging only).
///
/// `upperEnergy` charges each vehicle as soon as possible, `lowerEnergy` as late as its energy allows. Both count from midnight of
/// the latest schedule, so that `lowerEnergy` begins at 0 and `upperEnergy` at `carriedEnergy`: what the vehicles that stay overnight
/// may have taken before midnight, but need not have. Hence a day's closing gap, last upper minus last lower, is the next day's
/// `carriedEnergy`, and the last values of `lowerEnergy` add up over the days to all energy delivered.
public struct DayEnvelope: Sendable, Equatable, Codable {
    /// A series of the envelope.
    public enum Component: String, Sendable, CaseIterable, Codable {
        case connectedVehicles = "connected vehicles"
        case maximumPower = "maximum power"
        case lowerEnergy = "lower energy"
        case upperEnergy = "upper energy"

        public var unit: String {
            switch self {
            case .connectedVehicles: "1"
            case .maximumPower: "kW"
            case .lowerEnergy, .upperEnergy: "kWh"
            }
        }
    }

    /// Hours.
    public let step: Double
    /// Vehicles, mean over each step: one that is there for part of a step counts by that part.
    public private(set) var connectedVehicles: [Double]
    /// kW, mean over each step.
    public private(set) var maximumPower: [Double]
    /// kWh at the end of each step, charging as late as possible.
    public private(set) var lowerEnergy: [Double]
    /// kWh at the end of each step, charging as soon as possible.
    public private(set) var upperEnergy: [Double]
    /// kWh at midnight, the beginning of `upperEnergy`.
    public private(set) var carriedEnergy: Double

    /// The envelope of a day.
    ///
    /// - Parameters:
    ///   - day: counted as the sessions' days.
    ///   - sessions: those of any days; what does not lie in this day adds nothing. More energy than the charger can give in the
    ///     stay is cut to what it can (``PlugInSession/deliverableEnergy(assumedPower:)``).
    ///   - step: hours; 24 h are a whole number of steps.
    ///   - assumedPower: kW of a session that does not know its own.
    public init(day: Int, of sessions: [PlugInSession], step: Double = 1, assumedPower: Double = 7.2) {
        let count = Self.steps(of: step)
        self.init(step: step, zeros: count)
        for session in sessions {
            let shift = 24 * Double(session.day - day)
            let (arrival, departure) = (session.arrival + shift, session.departure + shift)
            guard departure > 0, arrival < 24, departure > arrival else { continue }
            let power = session.maximumPower ?? assumedPower
            let energy = session.deliverableEnergy(assumedPower: assumedPower)
            func latest(_ hour: Double) -> Double { max(0, energy - power * max(0, departure - max(hour, arrival))) }
            func soonest(_ hour: Double) -> Double { min(energy, power * max(0, hour - arrival)) }
            let before = latest(0)
            carriedEnergy += soonest(0) - before
            for t in max(0, Int(arrival / step))..<count {
                let (start, end) = (Double(t) * step, Double(t + 1) * step)
                let present = max(0, min(departure, end) - max(arrival, start)) / step
                connectedVehicles[t] += present
                maximumPower[t] += present * power
                lowerEnergy[t] += latest(end) - before
                upperEnergy[t] += soonest(end) - before
            }
        }
    }

    /// From series of equal length, made consistent: nothing negative, energies that never fall (the nearest such series in least
    /// squares), lower at most upper.
    init(step: Double, series: [Component: [Double]], carriedEnergy: Double) {
        let count = Self.steps(of: step)
        func values(_ component: Component) -> [Double] {
            (series[component] ?? [Double](repeating: 0, count: count)).map { max(0, $0) }
        }
        self.init(step: step, zeros: count)
        connectedVehicles = values(.connectedVehicles)
        maximumPower = values(.maximumPower)
        upperEnergy = MonotoneRegression.nearest(to: values(.upperEnergy))
        lowerEnergy = zip(MonotoneRegression.nearest(to: values(.lowerEnergy)), upperEnergy).map { min($0, $1) }
        self.carriedEnergy = min(max(0, carriedEnergy), upperEnergy.first ?? 0)
    }

    private init(step: Double, zeros count: Int) {
        let zeros = [Double](repeating: 0, count: count)
        self.step = step
        (connectedVehicles, maximumPower, lowerEnergy, upperEnergy) = (zeros, zeros, zeros, zeros)
        carriedEnergy = 0
    }

    public subscript(component: Component) -> [Double] {
        switch component {
        case .connectedVehicles: connectedVehicles
        case .maximumPower: maximumPower
        case .lowerEnergy: lowerEnergy
        case .upperEnergy: upperEnergy
        }
    }

    /// How many steps a day has.
    static func steps(of step: Double) -> Int { max(1, Int((24 / step).rounded())) }
}

/// The nearest series that never falls, in least squares: pool adjacent violators (Ayer et al. 1955).
enum MonotoneRegression {
    static func nearest(to values: [Double]) -> [Double] {
        var blocks: [(sum: Double, count: Int)] = []
        for value in values {
            blocks.append((value, 1))
            while blocks.count > 1 {
                let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
                guard before.sum * Double(last.count) > last.sum * Double(before.count) else { break }
                blocks.removeLast(2)
                blocks.append((before.sum + last.sum, before.count + last.count))
            }
        }
        return blocks.flatMap { [Double](repeating: $0.sum / Double($0.count), count: $0.count) }
    }
}
