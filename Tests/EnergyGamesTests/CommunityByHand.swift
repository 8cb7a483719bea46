import Foundation
import LinearModels

/// A day of the community of paper 003 from its equations: electricity, heat and cooling, with or without boiler, power
/// to gas and carbon trading.
struct CommunityByHand {
    enum Boiler {
        case none
        /// The share of the boiler's heat that passes through the tank.
        case through(Double)
        /// Column of the hours in which it may run.
        case window(String)
    }

    var scenario = "01"
    /// Whether vehicles wait or are under contract; else they charge on arrival.
    var isImproved = false
    var boiler = Boiler.none
    var hasPowerToGas = false
    var tradesCarbon = false

    /// CNY.
    ///
    /// - Parameters:
    ///   - cars: what vehicles charge, kW by hour: given here, since a strategy decides it and not the operation.
    ///   - moved: kWh that the aggregator is paid for.
    func optimum(cars: [Double], moved: Double) throws -> Double {
        let table = try HandTable("cies-dispatch/data/scenario_\(scenario).csv")
        var day = HandModel()
        let tariff = try table("tariff")

        let bought = try day.hourly("bought", upTo: try table("line"))
        let windMost = try table("wind").map { 500 * $0 }
        let wind = try day.hourly("wind", upTo: windMost)
        let sun = try table("sun").map { 200 * $0 }
        let turbine = try day.hourly("turbine", upTo: 500)
        let absorption = try day.hourly("absorption", upTo: 100)
        let chiller = try day.hourly("chiller", upTo: 150)
        let battery = try day.store(
            "battery", capacity: 400, power: 100, charging: 0.95, discharging: 0.95, shares: 0.1...0.9, isBattery: true)
        // Power to gas takes electricity and gives gas, at most 120 kW of gas.
        let gasMade = try day.hourly("made", upTo: hasPowerToGas ? 120 : 0)
        if hasPowerToGas { try day.ramp(gasMade, by: 60) }
        let gasBought = try day.hourly("gas", upTo: .infinity)
        // Heat of the boiler, into the tank and out of it.
        var most = [Double](repeating: 0, count: HandModel.hours)
        switch boiler {
        case .none: break
        case .through: most = most.map { _ in 100 }
        case .window(let column): most = try table(column).map { 100 * $0 }
        }
        let boiled = try day.hourly("boiled", upTo: most)
        let tank = try day.store(
            "tank", capacity: 400, power: 80, charging: 0.95, discharging: 0.95, loss: 0.01, start: 0, isBattery: false)

        let (load, heat, cooling) = (try table("electricity"), try table("heat"), try table("cooling"))
        for t in 0..<HandModel.hours {
            let sources = bought[t] + wind[t] + turbine[t] + battery.discharge[t]
            let uses = chiller[t] / 3 + gasMade[t] / 0.6 + boiled[t] / 0.98 + battery.charge[t]
            try day.require(sources - uses == load[t] + cars[t] - sun[t])
            // Eq. 1-2: heat of the turbine through the lithium-bromide machine.
            let recovered = ((1 - 0.33 - 0.05) * 0.8 * 1.2 / 0.33) * turbine[t]
            let stored = tank.discharge[t] - tank.charge[t]
            try day.require(recovered + boiled[t] + stored - absorption[t] / 0.8 == heat[t])
            try day.require(absorption[t] + chiller[t] == cooling[t])
            try day.require(gasBought[t] + gasMade[t] - turbine[t] / 0.33 == 0)
            if case .through(let share) = boiler {
                try day.require(tank.charge[t] - share * boiled[t] == 0)
            } else {
                try day.require(tank.charge[t] - boiled[t] <= 0)
            }
            day.cost += tariff[t] * bought[t] + 0.354 * gasBought[t] + 0.01 * wind[t] + 0.2 * (windMost[t] - wind[t])
            day.cost += 0.02 * turbine[t] + 0.01 * battery.discharge[t] + 0.01 * absorption[t] + 0.01 * chiller[t]
            day.cost += 0.01 * gasMade[t] + 0.01 * boiled[t]
        }
        day.cost += LinearExpression(0.01 * sun.reduce(0, +) + (isImproved ? 0.60 * moved : 0))
        if tradesCarbon { try addTrading(to: &day, bought, turbine, gasMade) }
        return try day.optimum()
    }

    /// Eq. 23-27: one interval of the ladder is chosen by a binary, and the excess lies in it.
    private func addTrading(
        to day: inout HandModel, _ bought: [Variable], _ turbine: [Variable], _ gasMade: [Variable]
    ) throws {
        let heat = (1 - 0.33 - 0.05) * 0.8 * 1.2 / 0.33
        let emission = sum(zip(bought, turbine).map { 1.08 * $0 + (0.3095 + 0.1678 * heat) * $1 })
        let taken = sum(gasMade.map { 0.202 * $0 })
        let quota = sum(zip(bought, turbine).map { 0.877 * $0 + (0.392 + 0.2124 * heat) * $1 })
        let (price, growth, width, far) = (0.25, 0.25, 500.0, 1e5)
        // Start, end, slope over the price, and value at the start over price and width.
        let pieces: [(from: Double, to: Double, slope: Double, anchor: Double, value: Double)] = [
            (-far, -width, 1 + 2 * growth, -width, -(1 + growth)), (-width, 0, 1 + growth, 0, 0),
            (0, width, 1, 0, 0), (width, 2 * width, 1 + growth, width, 1),
            (2 * width, 3 * width, 1 + 2 * growth, 2 * width, 2 + growth),
            (3 * width, 4 * width, 1 + 3 * growth, 3 * width, 3 + 3 * growth),
            (4 * width, far, 1 + 4 * growth, 4 * width, 4 + 6 * growth),
        ]
        var (chosen, excess) = (LinearExpression(), LinearExpression())
        for (k, piece) in pieces.enumerated() {
            let isChosen = try day.binary("interval_\(k)")
            let within = try day.free("excess_\(k)")
            try day.require(within - piece.from * isChosen >= 0)
            try day.require(within - piece.to * isChosen <= 0)
            chosen += isChosen
            excess += within
            let atAnchor = price * width * piece.value - price * piece.slope * piece.anchor
            day.cost += (price * piece.slope) * within + atAnchor * isChosen
        }
        try day.require(chosen == 1)
        try day.require(emission - taken - quota - excess == 0)
    }
}
