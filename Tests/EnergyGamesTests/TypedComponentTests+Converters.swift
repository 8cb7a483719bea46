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
    ]
}
