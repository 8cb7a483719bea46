import Foundation
import LinearModels

/// The day of the park of paper 002 from its equations: electricity, heat, cooling and gas, vehicles that give back,
/// and a carbon price by the ratio of emission to quota.
struct ExcessParkByHand {
    enum Carbon { case tiers, onePrice, none }

    var carbon = Carbon.tiers
    var groups = 4
    /// Kept quota in place of one that grows with what is bought and made, kg.
    var fixedQuota: Double?
    var stays = "stays"

    /// CNY.
    func optimum() throws -> Double {
        let table = try HandTable("carbon-excess-park/data/profiles.csv")
        var day = HandModel()
        let tariff = try table("tariff")
        let bought = try day.hourly("bought", upTo: 3000)
        let gas = try day.hourly("gas", upTo: .infinity)
        let windMost = try table("wind_speed").map { 2000 * Self.turbine($0) }
        let sunMost = try zip(table("irradiance"), table("air_temperature")).map { 1200 * Self.panel($0, air: $1) }
        let wind = try day.hourly("wind", upTo: windMost)
        let sun = try day.hourly("sun", upTo: sunMost)
        let plant = try day.hourly("plant", upTo: 800)
        let gasBoiler = try day.hourly("gas_boiler", upTo: 1000)
        let electricBoiler = try day.hourly("electric_boiler", upTo: 800)
        let chiller = try day.hourly("chiller", upTo: 1200)
        let absorption = try day.hourly("absorption", upTo: 600)
        let gasMade = try day.hourly("made", upTo: 300)
        let cell = try day.hourly("cell", upTo: 200)
        for (output, most) in [(plant, 400.0), (gasBoiler, 500), (gasMade, 150), (cell, 100)] {
            try day.ramp(output, by: most)
        }
        let battery = try day.store(
            "battery", capacity: 800, power: 200, charging: 0.95, discharging: 0.95, loss: 0.001, shares: 0.1...0.9,
            isBattery: true)
        func tank(_ name: String, _ capacity: Double, _ power: Double, _ efficiency: Double, _ loss: Double) throws
            -> HandModel.Store
        {
            let tank = try day.store(
                name, capacity: capacity, power: power, charging: efficiency, discharging: efficiency, loss: loss,
                shares: 0...0.95, isBattery: false)
            for (charge, discharge) in zip(tank.charge, tank.discharge) {
                try day.require(charge + discharge <= power)
            }
            return tank
        }
        let heatStore = try tank("heat_store", 1200, 300, 0.95, 0.01)
        let coldStore = try tank("cold_store", 600, 150, 0.95, 0.01)
        let gasStore = try tank("gas_store", 800, 200, 0.98, 0.0005)
        let fleet = try ParkedFleet("carbon-excess-park/data/\(stays).csv", groups: groups).add(to: &day)

        let (load, heat, cooling) = (try table("electricity"), try table("heat"), try table("cooling"))
        let gasLoad = try table("gas")
        // Of the fuel 38 % becomes power and 10 % is lost, and of the rest 85 % is recovered.
        let recovered = (1 - 0.38 - 0.10) * 0.85 / 0.38
        for t in 0..<HandModel.hours {
            let sources = bought[t] + wind[t] + sun[t] + plant[t] + cell[t] + battery.discharge[t] + fleet.given[t]
            let uses = electricBoiler[t] / 0.85 + chiller[t] / 4.5 + gasMade[t] / 0.6 + battery.charge[t]
            try day.require(sources - uses - fleet.taken[t] == load[t])
            // What vehicles give goes to the buildings, and is their own.
            try day.require(fleet.given[t] <= load[t])
            let hot = recovered * plant[t] + gasBoiler[t] + electricBoiler[t] + 0.6 * cell[t] + heatStore.discharge[t]
            try day.require(hot - heatStore.charge[t] - absorption[t] / 0.7 == heat[t])
            try day.require(
                chiller[t] + absorption[t] + coldStore.discharge[t] - coldStore.charge[t] == cooling[t])
            let burnt = plant[t] / 0.38 + gasBoiler[t] / 0.9 + cell[t] / 0.5
            try day.require(gas[t] + gasMade[t] + gasStore.discharge[t] - gasStore.charge[t] - burnt == gasLoad[t])
            day.cost += tariff[t] * bought[t] + (2.18 / 9.86) * gas[t] + 0.02 * wind[t] + 0.01 * sun[t]
            day.cost += 0.2 * (windMost[t] - wind[t]) + 0.2 * (sunMost[t] - sun[t]) + 0.03 * plant[t]
            day.cost += 0.01 * gasBoiler[t] + 0.01 * electricBoiler[t] + 0.01 * chiller[t] + 0.01 * absorption[t]
            day.cost += 0.02 * gasMade[t] + 0.03 * cell[t] + 0.08 * fleet.given[t]
            day.cost += try wear(of: battery.discharge[t], t, in: &day)
        }
        if carbon != .none {
            let shares = zip(plant, gasBoiler).map { 0.22 * (1 + recovered) * $0 + 0.202 * $1 }
            let quota = fixedQuota.map { LinearExpression($0) } ?? sum(shares) + sum(bought.map { 0.728 * $0 })
            var emission = sum(bought.map { 1.08 * $0 }) + sum(gasBoiler.map { 0.224 * $0 })
            emission += sum(cell.map { 0.404 * $0 })
            for t in 0..<HandModel.hours {
                emission += try curve(of: (1 + recovered) * plant[t], recovered, t, in: &day)
            }
            try addCarbon(emission, quota, to: &day)
        }
        return try day.optimum()
    }

    /// Eq. 18-19: in each tier the cost is linear in emission and quota, and it is the greatest of the tiers.
    private func addCarbon(_ emission: LinearExpression, _ quota: LinearExpression, to day: inout HandModel) throws {
        let (price, growth) = (0.25, 0.25)
        guard carbon == .tiers else {
            day.cost += price * (emission - quota)
            return
        }
        let cost = try day.free("carbon")
        for (tier, value) in [0, 0.1, 0.1 * (2 + growth), 0.1 * (3 + 3 * growth)].enumerated() {
            let slope = price * (1 + growth * Double(tier))
            let start = 1 + 0.1 * Double(tier)
            try day.require(cost - price * value * quota - slope * (emission - start * quota) >= 0)
        }
        day.cost += cost
    }

    /// Eq. 16 as the greatest of the chords of eight equal parts of what the plant can give.
    private func curve(
        of output: LinearExpression, _ recovered: Double, _ hour: Int, in day: inout HandModel
    ) throws -> LinearExpression {
        func rate(_ x: Double) -> Double { 2e-5 * x * x + 0.20 * x + 5 }
        let ends = (0...8).map { 800 * (1 + recovered) * Double($0) / 8 }
        return try envelope(of: output, "emission_\(hour)", zip(ends, ends.map(rate)), in: &day)
    }

    /// Eq. 29 with the depth of an hour, as the greatest of eight chords up to what the power lets out.
    private func wear(of discharge: Variable, _ hour: Int, in day: inout HandModel) throws -> LinearExpression {
        let depths = (0...8).map { 200.0 / 800 * Double($0) / 8 }
        let costs = depths.map { 0.4 * pow($0, 1.5) * $0 * 800 }
        return try envelope(
            of: discharge.linearExpression, "wear_\(hour)", zip(depths.map { 800 * $0 }, costs), in: &day)
    }

    /// A convex function that is pushed down, above each of its chords.
    private func envelope(
        of x: LinearExpression, _ name: String, _ points: some Sequence<(Double, Double)>, in day: inout HandModel
    ) throws -> LinearExpression {
        let value = try day.free(name)
        let points = Array(points)
        for (left, right) in zip(points, points.dropFirst()) {
            let slope = (right.1 - left.1) / (right.0 - left.0)
            try day.require(value - slope * x >= left.1 - slope * left.0)
        }
        return value.linearExpression
    }

    /// Eq. 2, of its capacity.
    private static func turbine(_ speed: Double) -> Double {
        let (low, rated, high) = (3.0, 12.0, 25.0)
        if speed < low || speed > high { return 0 }
        return speed >= rated
            ? 1 : (speed * speed * speed - low * low * low) / (rated * rated * rated - low * low * low)
    }

    /// Eq. 1, of its capacity, with a cell of 45 degC at 800 W/m2 and 20 degC of air.
    private static func panel(_ irradiance: Double, air: Double) -> Double {
        let cell = air + (45 - 20) * irradiance / 800
        return 0.95 * irradiance / 1000 * (1 - 0.0047 * (cell - 25))
    }
}
