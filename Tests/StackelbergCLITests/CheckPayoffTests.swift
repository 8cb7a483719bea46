import Foundation
import TestSupport
import Testing

/// The payoff that `check` prints.
@Suite(.enabled(if: ProgramProcess.isBuilt)) struct CheckPayoffTests {
    /// Nobody buys anything: the payoff is nothing, without a sign, for people and for programs.
    @Test(arguments: ["", "users: {u: {demand: {electricity: 0}}}"]) func nothingHasNoSign(users: String) throws {
        try TemporaryFolder.with { folder in
            let yaml = #"""
                case: {schema: 1, name: lot}
                time: {steps: 4}
                tables: {s: {file: s.csv, index: id}}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.1, max: 600 kW}}
                operator:
                  prices: {electricity_sell: {min: 0.1, max: 0.3}}
                ev_stations:
                  plaza: {sessions: s}
                \#(users)
                """#
            let stays = """
                id,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
                c1,0,4,60,7,7,0.83,0.80

                """
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            try Data(stays.utf8).write(to: folder.appendingPathComponent("s.csv"))
            let words = try ProgramProcess.run(["check", folder.path])
            #expect(words.code == 0 && words.output.contains("the operator's payoff is 0.00 CNY\n"), "\(words.output)")
            let json = try ProgramProcess.run(["check", folder.path, "--json"])
            #expect(json.code == 0 && json.output.contains("\"payoff\" : 0\n"), "\(json.output)")
        }
    }
}
