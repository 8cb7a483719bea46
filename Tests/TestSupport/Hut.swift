/// A case of two sizes and two days of four steps.
public enum Hut {
    public static let yaml = #"""
        case: {schema: 1, name: hut, title: "A hut by the lake"}
        time: {steps: 4, step: 6 h}
        economics: {discount_rate: 0.08}
        carriers: {electricity: {}}
        grid: {buy: {price: [0.3, 0.9, 0.5, 1.4], max: 60 kW, co2: 0.6}}
        operator:
          demand: {electricity: [30, 50, 40, 80]}
          devices:
            battery: {type: storage, capacity: {min: 0, max: 400}, duration: 5 h, wear_cost: 0.02, investment: 1400, lifetime: 12}
            pv: {type: pv, capacity: {min: 0, max: 150}, profile: [0, 0.5, 0.3, 0], investment: 9000, lifetime: 25}
            dark: {type: shortage, carrier: electricity, price: 3}
        days:
          bright: {weight: 200}
          dull: {weight: 165, operator.devices.pv.profile: [0, 0.1, 0.1, 0]}
        carbon: {ladder: {base_price: 0.1 CNY/kg, interval: 300 kg, growth: 0.5, steps: 4}}
        variants:
          fixed: {operator.devices.battery.capacity: 50, operator.devices.pv.capacity: 20}
        """#
}
