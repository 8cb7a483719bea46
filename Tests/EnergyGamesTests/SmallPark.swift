import Energy
import EnergyGames
import Games
import Studies

/// A park whose operator sells electricity and heat to homes, which wash when it is cheap and may heat with
/// electricity.
func smallPark() throws -> EnergyGame {
    let time = TimeGrid(steps: 6, hours: 4)
    let gas = Carrier(name: "gas", price: Array(repeating: 0.3, count: time.steps), emissionFactor: 0.2)
    var park = Park(
        time: time, carriers: [Carrier(name: "electricity"), Carrier(name: "heat", mayBeVented: true), gas])
    park.operate([
        try MarketExchange(buyPrice: [0.4, 0.4, 0.9, 0.9, 1.1, 0.6], buyMaximum: 2000, time: time),
        try CombinedHeatAndPower("chp", capacity: 300, efficiency: ["electricity": 0.36, "heat": 0.46]),
        try Boiler("boiler", capacity: 500, efficiency: ["heat": 0.9]),
    ])
    park.add(
        user: "homes",
        demand: ["electricity": [200, 180, 320, 300, 420, 260], "heat": [150, 160, 120, 110, 140, 160]],
        [
            try ElectricBoiler("heater", capacity: 60, efficiency: ["heat": 0.95]),
            try ShiftableDemand("washing", carrier: "electricity", share: 0.2, time: time),
        ])
    try park.sell("electricity", between: 0.3...1.2, meanAtMost: 0.8)
    try park.sell("heat", between: 0.2...0.6)
    return try park.game(named: "small-park")
}

/// The best prices found, with the proof of what they pay and an upper bound on what any prices can pay.
func bestPrices(of park: EnergyGame) throws -> PriceFindings {
    let study = try Study.run(park.game, StudySettings(algorithm: "auto", evaluations: 400, seed: 1))
    return try PriceFindings(park.game, study)
}
