import CaseFiles
import Foundation

/// The reference park at any size: the same kinds of users many times over, with a fleet and a plant to match. No
/// random numbers: the same size is the same case on every machine.
public struct ScaledPark: Sendable {
    public var steps: Int
    /// Length of a step.
    public var hours: Double
    public var users: Int
    /// Which typical day of the year the horizon begins with, `0 ..< 12`; 0 is in winter.
    public var typicalDay: Int

    public init(steps: Int = 24, hours: Double = 1, users: Int = 3, typicalDay: Int = 0) {
        self.steps = steps
        self.hours = hours
        self.users = users
        self.typicalDay = typicalDay
    }

    private var days: Int { max(1, Int((Double(steps) * hours / 24).rounded(.up))) }
    private var scale: Double { Double(users) / 3 }
    /// 1 in winter, -1 in summer.
    private var season: Double { cos(2 * .pi * Double(typicalDay) / 12) }

    /// Writes the case to a temporary folder, reads it and removes the folder.
    public func read() throws -> Case {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("park-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(to: folder)
        return try CaseReader.read(folder)
    }

    public func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in [("case.yaml", caseFile), ("profiles.csv", profiles), ("envelope.csv", envelope)] {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
    }

    // MARK: Users

    private struct User {
        let name: String
        let kind: ParkProfiles.Kind
        let size: Double
        let taste: Double
        /// Hours by which the day begins later.
        let shift: Double
    }

    private var allUsers: [User] {
        func spread(_ i: Int, _ step: Double) -> Double { (Double(i) * step).truncatingRemainder(dividingBy: 1) }
        return (0..<users).map { i in
            let kind = ParkProfiles.kinds[i % 3]
            let isFirst = i < 3
            return User(
                name: isFirst ? kind.name : "\(kind.name)\(i)", kind: kind,
                size: isFirst ? 1 : 0.7 + 0.6 * spread(i, 0.6180339887),
                taste: isFirst ? 1 : 0.9 + 0.2 * spread(i, 0.7548776662),
                shift: isFirst ? 0 : Double(i * 7 / 3 % 3 - 1))
        }
    }

    private func clock(_ step: Int) -> Double { (Double(step) + 0.5) * hours }
    private func isWeekend(_ step: Int) -> Bool { Int(clock(step) / 24) % 7 >= 5 }

    private func electricity(_ user: User, _ step: Int) -> Double {
        user.size * (0.9 + 0.1 * season) * (isWeekend(step) ? 0.82 : 1)
            * ParkProfiles.value(of: user.kind.electricity, at: clock(step) - user.shift)
    }

    private func heat(_ user: User, _ step: Int) -> Double {
        user.size * (0.6 + 0.4 * season) * ParkProfiles.value(of: user.kind.heat, at: clock(step) - user.shift)
    }

    private func sun(_ step: Int) -> Double {
        let weather = [1, 0.6, 1.05, 0.3, 0.9, 1, 0.75][Int(clock(step) / 24) % 7]
        return ParkProfiles.value(of: ParkProfiles.sun, at: clock(step)) * weather * (1.125 - 0.125 * season)
    }

    // MARK: Files

    private var profiles: String {
        let users = allUsers
        let header = users.flatMap { ["\($0.name)_e [kW]", "\($0.name)_h [kW]"] }
        let rows = (0..<steps).map { k in
            let loads = users.flatMap { [electricity($0, k), heat($0, k)] }
            let tariff = ParkProfiles.tariff(hour: Int(clock(k)) % 24)
            return ([start(k), "\(tariff)", text(sun(k))] + loads.map(text)).joined(separator: ",")
        }
        return table(["hour", "tariff [CNY/kWh]", "pv [1]"] + header, rows)
    }

    private var envelope: String {
        let fleet = ParkFleet(steps: steps, hours: hours, days: days, scale: scale)
        let rows = (0..<steps).map { k in
            ([start(k)] + [fleet.charge[k], fleet.least[k], fleet.most[k]].map(text)).joined(separator: ",")
        }
        return table(["hour", "power [kW]", "least [kWh]", "most [kWh]"], rows)
    }

    private func table(_ header: [String], _ rows: [String]) -> String {
        ([header.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }

    private func start(_ step: Int) -> String { "\(Double(step) * hours)" }
    private func text(_ number: Double) -> String { String(format: "%.6f", number) }

    private var caseFile: String {
        """
        case: {schema: 1, name: park-\(steps)x\(users)}
        time: {start: "2024-01-15T00:00", steps: \(steps), step: \(hours) h}
        tables:
          profiles: {file: profiles.csv, index: hour}
          envelope: {file: envelope.csv, index: hour}
        carriers:
          electricity: {}
          heat: {vent: true}
          gas: {price: 0.35 CNY/kWh, co2: 0.202 kg/kWh}
        grid:
          buy: {price: profiles.tariff, max: \(6000 * scale) kW, co2: 0.5703 kg/kWh}
          sell: {price: 0.35 CNY/kWh, max: \(6000 * scale) kW}
        operator:
          devices:
            chp: {type: chp, region: backpressure, capacity: \(1500 * scale) kW, ramp: \(500 * scale) kW/h,
                  efficiency: {electricity: 0.35, heat: 0.42}}
            boiler: {type: boiler, capacity: \(3000 * scale) kW, efficiency: {heat: 0.90}}
          prices:
            electricity_sell: {min: 0.35 CNY/kWh, max: profiles.tariff, mean_max: 0.80 CNY/kWh}
            heat_sell: {min: 0.15 CNY/kWh, max: 0.50 CNY/kWh}
            electricity_buy: 0.35 CNY/kWh
        users:
        \(allUsers.map(section).joined(separator: "\n"))
        ev_stations:
          plaza:
            envelope: {max_charge: envelope.power, max_discharge: envelope.power, min_energy: envelope.least,
                       max_energy: envelope.most}
            degradation_cost: 0.05 CNY/kWh
            sell_to_users: true
            sell_share: 0.9
        carbon:
          payer: operator
          fixed_quota: \(20_000 * scale * Double(days)) kg
          ladder: {base_price: 0.10 CNY/kg, interval: \(3000 * scale * Double(days)) kg, growth: 0.25, steps: 5}

        """
    }

    private func section(_ user: User) -> String {
        let mean = (0..<steps).reduce(0) { $0 + electricity(user, $1) } / Double(steps)
        func cut(_ carrier: String, _ cut: (discomfort: Double, growth: Double)) -> String {
            "{type: curtailable, carrier: \(carrier), share: 0.1, discomfort: \(cut.discomfort * user.taste) CNY/kWh, "
                + "growth: \(cut.growth), pieces: 3}"
        }
        return """
              \(user.name):
                demand: {electricity: profiles.\(user.name)_e, heat: profiles.\(user.name)_h}
                devices:
                  pv: {type: pv, capacity: \(user.kind.photovoltaics * user.size) kW, profile: profiles.pv,
                       curtailable: false}
                  heater: {type: electric_boiler, capacity: \(user.kind.heater * user.size) kW, efficiency: {heat: 0.95}}
                flexibility:
                  moved: {type: shiftable, carrier: electricity, share: 0.15, max_power: \(0.3 * mean) kW}
                  cut: \(cut("electricity", user.kind.electricityCut))
                  cold: \(cut("heat", user.kind.heatCut))
            """
    }
}
