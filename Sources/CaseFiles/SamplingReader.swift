import Energy
import Foundation
import Scenarios

/// Reads vehicles that are drawn from distributions.
///
/// The horizon repeats itself: a stay that lasts beyond its end goes on at its beginning, as the stay of the vehicle that
/// came the day before. What it has to charge is divided by the hours on either side.
struct SamplingReader {
    let context: CaseContext
    private var reader: AttributeReader { AttributeReader(context: context) }

    func read(_ entry: YamlEntry, path: String, values station: ReadValues) -> [Vehicle]? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let read = reader.read(entries, at: entry.place, path: path, schema: CaseSchema.sampling.attributes)
        guard read.isComplete, context.hasTime else { return nil }
        let horizon = Double(context.time.steps) * context.time.hours
        guard horizon >= 24 - 1e-9 else {
            context.log.error(
                entry.place, path,
                "stays are drawn by the day, but the case covers \(NumberText.rounded(horizon)) h. Give 'sessions' instead."
            )
            return nil
        }
        do throws(InputProblem) {
            return try vehicles(
                read.values, horizon: horizon, efficiency: station.values.optionalNumber("charge_efficiency") ?? 1)
        } catch {
            read.report(error, to: context.log)
            return nil
        }
    }

    private func vehicles(_ values: AttributeValues, horizon: Double, efficiency: Double) throws(InputProblem)
        -> [Vehicle]
    {
        let (least, most) = (try values.number("soc_min"), try values.number("soc_max"))
        guard least <= most else {
            throw InputProblem(at: "soc_min", "\(least) is above soc_max \(most). Let them agree.")
        }
        let wanted = try values.number("soc_departure")
        guard (least...most).contains(wanted) else {
            throw InputProblem(at: "soc_departure", "\(wanted) is outside soc_min … soc_max, \(least) … \(most).")
        }
        let sampling = VehicleSampling(
            arrivalMean: try values.number("arrival_mean"), arrivalDeviation: try values.number("arrival_deviation"),
            departureLogMean: log(try values.number("departure_median")),
            departureLogDeviation: try values.number("departure_spread"), chargeMean: try values.number("soc_mean"),
            chargeDeviation: try values.number("soc_deviation"), chargeRange: least...most,
            shortestStay: try values.number("shortest_stay"),
            method: VehicleSampling.Method(rawValue: try values.text("method")) ?? .random)
        let count = try values.count("count")
        let seed = UInt64(max(0, try values.count("seed")))
        let days = max(1, Int((horizon / 24 + 1e-9).rounded(.down)))
        let battery = try values.number("battery")
        let (charge, discharge) = (try values.number("max_charge"), try values.number("max_discharge"))
        var vehicles: [Vehicle] = []
        for day in 0..<days {
            let stays = sampling.stays(count: count, seed: seed &+ UInt64(day)).stays
            for (number, stay) in stays.enumerated() {
                let name = days == 1 ? "ev\(number + 1)" : "ev\(number + 1)_day\(day + 1)"
                var arrival = (stay.arrival - context.time.startHour).truncatingRemainder(dividingBy: 24)
                if arrival < 0 { arrival += 24 }
                arrival += Double(day) * 24
                let length = min(stay.departure - stay.arrival, horizon)
                let reachable = stay.stateOfCharge + efficiency * charge * length / battery
                let target = min(wanted, reachable)
                let departure = arrival + length
                let here = departure > horizon ? (horizon - arrival) / length : 1
                let between = stay.stateOfCharge + here * (target - stay.stateOfCharge)
                func add(_ name: String, _ from: Double, _ to: Double, _ first: Double, _ last: Double) {
                    guard to - from > 1e-6 else { return }
                    vehicles.append(
                        Vehicle(
                            name: name, arrival: from, departure: to, battery: battery, maximumCharge: charge,
                            maximumDischarge: discharge, arrivalShare: first, departureShare: last, minimumShare: least,
                            maximumShare: most))
                }
                add(name, arrival, min(departure, horizon), stay.stateOfCharge, here < 1 ? between : target)
                if here < 1 { add("\(name)_before", 0, departure - horizon, between, target) }
            }
        }
        return vehicles
    }
}
