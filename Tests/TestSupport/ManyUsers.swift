/// Parks of as many users as wanted, no two alike: half of each one's load may be shifted, some may be cut, and every
/// other one has a store.
public enum ManyUsers {
    public static func yaml(users: Int, steps: Int) -> String {
        var numbers = SeededNumbers(seed: UInt64(1_000 * users + steps))
        func series(_ range: ClosedRange<Double>) -> String {
            "[" + (0..<steps).map { _ in "\(Int(numbers.uniform(in: range)))" }.joined(separator: ", ") + "]"
        }
        let spot = (0..<steps).map { "\(0.01 * Double(22 + ($0 * 7) % 19))" }.joined(separator: ", ")
        var lines = [
            "case: {schema: 1, name: many, title: \"Many users\"}",
            "units: {power: kW, energy: kWh, mass: kg, currency: CNY}",
            "time: {steps: \(steps), step: 1 h}", "carriers: {electricity: {}}", "grid:",
            "  buy: {price: [\(spot)], max: \(1_000 * users) kW}", "  sell: {price: 0.1, max: \(100 * users) kW}",
            "operator: {prices: {electricity_sell: {min: 0.3, max: 1.0, mean_max: 0.65}}}", "users:",
        ]
        for user in 0..<users {
            let (share, discomfort) = (numbers.uniform(in: 0.1...0.5), numbers.uniform(in: 0.4...0.9))
            lines += [
                "  u\(user):", "    demand: {electricity: \(series(100...200))}", "    flexibility:",
                "      shifted: {type: shiftable, carrier: electricity, share: \(share)}",
                "      cut: {type: curtailable, carrier: electricity, share: 0.1, discomfort: \(discomfort)}",
            ]
            guard user.isMultiple(of: 2) else { continue }
            let (capacity, power) = (numbers.uniform(in: 50...200), numbers.uniform(in: 20...60))
            lines += [
                "    devices:",
                "      battery: {type: storage, carrier: electricity, capacity: \(capacity), power: \(power)}",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
