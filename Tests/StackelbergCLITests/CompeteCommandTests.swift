import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// `compete`, as a command.
@Suite struct CompeteCommandTests {
    /// Two sellers of heat at 0.2 and 0.25 CNY/kWh, the cheaper one with a limit.
    private static let yaml = """
        case: {schema: 1, name: street}
        time: {steps: 2, step: 1 h}
        carriers: {heat: {}, gas: {price: 0.2}}
        parties:
          east:
            devices: {boiler: {type: boiler, capacity: 7, efficiency: {heat: 1}}}
            prices: {heat_sell: {min: 0, max: 1}}
          west:
            devices: {boiler: {type: boiler, capacity: 100, efficiency: {heat: 0.8}}}
            prices: {heat_sell: {min: 0, max: 1}}
        users:
          homes: {demand: {heat: [10, 5]}}
        """

    private static func withCase(_ yaml: String, _ body: (_ folder: String, _ path: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let home = folder.appendingPathComponent("street")
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
            try Data(yaml.utf8).write(to: home.appendingPathComponent("case.yaml"))
            try body(folder.path, home.path)
        }
    }

    private static func rows(_ folder: String, _ file: String) throws -> [[String]] {
        try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static let quick = ["--evaluations", "40", "--tick", "0.05", "--rounds", "40", "--nodes", "20", "--quiet"]

    @Test func tablesAgreeAndAreTheSameAtAnyNumberOfWorkers() throws {
        try Self.withCase(Self.yaml) { folder, path in
            let (one, two) = (folder + "/one", folder + "/two")
            for (output, workers) in [(one, "1"), (two, "2")] {
                #expect(
                    CommandTests.exitCode(
                        ["compete", path, "--workers", workers, "--output", output] + Self.quick) == 0)
            }
            for file in try FileManager.default.contentsOfDirectory(atPath: one) where file.hasSuffix(".csv") {
                let texts = try [one, two].map { try String(contentsOfFile: "\($0)/\(file)", encoding: .utf8) }
                #expect(texts[0] == texts[1], "\(file)")
            }
            // What users pay is what operators are paid: payoffs and the cost of gas add up to the bills.
            let payoffs = try Self.rows(one, "operators.csv").compactMap { Double($0[1]) }.reduce(0, +)
            let total = try Self.rows(one, "bills.csv").filter { $0[1] == "total cost" }
            let bills = total.compactMap { Double($0[2]) }.reduce(0, +)
            let gas = try Self.rows(one, "costs.csv").filter { ["east", "west"].contains($0[0]) && $0[1] != "total" }
                .filter { $0[2].isEmpty }.compactMap { Double($0[3]) }.reduce(0, +)
            #expect(abs(bills - payoffs - gas) < 1e-6, "\(bills) \(payoffs) \(gas)")
            #expect(try Self.rows(one, "prices.csv").map { $0[0] } == ["east", "east", "west", "west"])
            // A user's bills and its costs in all are told apart, and no share is told of a payoff of nothing.
            for row in try Self.rows(one, "bills.csv") {
                #expect(row[3] == (row[1] == "total cost" ? "total" : "item"))
            }
            for row in try Self.rows(one, "operators.csv") where abs(Double(row[1]) ?? 0) < 0.005 {
                #expect(row[4].isEmpty)
            }
            for row in try Self.rows(one, "operators.csv") {
                let (payoff, bound, regret) = (Double(row[1]), Double(row[2]), Double(row[3]))
                #expect(abs((bound ?? 0) - (payoff ?? 1) - (regret ?? 2)) < 1e-6)
            }
            let page = try String(contentsOfFile: one + "/report.html", encoding: .utf8)
            for title in ["What each operator is paid", "Prices and sellers", "Best responses in turn"] {
                #expect(page.contains(title), "\(title)")
            }
        }
    }

    @Test func otherCommandsNameThisOne() throws {
        try Self.withCase(Self.yaml) { folder, path in
            #expect(CommandTests.exitCode(["check", path]) == 0)
            #expect(CommandTests.exitCode(["show", path]) == 0)
            for command in [["price"], ["evaluate"], ["certify"]] {
                #expect(
                    CommandTests.exitCode(command + [path, "--quiet", "--output", folder + "/no"]) == 65, "\(command)")
            }
        }
    }

    @Test func whatCannotCompeteIsRefused() throws {
        try Self.withCase(Self.yaml) { folder, path in
            for options in [
                ["--tick", "0"], ["--epsilon", "2"], ["--rounds", "0"], ["--evaluations", "3"], ["--nodes", "few"],
            ] {
                #expect(CommandTests.exitCode(["compete", path, "--output", folder + "/no"] + options) == 65)
            }
            // Nobody can give as much as is asked for.
            let poor = Self.yaml.replacing("capacity: 100", with: "capacity: 1")
            try Data(poor.utf8).write(to: URL(fileURLWithPath: path + "/case.yaml"))
            #expect(CommandTests.exitCode(["compete", path, "--output", folder + "/no"] + Self.quick) == 69)
        }
    }
}
