import Foundation
import Testing

/// A yard whose loads can all be served, and twenty ways to break it, each with the cause that was put in.
struct InfeasibleCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Exchanged in the text: what was there, and what breaks it.
    let edits: [(old: String, new: String)]
    /// What cannot be met, as party, carrier and hour; nil where no demand is to blame.
    let unmet: (party: String, carrier: String, hour: Double)?
    /// A rule that must be among those that clash, and its hour.
    let cause: String
    let hour: Double?
    /// Exchanged in the broken text for a case that has an answer again: the text, and what stands there with the limit
    /// that the explanation asks for.
    let mend: (old: String, new: @Sendable (Double) -> String)?
    let day: String?

    init(
        _ name: String, _ edits: [(String, String)], unmet: (String, String, Double)?, cause: String, at hour: Double?,
        on day: String? = nil, mend: (String, @Sendable (Double) -> String)? = nil
    ) {
        self.name = name
        self.edits = edits.map { (old: $0.0, new: $0.1) }
        self.unmet = unmet.map { (party: $0.0, carrier: $0.1, hour: $0.2) }
        self.cause = cause
        self.hour = hour
        self.day = day
        self.mend = mend.map { (old: $0.0, new: $0.1) }
    }

    var testDescription: String { name }

    static let yard = #"""
        case: {schema: 1, name: yard}
        time: {steps: 4, step: 1 h}
        carriers: {electricity: {}, heat: {}, cooling: {}, gas: {price: 0.3}}
        grid: {buy: {price: [0.3, 0.5, 0.9, 0.4], max: 500 kW}, sell: {price: 0.2, max: 100 kW}}
        tables: {cars: {file: cars.csv, index: session}}
        operator:
          devices:
            boiler: {type: boiler, capacity: 300 kW, efficiency: {heat: 0.9}}
            chiller: {type: electric_chiller, capacity: 80 kW, efficiency: {cooling: 3}}
          prices:
            electricity_sell: {min: 0.2, max: 1}
            heat_sell: {min: 0.1, max: 0.5}
            cooling_sell: 0.2
        users:
          homes:
            demand: {electricity: [100, 150, 200, 120], heat: [80, 120, 250, 90]}
          shops:
            demand: {electricity: [50, 60, 70, 40], cooling: [10, 60, 40, 20]}
        ev_stations:
          plaza: {sessions: cars}
        """#
    static let cars = """
        session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
        red,0,2,60,20,0,0.5,0.8
        blue,0,2,60,20,0,0.5,0.8
        green,2,4,40,10,0,0.5,0.7

        """

    /// The electricity that homes, shops and the chiller need at hour 2: 200 + 70 + 40 / 3 kW, the vehicle then can
    /// wait.
    static let all: [InfeasibleCase] = [
        .init(
            "a grid connection too small", [("max: 500 kW", "max: 200 kW")], unmet: ("homes", "electricity", 2),
            cause: "buy limit of operator.grid", at: 2, mend: ("max: 200 kW", { "max: \($0) kW" })),
        .init(
            "a boiler too small", [("boiler, capacity: 300 kW", "boiler, capacity: 200 kW")],
            unmet: ("homes", "heat", 2), cause: "output limit of operator.boiler", at: 2,
            mend: ("boiler, capacity: 200 kW", { "boiler, capacity: \($0) kW" })),
        .init(
            "a boiler too slow", [("boiler, capacity: 300 kW", "boiler, ramp: 100 kW/h, capacity: 300 kW")],
            unmet: ("homes", "heat", 2), cause: "ramp of operator.boiler", at: nil,
            mend: ("ramp: 100 kW/h", { "ramp: \($0) kW/h" })),
        .init(
            "a boiler whose ramp is a share too small",
            [("boiler, capacity: 300 kW", "boiler, ramp_share: 0.3, capacity: 300 kW")], unmet: ("homes", "heat", 2),
            cause: "ramp of operator.boiler", at: nil, mend: ("ramp_share: 0.3", { "ramp_share: \($0 / 300)" })),
        .init(
            "a chiller too small", [("capacity: 80 kW", "capacity: 45 kW")], unmet: ("shops", "cooling", 1),
            cause: "output limit of operator.chiller", at: 1, mend: ("capacity: 45 kW", { "capacity: \($0) kW" })),
        .init(
            "cooling from heat, and a boiler too small for both",
            [
                (
                    "type: electric_chiller, capacity: 80 kW, efficiency: {cooling: 3}",
                    "type: absorption_chiller, capacity: 80 kW, efficiency: {cooling: 0.5}"
                ),
                ("boiler, capacity: 300 kW", "boiler, capacity: 255 kW"),
            ], unmet: ("shops", "cooling", 2), cause: "output limit of operator.boiler", at: 2,
            mend: ("boiler, capacity: 255 kW", { "boiler, capacity: \($0) kW" })),
        .init(
            "power that must be taken",
            [("boiler: {", "sun: {type: pv, capacity: 700, profile: [0, 1, 0, 0], curtailable: false}\n    boiler: {")],
            unmet: ("operator", "electricity", 1), cause: "sell limit of operator.grid", at: 1,
            mend: ("price: 0.2, max: 100 kW", { "price: 0.2, max: \($0) kW" })),
        .init(
            "a unit that cannot run slowly",
            [
                (
                    "boiler: {",
                    "chp: {type: chp, capacity: 400 kW, min_load: 0.9, efficiency: {electricity: 0.4, heat: 0.05}}\n    boiler: {"
                )
            ],
            unmet: ("operator", "electricity", 0), cause: "least load of operator.chp", at: 0,
            mend: ("price: 0.2, max: 100 kW", { "price: 0.2, max: \($0) kW" })),
        .init(
            "a battery that empties",
            [
                ("max: 500 kW", "max: 220 kW"),
                (
                    "boiler: {",
                    "battery: {type: storage, capacity: 30 kWh, power: 100 kW, charge_efficiency: 1, discharge_efficiency: 1}\n    boiler: {"
                ),
            ], unmet: ("homes", "electricity", 2), cause: "energy limit of operator.battery", at: nil),
        .init(
            "a battery with too little power",
            [
                ("max: 500 kW", "max: 240 kW"),
                (
                    "boiler: {",
                    "battery: {type: storage, capacity: 900 kWh, power: 5 kW, charge_efficiency: 1, discharge_efficiency: 1}\n    boiler: {"
                ),
            ], unmet: ("homes", "electricity", 2), cause: "discharge limit of operator.battery", at: 2),
        .init(
            "a store that leaks and cannot be filled",
            [
                (
                    "boiler: {",
                    "tank: {type: storage, carrier: heat, capacity: 90 kWh, power: 0 kW, standing_loss: 0.1, cyclic: true}\n    boiler: {"
                )
            ],
            unmet: nil, cause: "energy at the end of operator.tank", at: nil),
        .init(
            "a user's own boiler, and a store that does not last",
            [
                (
                    "homes:\n",
                    "mill:\n    demand: {heat: [90, 150, 150, 150]}\n    devices:\n      kiln: {type: electric_boiler, capacity: 100 kW, efficiency: {heat: 1}}\n      tank: {type: storage, carrier: heat, capacity: 60 kWh, power: 60 kW, cyclic: false}\n  homes:\n"
                ),
                ("    heat_sell: {min: 0.1, max: 0.5}\n", ""), (", heat: [80, 120, 250, 90]}", "}"),
            ], unmet: ("mill", "heat", 2), cause: "output limit of mill.kiln", at: nil,
            mend: (
                "kiln: {type: electric_boiler, capacity: 100 kW", { "kiln: {type: electric_boiler, capacity: \($0) kW" }
            )),
        .init(
            "a demand that may be cut, but not by enough",
            [
                ("boiler, capacity: 300 kW", "boiler, capacity: 200 kW"),
                (
                    "heat: [80, 120, 250, 90]}",
                    "heat: [80, 120, 250, 90]}\n    flexibility: {warmth: {type: curtailable, carrier: heat, share: 0.1, discomfort: 1}}"
                ),
            ], unmet: ("homes", "heat", 2), cause: "output limit of operator.boiler", at: 2),
        .init(
            "a charging site with too small a connection",
            [("{sessions: cars}", "{sessions: cars, site_limit: 15 kW}")],
            unmet: nil, cause: "site limit of plaza.fleet", at: nil,
            mend: ("site_limit: 15 kW", { "site_limit: \($0) kW" })),
        .init(
            "vehicles that a grid connection cannot charge",
            [
                ("max: 500 kW", "max: 220 kW"), ("[100, 150, 200, 120]", "[180, 140, 100, 100]"),
                ("[50, 60, 70, 40]", "[30, 40, 50, 40]"),
            ],
            unmet: ("homes", "electricity", 0), cause: "buy limit of operator.grid", at: 0),
        .init(
            "a unit that is either too strong or off",
            [
                (
                    "boiler: {type: boiler, capacity: 300 kW, efficiency: {heat: 0.9}}",
                    "chp: {type: chp, capacity: 300 kW, min_load: 0.5, commitment: true, efficiency: {electricity: 0.4, heat: 0.4}}"
                )
            ], unmet: ("operator", "heat", 0), cause: "on of operator.chp, yes or no", at: 0),
        .init(
            "heat bound to power that nobody takes",
            [
                (
                    "boiler: {type: boiler, capacity: 300 kW, efficiency: {heat: 0.9}}",
                    "chp: {type: chp, capacity: 900 kW, efficiency: {electricity: 0.6, heat: 0.2}}"
                )
            ], unmet: ("homes", "heat", 2), cause: "sell limit of operator.grid", at: 2,
            mend: ("price: 0.2, max: 100 kW", { "price: 0.2, max: \($0) kW" })),
        .init(
            "a heat pump on too small a connection",
            [
                (
                    "boiler: {type: boiler, capacity: 300 kW, efficiency: {heat: 0.9}}",
                    "pump: {type: converter, capacity: 400 kW, inputs: {electricity: 1}, outputs: {heat: 3}}"
                ),
                ("max: 500 kW", "max: 300 kW"),
            ], unmet: ("homes", "electricity", 2), cause: "buy limit of operator.grid", at: 2,
            mend: ("max: 300 kW", { "max: \($0) kW" })),
        .init(
            "an operating region without enough heat",
            [
                (
                    "boiler: {type: boiler, capacity: 300 kW, efficiency: {heat: 0.9}}",
                    "chp: {type: chp, region: extraction, capacity: 300 kW, corners: [[0, 0], [0, 300], [200, 200], [200, 90]], efficiency: {electricity: 0.4}}"
                )
            ], unmet: ("homes", "heat", 2), cause: "heat limit of operator.chp", at: 2),
        .init(
            "only the sun, and no sun",
            [
                ("max: 500 kW", "max: 0 kW"), ("max: 100 kW", "max: 900 kW"),
                ("boiler: {", "sun: {type: pv, capacity: 700, profile: [1, 1, 1, 0]}\n    boiler: {"),
            ], unmet: ("homes", "electricity", 3), cause: "buy limit of operator.grid", at: 3,
            mend: ("max: 0 kW", { "max: \($0) kW" })),
    ]

    /// The files of the broken yard; nil where an edit finds nothing to replace.
    var files: [String: String]? {
        var text = Self.yard
        for (old, new) in edits {
            guard text.contains(old) else { return nil }
            text = text.replacing(old, with: new)
        }
        return ["case.yaml": text, "cars.csv": Self.cars]
    }
}
