import Energy
import Foundation
import Scenarios
import Writing

/// Reads vehicles that are drawn from distributions.
///
/// The horizon repeats itself: a stay that lasts beyond its end goes on at its beginning, as the stay of the vehicle
/// that came the day before. What it has to charge is divided by the hours on either side.
struct SamplingReader {
    let context: CaseContext
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// Vehicles of a station: each stay that lasts beyond the end in two parts.
    func read(_ entry: YamlEntry, path: String, values station: ReadValues) -> [Vehicle]? {
        let horizon = Double(context.time.steps) * context.time.hours
        return wholeStays(entry, path: path, values: station)?.flatMap { split($0, at: horizon) }
    }

    /// Vehicles whose stays may last beyond the end of the horizon, but not longer than it.
    ///
    /// - Parameter draws: how often each day is drawn.
    func wholeStays(_ entry: YamlEntry, path: String, values station: ReadValues, draws: Int = 1) -> [Vehicle]? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let read = reader.read(entries, at: entry.location, path: path, schema: CaseSchema.sampling.attributes)
        guard read.isComplete, context.hasTime else { return nil }
        let horizon = Double(context.time.steps) * context.time.hours
        guard horizon >= 24 - 1e-9 else {
            context.log.error(
                entry.location, path,
                "stays are drawn by the day, but the case covers \(NumberText.rounded(horizon)) h. Give 'sessions' instead."
            )
            return nil
        }
        return read.made(telling: context.log) { () throws(InputProblem) in
            try vehicles(
                read.values, horizon: horizon, efficiency: station.values.optionalNumber("charge_efficiency") ?? 1,
                draws: draws)
        }
    }

    private func vehicles(
        _ values: AttributeValues, horizon: Double, efficiency: Double, draws: Int
    ) throws(InputProblem) -> [Vehicle] {
        let (least, most) = (try values.number("soc_min"), try values.number("soc_max"))
        guard least <= most else {
            throw InputProblem(at: "soc_min", "\(least) is above soc_max \(most). Let them agree.")
        }
        let wanted = try values.number("soc_departure")
        guard (least...most).contains(wanted) else {
            throw InputProblem(at: "soc_departure", "\(wanted) is outside soc_min … soc_max, \(least) … \(most).")
        }
        let sampling = try sampling(values, least: least, most: most, wanted: wanted)
        let count = try values.count("count")
        let seed = UInt64(max(0, try values.count("seed")))
        let days = max(1, Int((horizon / 24 + 1e-9).rounded(.down)))
        let battery = try values.number("battery")
        let (charge, discharge) = (try values.number("max_charge"), try values.number("max_discharge"))
        guard draws == 1 || count * days * draws <= Self.mostDrawn else {
            throw InputProblem(
                at: "count",
                "\(count) vehicles on \(draws) draws of \(days) days are more than \(Self.mostDrawn). Lower it, or the draws."
            )
        }
        return (0..<draws * days).flatMap { drawn in
            let (draw, day) = (drawn / days, drawn % days)
            let suffix = (days == 1 ? "" : "_day\(day + 1)") + (draws == 1 ? "" : "_draw\(draw + 1)")
            return sampling.stays(count: count, seed: seed &+ UInt64(drawn)).stays.enumerated().map { number, stay in
                var arrival = (stay.arrival - context.time.startHour).truncatingRemainder(dividingBy: 24)
                if arrival < 0 { arrival += 24 }
                arrival += Double(day) * 24
                let length = min(stay.departure - stay.arrival, horizon)
                let reachable = stay.stateOfCharge + efficiency * charge * length / battery
                return Vehicle(
                    name: "ev\(number + 1)\(suffix)", arrival: arrival,
                    departure: arrival + length, battery: battery, maximumCharge: charge, maximumDischarge: discharge,
                    arrivalShare: stay.stateOfCharge, departureShare: min(wanted, reachable), minimumShare: least,
                    maximumShare: most)
            }
        }
    }

    /// Vehicles that a mean is taken over: more take long to read.
    private static let mostDrawn = 200_000

    private func sampling(
        _ values: AttributeValues, least: Double, most: Double, wanted: Double
    ) throws(InputProblem) -> VehicleSampling {
        var sampling = VehicleSampling(
            arrivalMean: try values.number("arrival_mean"), arrivalDeviation: try values.number("arrival_deviation"),
            departureLogMean: log(try values.number("departure_median")),
            departureLogDeviation: try values.number("departure_spread"), chargeMean: try values.number("soc_mean"),
            chargeDeviation: try values.number("soc_deviation"), chargeRange: least...most,
            shortestStay: try values.number("shortest_stay"),
            method: VehicleSampling.Method(rawValue: try values.text("method")) ?? .random)
        if let mean = values.optionalNumber("departure_mean") {
            guard let deviation = values.optionalNumber("departure_deviation") else {
                throw InputProblem(
                    at: "departure_mean", "needs departure_deviation, the standard deviation in hours. Add it.")
            }
            for key in ["departure_median", "departure_spread"] where values.written.contains(key) {
                throw InputProblem(at: key, "and departure_mean are both given. Keep one of them.")
            }
            sampling.departureDistribution = .normal(mean: mean, deviation: deviation)
        } else if values.written.contains("departure_deviation") {
            throw InputProblem(
                at: "departure_deviation", "has no effect without departure_mean. Give it, or departure_spread instead."
            )
        }
        guard let distance = values.optionalNumber("distance_median") else { return sampling }
        for key in ["soc_mean", "soc_deviation"] where values.written.contains(key) {
            throw InputProblem(at: key, "and distance_median are both given. Keep one of them.")
        }
        guard wanted > least else {
            throw InputProblem(
                at: "soc_departure",
                "\(wanted) is soc_min, which leaves nothing to drive with. Raise the one or lower the other.")
        }
        let wayOfOneKilometre = try values.number("consumption") / values.number("battery")
        sampling.chargeDistribution = .driven
        sampling.chargeRange = least...wanted
        sampling.useLogMean = log(distance * wayOfOneKilometre)
        sampling.useLogDeviation = try values.number("distance_spread")
        return sampling
    }

    /// A stay as it lies in the horizon: until its end, and from its beginning on.
    private func split(_ vehicle: Vehicle, at horizon: Double) -> [Vehicle] {
        let (first, last) = (vehicle.arrivalEnergy / vehicle.battery, vehicle.departureEnergy / vehicle.battery)
        let here = vehicle.departure > horizon ? (horizon - vehicle.arrival) / vehicle.stay : 1
        let between = first + here * (last - first)
        func part(_ name: String, _ from: Double, _ to: Double, _ first: Double, _ last: Double) -> Vehicle? {
            guard to - from > 1e-6 else { return nil }
            return Vehicle(
                name: name, arrival: from, departure: to, battery: vehicle.battery,
                maximumCharge: vehicle.maximumCharge, maximumDischarge: vehicle.maximumDischarge, arrivalShare: first,
                departureShare: last, minimumShare: vehicle.minimumEnergy / vehicle.battery,
                maximumShare: vehicle.maximumEnergy / vehicle.battery)
        }
        let until = part(
            vehicle.name, vehicle.arrival, min(vehicle.departure, horizon), first, here < 1 ? between : last)
        let after = here < 1 ? part("\(vehicle.name)_before", 0, vehicle.departure - horizon, between, last) : nil
        return [until, after].compactMap { $0 }
    }
}
