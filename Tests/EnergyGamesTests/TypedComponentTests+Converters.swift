import Energy

extension TypedComponentTests {
    static let converterPairs: [Pair] = [
        Pair(
            yaml:
                "{type: boiler, capacity: 50, efficiency: {heat: 0.9}, min_load: 0.3, commitment: true, startup_cost: 5, "
                + "min_up: 2 h, min_down: 90 min, part_load: [[0.5, 0.8], [1, 1]], ramp_share: 0.5}"
        ) {
            try Boiler(
                "x", capacity: 50, efficiency: ["heat": 0.9],
                commitment: Commitment(minimumLoad: 0.3, startupCost: 5, minimumUp: 2, minimumDown: 1.5),
                partLoad: [Point(x: 0.5, y: 0.8), Point(x: 1, y: 1)], rampShare: 0.5)
        },
        Pair(yaml: "{type: electric_boiler, capacity: 50, efficiency: {heat: 0.95}, commitment: true, min_load: 0.2}") {
            try ElectricBoiler(
                "x", capacity: 50, efficiency: ["heat": 0.95], commitment: Commitment(minimumLoad: 0.2))
        },
        Pair(yaml: "{type: electric_chiller, capacity: 50, efficiency: {cooling: 3}, part_load: [[0.5, 1.2], [1, 1]]}")
        {
            try ElectricChiller(
                "x", capacity: 50, efficiency: ["cooling": 3], partLoad: [Point(x: 0.5, y: 1.2), Point(x: 1, y: 1)])
        },
        Pair(yaml: "{type: electric_chiller, capacity: 50, cop: [3, 4, 5], min_load: 0.1}") {
            try ElectricChiller(
                "x", capacity: 50, performance: [3, 4, 5], commitment: Commitment(minimumLoad: 0.1, mayStop: false),
                time: time)
        },
        Pair(yaml: "{type: absorption_chiller, capacity: 50, cop: 0.7, om_cost: 0.01}") {
            try AbsorptionChiller("x", capacity: 50, performance: 0.7, omCost: 0.01, time: time)
        },
        Pair(
            yaml:
                "{type: converter, capacity: 50, inputs: {gas: 1}, outputs: {electricity: 0.3, heat: 0.5}, "
                + "efficiency_factor: [1, 0.9, 0.8], commitment: true, min_down: 2, part_load: [[0.4, 0.6], [1, 1]]}"
        ) {
            try Converter(
                "x", capacity: 50, inputs: ["gas": 1], outputs: ["electricity": 0.3, "heat": 0.5],
                efficiencyFactor: [1, 0.9, 0.8], commitment: Commitment(minimumDown: 2),
                partLoad: [Point(x: 0.4, y: 0.6), Point(x: 1, y: 1)], time: time)
        },
        Pair(
            yaml:
                "{type: chp, capacity: 50, efficiency: {electricity: 0.36, heat: 0.46}, commitment: true, min_up: 2, min_down: 3, "
                + "part_load: [[0.5, 0.9], [1, 1]]}"
        ) {
            try CombinedHeatAndPower(
                "x", capacity: 50, efficiency: ["electricity": 0.36, "heat": 0.46], mayStop: true, minimumUp: 2,
                minimumDown: 3, partLoad: [Point(x: 0.5, y: 0.9), Point(x: 1, y: 1)])
        },
        Pair(
            yaml:
                "{type: heat_pump, capacity: 50, cop: [3, 2.5, 2], om_cost: 0.01, ramp_share: 0.5, min_load: 0.2, "
                + "commitment: true, min_up: 2}"
        ) {
            try HeatPump(
                "x", capacity: 50, performance: [3, 2.5, 2], omCost: 0.01,
                commitment: Commitment(minimumLoad: 0.2, minimumUp: 2), rampShare: 0.5, time: time)
        },
        Pair(yaml: "{type: electrolyser, capacity: 50, efficiency: {hydrogen: 0.68, heat: 0.15}, ramp: 10}") {
            try Electrolyser("x", capacity: 50, efficiency: ["hydrogen": 0.68, "heat": 0.15], ramp: 10)
        },
        Pair(
            yaml:
                "{type: fuel_cell, fuel: gas, capacity: 50, efficiency: {heat: 0.3, electricity: 0.5}, startup_cost: 3, commitment: true}"
        ) {
            try FuelCell(
                "x", capacity: 50, efficiency: ["heat": 0.3, "electricity": 0.5], fuel: "gas",
                commitment: Commitment(startupCost: 3))
        },
        Pair(yaml: "{type: power_to_gas, capacity: 50, efficiency: {gas: 0.6}, co2_uptake: 0.18, ramp: 10}") {
            try PowerToGas("x", capacity: 50, efficiency: ["gas": 0.6], carbonUptake: 0.18, ramp: 10)
        },
        Pair(
            yaml:
                "{type: storage_boiler, capacity: 50, efficiency: {heat: 0.95}, tank: 100 kWh, tank_power: 30, through_tank: 0.5, "
                + "may_run: [1, 0, 1], standing_loss: 0.01, initial_soc: 0.2, cyclic: false, min_load: 0.3, commitment: true}"
        ) {
            try StorageBoiler(
                "x", capacity: 50, efficiency: ["heat": 0.95], tank: 100, tankPower: 30, throughTank: 0.5,
                mayRun: [1, 0, 1], standingLoss: 0.01, initialStateOfCharge: 0.2, isCyclic: false,
                commitment: Commitment(minimumLoad: 0.3), time: time)
        },
        Pair(yaml: "{type: storage_boiler, capacity: 50, efficiency: {heat: 0.95}, tank: 100 kWh}") {
            try StorageBoiler("x", capacity: 50, efficiency: ["heat": 0.95], tank: 100, time: time)
        },
        Pair(
            yaml:
                "{type: market, buy_price: 0.4, buy_max: [90, 80, 0], sell_price: 0.3, sell_max: [40, 0, 40], co2: [0.5, 0.4, 0], "
                + "available: [1, 0.5, 1]}"
        ) {
            try MarketExchange(
                "x", buyPrice: 0.4, buyMaximum: [90, 80, 0], sellPrice: 0.3, sellMaximum: [40, 0, 40],
                emissionFactor: [0.5, 0.4, 0], available: [1, 0.5, 1], time: time)
        },
        Pair(
            yaml:
                "{type: storage, capacity: 50, duration: 2, depth_wear: 0.3, wear_exponent: 1.2, wear_pieces: 4, wear_cost: 0.01}"
        ) {
            try Storage(
                "x", capacity: 50, duration: 2, wearCost: 0.01, depthWear: 0.3, wearExponent: 1.2, wearPieces: 4)
        },
    ]

    static let wrongConverters: [Pair] = [
        Pair(yaml: "{type: boiler, capacity: 5, efficiency: {heat: 0.9}, min_load: 1.2, commitment: true}") {
            try Boiler("x", capacity: 5, efficiency: ["heat": 0.9], commitment: Commitment(minimumLoad: 1.2))
        },
        Pair(yaml: "{type: boiler, capacity: 5, efficiency: {heat: 0.9}, min_up: 3 h}") {
            try Boiler(
                "x", capacity: 5, efficiency: ["heat": 0.9], commitment: Commitment(mayStop: false, minimumUp: 3))
        },
        Pair(yaml: "{type: boiler, capacity: 5, efficiency: {heat: 0.9}, part_load: [[0.5, 0.8], [0.9, 1]]}") {
            try Boiler(
                "x", capacity: 5, efficiency: ["heat": 0.9], partLoad: [Point(x: 0.5, y: 0.8), Point(x: 0.9, y: 1)])
        },
        Pair(yaml: "{type: electric_chiller, capacity: 5}") {
            try ElectricChiller(
                name: "x", values: .init(["capacity": .number(5)], of: ElectricChiller.attributes, time: time),
                time: time)
        },
        Pair(yaml: "{type: electric_chiller, capacity: 5, cop: [3, 0, 3]}") {
            try ElectricChiller("x", capacity: 5, performance: [3, 0, 3], time: time)
        },
        Pair(yaml: "{type: converter, capacity: 5, inputs: {gas: 1}, outputs: {heat: 1}, efficiency_factor: [1, 2]}") {
            try Converter(
                "x", capacity: 5, inputs: ["gas": 1], outputs: ["heat": 1], efficiencyFactor: [1, 2], time: time)
        },
        Pair(yaml: "{type: heat_pump, capacity: 5, cop: [3, 2]}") {
            try HeatPump("x", capacity: 5, performance: [3, 2], time: time)
        },
        Pair(yaml: "{type: electrolyser, capacity: 5, efficiency: {hydrogen: 0.8, heat: 0.3}}") {
            try Electrolyser("x", capacity: 5, efficiency: ["hydrogen": 0.8, "heat": 0.3])
        },
        Pair(yaml: "{type: fuel_cell, capacity: 5, efficiency: {heat: 0.3}}") {
            try FuelCell("x", capacity: 5, efficiency: ["heat": 0.3])
        },
        Pair(yaml: "{type: power_to_gas, capacity: 5, efficiency: {gas: 0.6}, co2_uptake: -1}") {
            try PowerToGas("x", capacity: 5, efficiency: ["gas": 0.6], carbonUptake: -1)
        },
        Pair(yaml: "{type: storage_boiler, capacity: 5, efficiency: {heat: 0.9}, tank: 9, may_run: [1, 0.5, 1]}") {
            try StorageBoiler("x", capacity: 5, efficiency: ["heat": 0.9], tank: 9, mayRun: [1, 0.5, 1], time: time)
        },
        Pair(yaml: "{type: storage_boiler, capacity: 5, efficiency: {heat: 0.9}, tank: 9, through_tank: 1.5}") {
            try StorageBoiler("x", capacity: 5, efficiency: ["heat": 0.9], tank: 9, throughTank: 1.5, time: time)
        },
        Pair(yaml: "{type: market, buy_price: 0.4, buy_max: [90, 80]}") {
            try MarketExchange("x", buyPrice: 0.4, buyMaximum: [90, 80], time: time)
        },
        Pair(yaml: "{type: market, buy_price: 0.4, buy_max: 90, available: [1, 1.2, 1]}") {
            try MarketExchange("x", buyPrice: 0.4, buyMaximum: 90, available: [1, 1.2, 1], time: time)
        },
        Pair(yaml: "{type: storage, capacity: 50, power: 5, depth_wear: 0.3, wear_pieces: 0}") {
            try Storage("x", capacity: 50, power: 5, depthWear: 0.3, wearPieces: 0)
        },
        Pair(yaml: "{type: storage, capacity: 50, power: 5, wear_exponent: 2}") {
            try Storage("x", capacity: 50, power: 5, wearExponent: 2)
        },
    ]
}
