/// Tables that are read by themselves: one that typical days are chosen from, and one of past sessions.
enum LooseTables {
    static let files = ["year.csv": year, "past.csv": past]

    private static var year: String {
        let rows = (0..<48).map { "\(time(day: 1 + $0 / 24, hour: $0 % 24)),\(100 + $0 % 7),0.\($0 % 10)" }
        return (["time,load [kW],price [EUR/MWh]"] + rows).joined(separator: "\n") + "\n"
    }

    private static var past: String {
        let rows = (1...20).map { "s\($0),\(time(day: $0, hour: 18)),\(time(day: $0 + 1, hour: 7)),\(20 + $0),11" }
        return (["id,arrival,departure,energy [kWh],max_power [kW]"] + rows).joined(separator: "\n") + "\n"
    }

    private static func time(day: Int, hour: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2024-10-\(two(day))T\(two(hour)):00"
    }
}
