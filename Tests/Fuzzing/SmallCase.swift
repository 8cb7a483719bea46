/// A case of three steps with a bit of everything.
public enum SmallCase {
    public static let files: [String: String] = [
        "case.yaml": #"""
        case: {schema: 1, name: small}
        time: {start: "2024-07-15T00:00", steps: 3, step: 1 h}
        tables:
          data: {file: data.csv, index: hour}
          stays: {file: stays.csv, index: session}
        carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.26 CNY/kWh, co2: 0.2 kg/kWh}}
        grid: {buy: {price: data.buy, max: 3 MW, co2: 0.57 kg/kWh}, sell: {price: 0.3, max: 1 MW}}
        operator:
          devices:
            chp: {type: chp, capacity: 1.2 MW, efficiency: {electricity: 0.36, heat: 0.46}, ramp: 500 kW/h}
          prices:
            electricity_sell: {min: 0.3, max: data.buy, mean_max: 0.8}
            heat_sell: 0.4 CNY/kWh
        users:
          home:
            demand: {electricity: data.load, heat: [1, 2, 3]}
            devices: {pv: {type: pv, capacity: 4 kW, profile: data.pv}}
            flexibility: {wash: {type: shiftable, carrier: electricity, share: 0.2, window: [0, 24]}}
        ev_stations: {plaza: {sessions: stays, sell_to_users: true}}
        carbon: {ladder: {base_price: 0.25 CNY/kg, interval: 2 t, growth: 0.25, steps: 5}}
        game: {followers: {ties: pessimistic}}
        variants: {more: {users.home.devices.pv.capacity: 5 kW}}
        """#,
        "data.csv": """
        hour,buy [CNY/kWh],load [kW],pv [1]
        0,0.38,180.0,0
        1,0.72,"281.8",0.5
        2,1.15,200.2,1
        """,
        "stays.csv": """
        session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
        ev1,0,3,60,7,7,0.47,0.5
        ev2,1,3,75,7,7,0.28,0.4
        """,
    ]
}
