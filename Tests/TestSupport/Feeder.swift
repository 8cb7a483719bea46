/// A data centre, an electrolyser and a town on one feeder, whose best prices are nearly the same in all hours.
public enum Feeder {
    /// - Parameter steps: of the day, 24 or some times as many; prices hold for whole hours.
    public static func yaml(steps: Int) -> String {
        """
        case: {schema: 1, name: feeder, title: "Data centre and electrolyser on one feeder"}
        units: {power: MW, energy: MWh, mass: t, currency: GBP}
        time: {start: "2019-05-20T00:00", steps: \(steps), step: \(1440 / steps) min, timezone: Europe/London}
        tables:
          hours: {file: hours.csv, index: time}
        carriers:
          electricity: {co2: 0}
          heat: {vent: true}
          hydrogen: {}
        grid:
          buy: {price: hours.spot, max: 12 MW, co2: 0.2 t/MWh}
          sell: {price: 30 GBP/MWh, max: 4 MW}
        operator:
          devices:
            pv: {type: pv, capacity: 6 MW, profile: hours.pv}
            battery: {type: storage, capacity: 4 MWh, power: 2 MW, wear_cost: 8 GBP/MWh}
            backup: {type: electric_boiler, capacity: 4 MW, efficiency: {heat: 0.98}}
          prices:
            electricity_sell: {min: 30, max: 300, mean_max: 140, interval: 1 h}
            heat_sell: 55
            heat_buy: {min: 0, max: heat_sell, interval: 6 h}
        users:
          datacentre:
            demand: {electricity: hours.dc}
            devices:
              ups: {type: storage, capacity: 1 MWh, power: 1 MW, min_soc: 0.5, wear_cost: 20}
              recovery: {type: converter, capacity: 1 MW, inputs: {electricity: 0.3}, outputs: {heat: 1}}
            flexibility:
              batch: {type: shiftable, carrier: electricity, share: 0.25, window: [0, 24], discomfort: 5 GBP/MWh}
          electrolyser:
            demand: {hydrogen: 1.2 MW}
            devices:
              stack: {type: converter, capacity: 2.5 MW, inputs: {electricity: 1.5}, outputs: {hydrogen: 1, heat: 0.2}}
              h2_tank: {type: storage, carrier: hydrogen, capacity: 12 MWh, power: 2.5 MW, charge_efficiency: 0.97, discharge_efficiency: 1}
              trailer: {type: market, carrier: hydrogen, buy_price: 240 GBP/MWh, buy_max: 1.2}
          town:
            demand: {electricity: hours.town_e, heat: hours.town_h}
            devices:
              rival: {type: market, carrier: electricity, buy_price: 180, buy_max: 5}
        """
    }

    /// Lies beside it as `hours.csv`.
    public static let table = """
        time,spot [GBP/MWh],dc [MW],town_e [MW],town_h [MW],pv [1]
        2019-05-20 00:00,77.5,2.0,0.6,1.18,0.0
        2019-05-20 01:00,75.5,2.0,0.6,1.18,0.0
        2019-05-20 02:00,74.4,2.0,0.6,1.46,0.0
        2019-05-20 03:00,76.3,2.0,0.64,1.48,0.0
        2019-05-20 04:00,84.4,2.0,0.6,2.04,0.0
        2019-05-20 05:00,103.9,1.96,0.6,2.06,0.0373
        2019-05-20 06:00,123.9,2.0,0.8,3.52,0.1177
        2019-05-20 07:00,114.3,1.96,0.92,2.64,0.203
        2019-05-20 08:00,110.6,1.96,1.08,1.76,0.4809
        2019-05-20 09:00,105.3,1.96,1.12,0.3,0.622
        2019-05-20 10:00,99.2,1.96,1.16,0.3,0.7586
        2019-05-20 11:00,97.0,2.0,1.08,0.0,0.8435
        2019-05-20 12:00,91.1,1.96,1.04,0.0,0.6489
        2019-05-20 13:00,86.9,1.96,1.04,0.0,0.6789
        2019-05-20 14:00,87.7,1.92,1.04,0.0,0.4409
        2019-05-20 15:00,229.8,1.96,1.0,0.88,0.2784
        2019-05-20 16:00,233.5,1.96,0.84,0.6,0.2074
        2019-05-20 17:00,240.1,1.96,0.76,0.3,0.1594
        2019-05-20 18:00,101.4,1.92,0.72,0.0,0.0586
        2019-05-20 19:00,99.9,1.96,0.64,0.0,0.0238
        2019-05-20 20:00,92.4,1.96,0.64,0.0,0.0
        2019-05-20 21:00,79.7,1.96,0.64,0.3,0.0
        2019-05-20 22:00,89.3,1.96,0.6,0.3,0.0
        2019-05-20 23:00,76.1,1.92,0.64,0.3,0.0
        """
}
