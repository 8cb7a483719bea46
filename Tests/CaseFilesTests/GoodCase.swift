/// A case with every feature, as the files that a person would write.
enum GoodCase {
    static let yaml = #"""
        case: {schema: 1, name: park-3users, title: "CHP park, July workday"}
        units: {power: kW, energy: kWh, mass: kg, currency: CNY}
        time: {start: "2024-07-15T00:00", steps: 24, step: 1 h, timezone: Asia/Shanghai}
        tables:
          profiles: {file: data/profiles.csv, index: hour}
          sessions: {file: data/ev_sessions.csv, index: session}

        carriers:
          electricity: {color: "#4477AA"}
          heat: {color: "#EE6677"}
          gas: {color: "#CCBB44", price: 0.26 CNY/kWh, co2: 0.202 kg/kWh}

        grid:
          buy: {price: profiles.grid_buy, max: 3 MW, co2: 0.570 kg/kWh}
          sell: {price: profiles.grid_sell, max: 1 MW}

        operator:
          devices:
            chp: {type: chp, region: backpressure, fuel: gas, capacity: 1200 kW, efficiency: {electricity: 0.36, heat: 0.46},
                  min_load: 0.30, ramp: 500 kW/h, om_cost: 0.03 CNY/kWh}
            boiler: {type: boiler, fuel: gas, capacity: 1500 kW, efficiency: {heat: 0.90}, om_cost: 0.01 CNY/kWh}
          prices:
            electricity_sell: {min: profiles.grid_sell, max: profiles.grid_buy, mean_max: 0.72 CNY/kWh}
            electricity_buy: {min: profiles.grid_sell, max: electricity_sell}
            heat_sell: {min: 0.15 CNY/kWh, max: 0.50 CNY/kWh, mean_max: 0.40 CNY/kWh, interval: 6 h}
            ev_sell: {min: profiles.grid_sell, max: profiles.grid_buy}

        users:
          residential:
            demand: {electricity: profiles.res_e, heat: profiles.res_h}
            devices:
              pv: {type: pv, capacity: 400 kW, profile: profiles.pv}
            flexibility:
              washing: {type: shiftable, carrier: electricity, share: 0.15, window: [7, 23]}
              warmth: {type: curtailable, carrier: heat, share: 10 %, discomfort: 0.35 CNY/kWh}
          commercial:
            demand: {electricity: profiles.com_e, heat: profiles.com_h}
            devices:
              electric_boiler: {type: electric_boiler, capacity: 300 kW, efficiency: {heat: 0.95}}
              heat_store: {type: storage, carrier: heat, capacity: 800 kWh, power: 200 kW, charge_efficiency: 0.95,
                  discharge_efficiency: 0.95, standing_loss: 0.01 1/h, initial_soc: 0.20, cyclic: true}
          industrial:
            demand: {electricity: profiles.ind_e, heat: profiles.ind_h}

        ev_stations:
          plaza: {sessions: sessions, chargers: 40, site_limit: 150 kW, charge_efficiency: 0.95, discharge_efficiency: 0.93,
                  v2g: true, degradation_cost: 0.08 CNY/kWh, sell_to_users: true}

        carbon:
          payer: operator
          quota: {electricity: 0.424 kg/kWh, heat: 0.220 kg/kWh}
          ladder: {base_price: 0.25 CNY/kg, interval: 2000 kg, growth: 0.25, steps: 5, surplus_price: 0.20 CNY/kg}

        game:
          leader: {maximise: profit}
          followers: {minimise: cost, ties: optimistic}
        optimiser: {algorithm: differential_evolution, population: 40, evaluations: 3200, seed: 20240715, workers: auto}

        variants:
          no_v2g: {ev_stations.plaza.v2g: false}
          flat_carbon: {carbon.ladder.growth: 0}
          no_station: {ev_stations.plaza: null, operator.prices.ev_sell: null}
          cheap_gas: {carriers.gas: {price: 0.20 CNY/kWh, co2: 0.202 kg/kWh}}
          battery: {operator.devices.battery: {type: storage, capacity: 1 MWh, power: 250 kW}}
        """#

    static let profiles = """
        hour,grid_buy [CNY/kWh],grid_sell [CNY/kWh],pv [1],res_e [kW],res_h [kW],com_e [kW],com_h [kW],ind_e [kW],ind_h [kW]
        0,0.38,0.35,0,180.0,220.0,120.0,140.0,520.0,380.0
        1,0.38,0.35,0,180.0,220.1,120.1,140.0,520.0,380.1
        2,0.38,0.35,0,180.0,220.8,120.5,140.1,520.0,380.3
        3,0.38,0.35,0,180.2,225.1,121.4,140.6,520.1,381.5
        4,0.38,0.35,0,182.5,241.7,123.7,142.7,520.6,385.0
        5,0.38,0.35,0,196.0,280.9,129.1,149.3,523.3,393.5
        6,0.38,0.35,0.122,234.9,332.8,140.4,165.4,533.9,409.4
        7,0.72,0.35,0.311,281.8,357.2,161.5,195.2,562.6,431.3
        8,0.72,0.35,0.516,281.9,327.5,196.6,236.2,614.9,451.6
        9,0.72,0.35,0.709,235.7,268.7,248.9,274.2,673.4,460.3
        10,1.15,0.35,0.864,200.2,219.7,317.2,290.0,700.5,452.9
        11,1.15,0.35,0.965,197.2,190.9,394.5,274.5,675.2,435.6
        12,1.15,0.35,1.0,211.4,174.1,467.7,237.3,605.2,421.3
        13,1.15,0.35,0.965,220.2,163.9,520.9,198.9,540.6,419.3
        14,0.72,0.35,0.864,212.4,160.8,541.6,175.5,596.2,429.9
        15,0.72,0.35,0.709,201.2,166.9,527.6,171.4,658.5,444.1
        16,0.72,0.35,0.516,208.6,184.5,489.0,181.2,680.6,450.3
        17,0.72,0.35,0.311,249.4,216.2,441.9,194.3,656.4,442.7
        18,1.15,0.35,0.122,324.0,264.1,393.9,200.1,604.4,424.9
        19,1.15,0.35,0,404.3,322.8,338.9,193.7,557.9,405.8
        20,1.15,0.35,0,440.0,374.7,273.3,178.5,532.4,391.8
        21,1.15,0.35,0,404.2,397.2,208.9,162.1,522.9,384.4
        22,0.72,0.35,0,323.9,380.0,161.7,150.1,520.5,381.3
        23,0.38,0.35,0,248.7,335.0,136.1,143.7,520.1,380.3
        """

    static let sessions = """
        session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
        ev01,9,18,60,7,7,0.47,0.82
        ev02,8,15,75,7,7,0.28,0.79
        ev03,10,17,75,7,7,0.32,0.88
        ev04,9,17,75,7,7,0.42,0.85
        ev05,10,18,40,7,7,0.29,0.75
        ev06,9,16,75,7,7,0.41,0.89
        ev07,8,16,75,7,7,0.49,0.77
        ev08,9,16,75,7,7,0.27,0.83
        ev09,8,16,60,7,7,0.33,0.88
        ev10,8,15,75,7,7,0.38,0.89
        ev11,8,14,60,7,7,0.5,0.85
        ev12,10,19,40,7,7,0.41,0.78
        ev13,9,16,60,7,7,0.24,0.82
        ev14,8,15,60,7,7,0.44,0.81
        ev15,9,17,75,7,7,0.46,0.76
        ev16,9,16,60,7,7,0.37,0.89
        ev17,9,17,40,7,7,0.29,0.76
        ev18,9,16,50,7,7,0.49,0.79
        ev19,9,18,60,7,7,0.29,0.89
        ev20,9,17,75,7,7,0.46,0.81
        ev21,10,16,40,7,7,0.39,0.89
        ev22,8,15,50,7,7,0.48,0.82
        ev23,9,17,60,7,7,0.2,0.81
        ev24,9,16,50,7,7,0.22,0.84
        ev25,16,24,60,7,7,0.38,0.79
        ev26,18,24,75,7,7,0.21,0.69
        ev27,17,24,60,7,7,0.39,0.79
        ev28,16,24,60,7,7,0.25,0.78
        ev29,18,24,60,7,7,0.29,0.81
        ev30,16,24,40,7,7,0.49,0.85
        ev31,19,24,60,7,7,0.27,0.77
        ev32,19,24,75,7,7,0.39,0.76
        ev33,16,24,50,7,7,0.33,0.88
        ev34,17,24,50,7,7,0.22,0.86
        ev35,18,24,60,7,7,0.27,0.77
        ev36,19,24,50,7,7,0.29,0.88
        ev37,16,24,60,7,7,0.44,0.85
        ev38,17,24,60,7,7,0.38,0.81
        ev39,16,24,75,7,7,0.3,0.81
        ev40,18,24,75,7,7,0.37,0.76
        """

    static var files: [String: String] {
        ["case.yaml": yaml, "data/profiles.csv": profiles, "data/ev_sessions.csv": sessions]
    }
}
