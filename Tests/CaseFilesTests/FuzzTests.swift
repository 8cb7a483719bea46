import Foundation
import TestSupport
import Testing

@testable import CaseFiles

/// Damaged files give a case or diagnostics, and never end the process.
@Suite struct FuzzTests {
    static let small: [String: String] = [
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
            electricity_sell: {min: 0.3, max: data.buy, mean_max: 80 %}
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
        """#.replacing("mean_max: 80 %", with: "mean_max: 0.8"),
        "data.csv": """
        hour,buy [CNY/kWh],load [kW],pv [1]
        0,0.38,180.0,0
        1,0.72,"281,8",0.5
        2,1.15,200.2,1
        """.replacing("\"281,8\"", with: "\"281.8\""),
        "stays.csv": """
        session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
        ev1,0,3,60,7,7,0.47,0.5
        ev2,1,3,75,7,7,0.28,0.4
        """,
    ]

    @Test func theSmallCaseIsGood() throws { #expect(try Workshop.complaints(Self.small) == []) }

    @Test(arguments: 0..<8) func mutationsNeverCrash(batch: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(batch) + 1)
        let original = Self.small.mapValues { Data($0.utf8) }
        let names = original.keys.sorted()
        var read = 0
        try Workshop.withFolder(original) { folder in
            for _ in 0..<250 {
                let name = names[Int.random(in: 0..<names.count, using: &numbers)]
                let file = folder.appendingPathComponent(name)
                var bytes = Array(original[name] ?? Data())
                for _ in 0..<Int.random(in: 1...4, using: &numbers) { Self.damage(&bytes, &numbers) }
                try Data(bytes).write(to: file)
                do {
                    _ = try CaseReader.read(folder, variant: Bool.random(using: &numbers) ? "more" : nil)
                    read += 1
                } catch let error as CaseFileError {
                    #expect(!error.errors.isEmpty)
                    #expect(error.diagnostics.allSatisfy { !$0.message.isEmpty && !$0.file.isEmpty })
                }
                try original[name]?.write(to: file)
            }
        }
        #expect(read < 250)
    }

    private static let spice: [[UInt8]] = [
        "{", "}", "[", "]", ":", "- ", "\n", "\t", "\"", "'", ",", "#", "&a ", "*a", "<<: ", "null", "1e999", "-1",
        "nan", "0x10",
        "---\n", "? ", "| \n", "%", "MW", "\u{FEFF}", "é", "\r", "  ", "999999999999999999999", "1e-320", "!!int ",
    ].map { Array($0.utf8) }

    private static func damage(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        guard !bytes.isEmpty else { return }
        let at = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.insert(contentsOf: spice[Int.random(in: 0..<spice.count, using: &numbers)], at: at)
        case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &numbers)))
        case 3:
            let end = min(bytes.count, at + Int.random(in: 1...60, using: &numbers))
            bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0..<bytes.count, using: &numbers))
        case 4: bytes[at] = UInt8.random(in: 48...57, using: &numbers)
        default:
            let other = Int.random(in: 0..<bytes.count, using: &numbers)
            bytes.swapAt(at, other)
        }
    }
}
