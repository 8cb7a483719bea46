import Foundation

/// A small virtual power plant whose ten sizes are to be decided over two typical days, as files.
enum SizingCase {
    static let yaml = #"""
        case: {schema: 1, name: plant, title: "Sizes of a small virtual power plant"}
        time: {start: "2024-01-15T00:00", steps: 24, step: 1 h}
        tables:
          profiles: {file: winter.csv, index: hour}
        economics: {discount_rate: 5 %}

        carriers:
          electricity: {}
          heat: {vent: true}
          cooling: {}
          gas: {price: 0.36 CNY/kWh, co2: 0.2 kg/kWh}

        grid:
          buy: {price: profiles.tariff, max: 2 MW, co2: 0.6 kg/kWh}
          sell: {price: 0.2, max: 500 kW}

        operator:
          demand: {electricity: profiles.load, heat: profiles.warmth, cooling: profiles.cold, gas: 40 kW}
          devices:
            chp: {type: chp, capacity: {min: 0, max: 1 MW}, efficiency: {electricity: 0.35, heat: 0.45}, min_load: 0.3, commitment: true,
                ramp_share: 40 %/h, om_cost: 0.015, investment: 4600 CNY/kW, lifetime: 15}
            boiler: {type: boiler, capacity: {min: 0, max: 1 MW}, efficiency: {heat: 0.8}, om_cost: 0.01, investment: 310, lifetime: 20}
            heater: {type: electric_boiler, capacity: {min: 0, max: 500}, efficiency: {heat: 0.88}, om_cost: 0.01, investment: 2100,
                lifetime: 15}
            chiller: {type: electric_chiller, capacity: {min: 0, max: 1 MW}, efficiency: {cooling: 3}, om_cost: 0.02, investment: 900,
                lifetime: 15}
            absorber: {type: absorption_chiller, capacity: {min: 0, max: 1 MW}, efficiency: {cooling: 0.9}, om_cost: 0.01,
                investment: 1050, lifetime: 15}
            battery: {type: storage, capacity: {min: 0, max: 1 MWh}, duration: 2 h, wear_cost: 0.01, investment: 1440, lifetime: 20}
            heat_store: {type: storage, carrier: heat, capacity: {min: 0, max: 1 MWh}, duration: 4 h, standing_loss: 0.01,
                investment: 90, lifetime: 20}
            cold_store: {type: storage, carrier: cooling, capacity: {min: 0, max: 1 MWh}, duration: 4 h, standing_loss: 0.01,
                investment: 136, lifetime: 20}
            wind: {type: wind, capacity: {min: 0, max: 500}, profile: profiles.wind, investment: 6000, lifetime: 25}
            pv: {type: pv, capacity: {min: 0, max: 500}, profile: profiles.sun, investment: 4000, lifetime: 25}
            dark: {type: shortage, carrier: electricity, price: 20}
            frost: {type: shortage, carrier: heat, price: 20}
            swelter: {type: shortage, carrier: cooling, price: 20}

        days:
          winter: {weight: 215}
          summer: {weight: 150, tables.profiles.file: summer.csv}

        carbon: {fixed_quota: 2 t, ladder: {base_price: 0.1, interval: 1 t, growth: 0.25, steps: 5, surplus_price: 0.1}}
        """#

    static let files: [String: String] = [
        "case.yaml": yaml, "winter.csv": table(warmth: 600, cold: 50, sun: 0.45, wind: 0.45),
        "summer.csv": table(warmth: 150, cold: 700, sun: 0.8, wind: 0.3),
    ]

    /// A day by formula: two peaks of load, warmth by night, cold and sun by day, wind by night.
    private static func table(warmth: Double, cold: Double, sun: Double, wind: Double) -> String {
        let rows = (0..<24).map { hour -> String in
            let clock = Double(hour) + 0.5
            let noon = max(0, sin(.pi * (clock - 6) / 12))
            let evening = exp(-pow((clock - 19) / 3, 2))
            let tariff = hour < 7 || hour > 22 ? 0.35 : [10, 11, 18, 19, 20, 21].contains(hour) ? 1.2 : 0.75
            let numbers = [
                tariff, 300 + 200 * noon + 250 * evening, warmth * (1.2 - 0.4 * noon), cold * (0.3 + 0.7 * noon),
                wind * (1.2 - 0.5 * noon), sun * noon,
            ]
            return "\(hour)," + numbers.map { String(format: "%.4f", $0) }.joined(separator: ",")
        }
        return "hour,tariff [CNY/kWh],load [kW],warmth [kW],cold [kW],wind [1],sun [1]\n" + rows.joined(separator: "\n")
            + "\n"
    }
}
