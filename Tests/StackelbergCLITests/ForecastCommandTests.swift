import Foundation
import TestSupport
import Testing

@testable import CaseFiles
@testable import StackelbergCLI

@Suite struct ForecastCommandTests {
    /// A vehicle from 18 h to 7 h of every night: a station can be operated within the forecast as it is written.
    @Test func theForecastIsAnEnvelopeOfACase() throws {
        try TemporaryFolder.with { folder in
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let nights = (1..<28).map {
                "2024-02-\(two($0))T18:00,2024-02-\(two($0 + 1))T07:00,\($0 % 7 < 2 ? 20 : 40),\($0 % 3 == 0 ? 11 : 3.7)"
            }
            let history = folder.appendingPathComponent("night.csv")
            try Data((["arrival,departure,energy [kWh],max_power [kW]"] + nights).joined(separator: "\n").utf8)
                .write(to: history)
            let tomorrow = folder.appendingPathComponent("tomorrow.csv")
            try ForecastCommand.parse([history.path, "--output", tomorrow.path]).run()
            try Data(
                """
                case: {schema: 1, name: a}
                time: {steps: 24}
                tables: {t: {file: tomorrow.csv, index: hour}}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.1, max: 1 MW}}
                operator:
                  prices: {electricity_sell: {min: 0.1, max: 0.3}}
                ev_stations:
                  st:
                    charge_efficiency: 1
                    envelope: {max_charge: t.power, max_discharge: 0, min_energy: t.least_energy, max_energy: t.most_energy}
                """.utf8
            ).write(to: folder.appendingPathComponent("case.yaml"))
            let check = try CaseCheck(try CaseReader.read(folder))
            #expect(check.isSound && check.payoff != nil)
        }
    }
}
