/// A small case to begin with: an operator with combined heat and power, two users and an EV station, on one day.
package enum CaseTemplate {
    /// Files of a new case, by path within its folder.
    package static func files(name: String) -> [(path: String, text: String)] {
        [("case.yaml", caseFile(name: name)), ("data/profiles.csv", profiles), ("data/ev_sessions.csv", sessions)]
    }

    private static func caseFile(name: String) -> String {
        """
        # A small case to begin with. `stackelberg show --schema` lists every key; `stackelberg check` finds every mistake.
        # A number may carry its unit ("2 MW"); without one it is in the units below. `profiles.x` is a column of a table.
        case: {schema: 1, name: \(name), title: "A small park"}
        units: {power: kW, energy: kWh, mass: kg, currency: CNY}
        time: {start: "2024-01-15T00:00", steps: 24, step: 1 h, timezone: Asia/Shanghai}
        tables:
          profiles: {file: data/profiles.csv, index: hour}
          sessions: {file: data/ev_sessions.csv, index: session}

        carriers:
          electricity: {color: "#4477AA"}
          heat: {color: "#EE6677", vent: true}                 # more heat than asked for may be let go
          gas: {price: 0.38 CNY/kWh, co2: 0.202 kg/kWh}        # a price: whoever uses it buys it outside

        grid:                                                  # the operator's exchange with the public grid
          buy: {price: profiles.grid_buy, max: 3 MW, co2: 0.45 kg/kWh}
          sell: {price: profiles.grid_sell, max: 1 MW}

        operator:
          devices:
            chp: {type: chp, capacity: 500 kW, efficiency: {electricity: 0.36, heat: 0.46}, om_cost: 0.03 CNY/kWh}
            boiler: {type: boiler, capacity: 600 kW, efficiency: {heat: 0.9}}
          prices:                                              # {min, max} is what the search decides; a number is fixed
            electricity_sell: {min: profiles.grid_sell, max: profiles.grid_buy, mean_max: 0.65 CNY/kWh}
            heat_sell: {min: 0.15 CNY/kWh, max: 0.50 CNY/kWh, mean_max: 0.40 CNY/kWh}
            electricity_buy: profiles.grid_sell                # what users earn for their surplus

        users:
          offices:
            demand: {electricity: profiles.offices_e, heat: profiles.offices_h}
            devices:
              pv: {type: pv, capacity: 200 kW, profile: profiles.pv}
              heater: {type: electric_boiler, capacity: 100 kW, efficiency: {heat: 0.95}}
            flexibility:
              ventilation: {type: curtailable, carrier: electricity, share: 0.1, discomfort: 0.9 CNY/kWh}
          homes:
            demand: {electricity: profiles.homes_e, heat: profiles.homes_h}
            devices:
              heater: {type: electric_boiler, capacity: 150 kW, efficiency: {heat: 0.95}}
            flexibility:
              washing: {type: shiftable, carrier: electricity, share: 0.2, window: [7, 23]}
              warmth: {type: curtailable, carrier: heat, share: 0.1, discomfort: 0.35 CNY/kWh}

        ev_stations:
          car_park: {sessions: sessions, v2g: true, degradation_cost: 0.05 CNY/kWh, sell_to_users: true, sell_share: 0.9}

        carbon:
          payer: operator
          quota: {electricity: 0.3 kg/kWh, heat: 0.16 kg/kWh}  # free allowance per kWh delivered
          ladder: {base_price: 0.25 CNY/kg, interval: 500 kg, growth: 0.25, steps: 5, surplus_price: 0.25 CNY/kg}

        game:
          followers: {ties: optimistic}
        optimiser: {population: 50, evaluations: 5000, seed: 1}

        variants:                                              # --variant no_v2g
          no_v2g: {ev_stations.car_park.v2g: false}
          no_carbon: {carbon.enabled: false}

        """
    }

    private static let profiles = """
        hour,grid_buy [CNY/kWh],grid_sell [CNY/kWh],pv [1],offices_e [kW],offices_h [kW],homes_e [kW],homes_h [kW]
        0,0.28,0.24,0,90,70,110,180
        1,0.28,0.24,0,90,70,95,180
        2,0.28,0.24,0,90,70,90,180
        3,0.28,0.24,0,90,75,90,190
        4,0.28,0.24,0,92,90,95,220
        5,0.28,0.24,0,100,130,110,280
        6,0.28,0.24,0,140,190,170,330
        7,0.28,0.24,0.05,240,240,240,320
        8,0.72,0.40,0.15,380,250,230,280
        9,0.72,0.40,0.32,450,230,200,240
        10,1.20,0.40,0.46,470,210,185,215
        11,1.20,0.40,0.55,470,190,195,200
        12,0.72,0.40,0.57,430,175,215,190
        13,0.72,0.40,0.54,450,165,200,180
        14,1.20,0.40,0.43,460,160,190,180
        15,1.20,0.40,0.29,450,160,190,190
        16,1.20,0.40,0.12,430,165,215,215
        17,1.20,0.40,0.02,370,160,290,250
        18,1.20,0.40,0,260,140,370,290
        19,0.72,0.40,0,180,120,390,310
        20,0.72,0.40,0,140,105,360,310
        21,0.72,0.40,0,120,90,300,290
        22,0.72,0.40,0,105,80,220,250
        23,0.72,0.40,0,95,75,150,210

        """

    private static let sessions = """
        session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
        car01,8,17,60,7,7,0.45,0.70
        car02,8,16,50,7,7,0.40,0.65
        car03,9,18,75,7,7,0.50,0.70
        car04,9,17,40,7,7,0.35,0.60
        car05,7,15,60,7,7,0.40,0.65
        car06,10,19,50,7,7,0.45,0.70
        car07,17,24,60,7,7,0.35,0.60
        car08,18,24,75,7,7,0.40,0.60
        car09,0,8,60,7,7,0.50,0.85
        car10,0,7,50,7,7,0.45,0.80

        """
}
