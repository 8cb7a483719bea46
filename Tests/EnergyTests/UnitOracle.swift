import Energy
import LinearModels
import TestSupport

/// The least cost of heat from one unit and from outside, by trying every sequence of on and off: without a solver, and
/// by another definition of least times than the model's, the lengths of runs.
///
/// Between two steps nothing but on and off is shared, so each step has its best output by itself: the cost is
/// piecewise linear in the output, and least at an end or a break of it.
struct UnitOracle {
    var hours = 1.0
    var capacity = 100.0
    var efficiency = 0.8
    var minimumLoad = 0.0
    var startupCost = 0.0
    /// Steps.
    var up = 1
    var down = 1
    var mayStop = true
    /// Loads and multiples of the efficiency there.
    var partLoad: [Point] = []
    let fuelPrice: [Double]
    let heatPrice: [Double]
    let demand: [Double]

    /// kW of fuel at an output in kW.
    func fuel(_ output: Double) -> Double {
        let load = output / capacity
        guard !partLoad.isEmpty, capacity > 0 else { return output / efficiency }
        var before = Point(x: 0, y: 0)
        for point in partLoad {
            let after = Point(x: point.x, y: point.x / point.y)
            if load <= after.x {
                let share = before.y + (after.y - before.y) * (load - before.x) / (after.x - before.x)
                return share * capacity / efficiency
            }
            before = after
        }
        return before.y * capacity / efficiency
    }

    private func cost(_ step: Int, isOn: Bool) -> Double? {
        guard isOn else { return hours * heatPrice[step] * demand[step] }
        let (low, high) = (minimumLoad * capacity, min(capacity, demand[step]))
        guard low <= high else { return nil }
        let outputs = [low, high] + partLoad.map { $0.x * capacity }.filter { $0 > low && $0 < high }
        return outputs.map { hours * (fuelPrice[step] * fuel($0) + heatPrice[step] * (demand[step] - $0)) }.min()
    }

    /// Whether all runs that begin and end within the horizon's inside are long enough; those that reach an end of the
    /// horizon may have begun before, or go on after it.
    private func isAllowed(_ on: [Bool]) -> Bool {
        var runs: [(isOn: Bool, start: Int, length: Int)] = []
        for (t, isOn) in on.enumerated() {
            if let last = runs.last, last.isOn == isOn {
                runs[runs.count - 1].length += 1
            } else {
                runs.append((isOn, t, 1))
            }
        }
        return runs.allSatisfy {
            $0.start == 0 || $0.start + $0.length == on.count || $0.length >= ($0.isOn ? up : down)
        }
    }

    func least() -> Double {
        let steps = demand.count
        var best = Double.infinity
        for code in 0..<(1 << steps) {
            let on = (0..<steps).map { code >> $0 & 1 == 1 }
            guard isAllowed(on), mayStop || on.allSatisfy({ $0 }) else { continue }
            let starts = zip(on, on.dropFirst()).count { !$0 && $1 }
            let costs = on.enumerated().compactMap { cost($0, isOn: $1) }
            guard costs.count == steps else { continue }
            best = min(best, costs.reduce(Double(starts) * startupCost, +))
        }
        return best
    }

    /// Numbers by chance: some hours in which the unit is worth running, and some in which it is not.
    static func random(_ seed: UInt64, steps: Int) -> UnitOracle {
        var numbers = SeededNumbers(seed: seed)
        func draw(_ range: ClosedRange<Double>) -> Double { numbers.uniform(in: range) }
        return UnitOracle(
            efficiency: draw(0.7...0.95), minimumLoad: draw(0.1...0.5), startupCost: draw(0...12),
            up: numbers.whole(1...4), down: numbers.whole(1...4),
            fuelPrice: (0..<steps).map { _ in draw(0.2...0.4) }, heatPrice: (0..<steps).map { _ in draw(0.25...0.55) },
            demand: (0..<steps).map { _ in draw(60...140) })
    }

    /// The park that the oracle counts out, with a unit in it.
    func park(_ unit: any Component) -> TinyPark {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "heat", price: heatPrice), Carrier(name: "gas", price: fuelPrice)]
        park.demand = [("heat", demand)]
        park.components = [unit]
        return park
    }

    var time: TimeGrid { TimeGrid(steps: demand.count, hours: hours) }

    /// The keys of such a unit, apart from its efficiency.
    func values(capacity: AttributeValue? = nil) -> [String: AttributeValue] {
        var values: [String: AttributeValue] = [
            "capacity": capacity ?? .number(self.capacity), "min_load": .number(minimumLoad),
            "commitment": .flag(mayStop),
        ]
        if mayStop {
            values["startup_cost"] = .number(startupCost)
            values["min_up"] = .number(Double(up) * hours)
            values["min_down"] = .number(Double(down) * hours)
        }
        if !partLoad.isEmpty { values["part_load"] = .points(partLoad) }
        return values
    }

    func boiler(capacity: AttributeValue? = nil) throws -> Boiler {
        let efficiency: [String: AttributeValue] = ["efficiency": .perCarrier([CarrierAmount("heat", efficiency)])]
        return try make(
            Boiler.self, "unit", values(capacity: capacity).merging(efficiency) { $1 }, time: time)
    }
}
