import Disk
import Foundation
import ResultFiles
import Studies
import TestSupport
import Testing

@testable import Reports
@testable import StackelbergCLI

/// Every command on a case with one tariff for several days.
@Suite(.serialized) struct PriceDayCommandTests {
    private static let yaml = """
        case: {schema: 1, name: heat}
        time: {steps: 2}
        tables: {day: {file: mild.csv, index: hour}}
        carriers: {heat: {}, gas: {price: day.gas, co2: 0.2}}
        operator:
          devices: {boiler: {type: boiler, capacity: 1000 kW, efficiency: {heat: 1}}}
          prices: {heat_sell: {min: 0, max: 2}}
        users:
          homes:
            demand: {heat: day.load}
            devices: {stove: {type: boiler, capacity: 200 kW, efficiency: {heat: 0.5}}}
        carbon: {quota: {heat: 0.1}, ladder: {base_price: 0.25, interval: 100, growth: 0, steps: 1}}
        optimiser: {population: 10, evaluations: 200}
        days:
          mild: {weight: 0.3}
          cold: {weight: 0.7, tables.day.file: cold.csv}
        variants:
          wary: {game.leader.risk: {weight: 80 %, level: 70 %}, game.leader.maximise: profit}
          given: {operator.prices.heat_sell: 0.5}
        game: {leader: {maximise: profit}}
        """

    private static func withCase(_ body: (_ case: String, _ folder: URL) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let place = folder.appendingPathComponent("heat")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let files = [
                "case.yaml": yaml, "mild.csv": "hour,gas [CNY/kWh],load [kW]\n0,0.3,100\n1,0.2,40\n",
                "cold.csv": "hour,gas [CNY/kWh],load [kW]\n0,0.5,60\n1,0.6,90\n",
            ]
            for (name, text) in files { try Data(text.utf8).write(to: place.appendingPathComponent(name)) }
            try body(place.path, folder)
        }
    }

    private static func table<Schema: TableSchema>(_ schema: Schema.Type, in folder: String) throws -> ResultTable {
        try #require(ResultRecord(folder: URL(fileURLWithPath: folder)).table(schema))
    }

    /// Sums over days, from the files: payoffs, bills and carbon of each day count as often as it comes.
    @Test func tablesAddUp() throws {
        try Self.withCase { source, folder in
            let out = folder.appendingPathComponent("out").path
            #expect(CommandTests.exitCode(["check", source]) == 0)
            #expect(CommandTests.exitCode(["show", source, "--json"]) == 0)
            #expect(CommandTests.exitCode(["price", source, "--quiet", "--output", out]) == 0)
            let manifest = try ResultRecord(folder: URL(fileURLWithPath: out)).manifest
            let payoff = try #require(manifest.payoff)
            let days = try Self.table(PriceDayTable.self, in: out)
            #expect(try days[PriceDayTable.day] == ["mild", "cold"] && days[PriceDayTable.weight] == [0.3, 0.7])
            func sum(_ column: Column<Double>) throws -> Double {
                zip(try days[PriceDayTable.weight], try days[column]).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let written = try #require(manifest.payoffAsWritten)
            #expect(abs(try sum(PriceDayTable.payoff) - written) < 1e-6 && payoff <= written)
            #expect(try sum(PriceDayTable.alone) >= payoff - 1e-6)
            #expect(try sum(PriceDayTable.bound) >= sum(PriceDayTable.alone) - 1e-6)
            #expect(try #require(manifest.bound) >= payoff - 1e-6)
            // The operator's rows of each day are what it earns there, and homes pay what it is paid and gas.
            let costs = try Self.table(CostTable.self, in: out)
            let (names, parties, items) = (
                costs.optional(CostTable.day), costs.optional(CostTable.party), costs.optional(CostTable.item)
            )
            let amounts = try costs[CostTable.amount]
            for (k, day) in ["mild", "cold"].enumerated() {
                func total(_ party: String) -> Double {
                    costs.rows.filter { names[$0] == day && parties[$0] == party && items[$0] == CostTable.total }
                        .reduce(0) { $0 + amounts[$1] }
                }
                #expect(abs(total("operator") + (try days[PriceDayTable.payoff][k])) < 1e-6)
                #expect(abs(total("homes") - (try days[PriceDayTable.bills][k])) < 1e-6)
            }
            let flows = try Self.table(FlowTable.self, in: out)
            #expect(Set(flows.optional(FlowTable.day)) == ["mild", "cold"])
            // The values of knowing follow from the days.
            let knowledge = try Self.table(KnowledgeTable.self, in: out)
            let values = Dictionary(
                zip(try knowledge[KnowledgeTable.quantity], try knowledge[KnowledgeTable.value])
            ) { first, _ in first }
            #expect(abs(try #require(values["each day at prices of its own"]) - (try sum(PriceDayTable.alone))) < 1e-6)
            #expect(
                abs(try #require(values["tariff made for the mean day"]) - (try sum(PriceDayTable.forecast))) < 1e-6)
            #expect(try #require(values["value of perfect information, found"]) >= 0)
            let page = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
            #expect(page.contains("One tariff, several days") && page.contains("What knowing the day is worth"))
        }
    }

    /// Days that differ in their loads alone, whose homes go without above 0.55: that price is the best on each, so
    /// that knowing the day is worth nothing, however coarse the steps are in which prices are posted.
    @Test func knowingTheDayIsWorthNothingWhereItChangesNothing() throws {
        let yaml = """
            case: {schema: 1, name: loads}
            time: {steps: 2}
            tables: {day: {file: mild.csv, index: hour}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator: {prices: {electricity_sell: {min: 0.3, max: 0.8}}}
            users:
              homes:
                demand: {electricity: day.load}
                flexibility: {off: {type: curtailable, carrier: electricity, share: 0.5, discomfort: 0.55}}
            days:
              mild: {weight: 0.3}
              cold: {weight: 0.7, tables.day.file: cold.csv}
            game: {leader: {maximise: profit}, tick: 0.1}
            optimiser: {population: 10, evaluations: 400}
            """
        try TemporaryFolder.with { folder in
            for (name, text) in [
                ("case.yaml", yaml), ("mild.csv", "hour,load [kW]\n0,10\n1,20\n"),
                ("cold.csv", "hour,load [kW]\n0,30\n1,20\n"),
            ] {
                try Data(text.utf8).write(to: folder.appendingPathComponent(name))
            }
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["price", folder.path, "--quiet", "--output", out]) == 0)
            let knowledge = try Self.table(KnowledgeTable.self, in: out)
            let values = Dictionary(
                zip(try knowledge[KnowledgeTable.quantity], try knowledge[KnowledgeTable.value])
            ) { first, _ in first }
            // 0.35 a kWh on 30 and 50 kWh; at 0.80 half of it would pay 0.60.
            let most = 0.35 * (0.3 * 30 + 0.7 * 50)
            #expect(abs(try #require(values["each day at prices of its own"]) - most) <= 1e-6)
            #expect(abs(try #require(values["value of perfect information, found"])) <= 1e-6)
            #expect(abs(try #require(values["value of the stochastic solution, found"])) <= 1e-6)
        }
    }

    /// A found tariff answered again, bounded, exported and compared with one that is given.
    @Test func whatIsFoundStands() throws {
        try Self.withCase { source, folder in
            let out = folder.appendingPathComponent("out").path
            let prices = out + "/prices.csv"
            #expect(CommandTests.exitCode(["price", source, "--variant", "wary", "--quiet", "--output", out]) == 0)
            let found = try ResultRecord(folder: URL(fileURLWithPath: out)).manifest
            let again = folder.appendingPathComponent("again").path
            let evaluate = [
                "evaluate", source, "--variant", "wary", "--prices", prices, "--against", "given", "--quiet",
                "--output",
                again,
            ]
            #expect(CommandTests.exitCode(evaluate) == 0)
            let answered = try ResultRecord(folder: URL(fileURLWithPath: again))
            // What was promised for certain is certain again, and what the prices pay as written too.
            let (asWritten, certain) = (try #require(found.payoffAsWritten), try #require(found.payoff))
            #expect(abs(try #require(answered.manifest.payoff) - asWritten) < 1e-9)
            #expect(abs(try #require(answered.manifest.bankablePayoff) - certain) < 1e-9 && certain <= asWritten)
            #expect(answered.table(PriceDayTable.self)?.rows.count == 2)
            // Beside 0.5: what homes pay there is what they pay on both days, as often as these come.
            #expect(answered.table(AgainstTable.self) != nil)
            let proof = folder.appendingPathComponent("proof").path
            #expect(CommandTests.exitCode(["certify", out, "--nodes", "200", "--quiet", "--output", proof]) == 0)
            let bound = try #require(try ResultRecord(folder: URL(fileURLWithPath: proof)).manifest.bound)
            #expect(bound >= (try #require(found.payoff)) - 1e-6)
            let model = folder.appendingPathComponent("homes.lp").path
            let export = ["export", source, "--party", "homes", "--output", model]
            #expect(CommandTests.exitCode(export) == 65)
            #expect(CommandTests.exitCode(export + ["--day", "warm"]) == 65)
            #expect(CommandTests.exitCode(export + ["--day", "cold", "--prices", prices]) == 0)
            for rest in [[], ["--day", "mild"]] {
                let file = folder.appendingPathComponent("operator\(rest.count).lp").path
                #expect(CommandTests.exitCode(["export", source, "--party", "operator", "--output", file] + rest) == 0)
            }
            #expect(
                CommandTests.exitCode(["evaluate", source, "--variant", "given", "--quiet", "--output", again + "2"])
                    == 0)
            #expect(CommandTests.exitCode(["size", source, "--output", again + "3"]) == 65)
            #expect(CommandTests.exitCode(["dispatch", source, "--quiet", "--output", again + "4"]) == 0)
        }
    }

    /// Who is where, and what charges are paid for, is told of each day. Inside a day costs 0.5 CNY/kWh, a fee of 4 and
    /// 0.05 CNY for each kW of its peak: 14.5 for 20 kWh, 89 for 160. Outside it costs 0.6 CNY/kWh: 12 and 96.
    @Test func suppliesAndChargesAreThoseOfEachDay() throws {
        let yaml = """
            case: {schema: 1, name: where}
            time: {steps: 2}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 1 MW}}
            operator: {prices: {electricity_sell: {min: 0.4, max: 0.6}, electricity_fee: 4, electricity_demand_charge: 0.05}}
            users: {homes: {demand: {electricity: [10, 10]}, outside: {electricity_sell: 0.6}}}
            days:
              calm: {weight: 0.5}
              busy: {weight: 0.5, users.homes.demand.electricity: [100, 60]}
            """
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let (out, prices) = (folder.appendingPathComponent("out").path, folder.appendingPathComponent("prices.csv"))
            let rows = "price,step,value\nprices.electricity_sell,0,0.5\nprices.electricity_sell,1,0.5\n"
            try Data(rows.utf8).write(to: prices)
            let evaluate = ["evaluate", folder.path, "--quiet", "--output", out]
            #expect(CommandTests.exitCode(evaluate + ["--prices", prices.path]) == 0)
            let supplies = try Self.table(SupplyTable.self, in: out)
            #expect(try supplies[SupplyTable.day] == ["calm", "calm", "busy", "busy"])
            #expect(try supplies[SupplyTable.supply] == ["operator", "outside", "operator", "outside"])
            #expect(try supplies[SupplyTable.taken] == [0, 1, 1, 0])
            for (found, right) in zip(try supplies[SupplyTable.cost], [14.5, 12, 89, 96]) {
                #expect(abs(found - right) < 1e-6)
            }
            let charges = try Self.table(ChargeTable.self, in: out)
            let (days, amounts) = (try charges[ChargeTable.day], try charges[ChargeTable.amount])
            let costs = try Self.table(CostTable.self, in: out)
            for (day, right) in [("calm", 0.0), ("busy", 9)] {
                #expect(abs(zip(days, amounts).filter { $0.0 == day }.reduce(0) { $0 + $1.1 } - right) < 1e-6)
                // The same in the table of costs.
                let rows = costs.rows.filter { row in
                    (try? costs[CostTable.day][row] == day && costs[CostTable.party][row] == "homes"
                        && !costs[CostTable.item][row].hasSuffix("purchase") && costs[RowKind.column][row] == "item")
                        == true
                }
                #expect(abs(try rows.reduce(0) { $0 + (try costs[CostTable.amount][$1]) } - right) < 1e-6)
            }
            let page = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
            #expect(page.contains("Least cost under each supply") && page.contains("96.00"))
        }
    }

    /// Killed at random moments, days priced alone included: the tables are those of a run left alone, to the byte.
    @Test(.enabled(if: ProgramProcess.isBuilt)) func killedAndResumed() throws {
        try Self.withCase { source, folder in
            func price(_ name: String) -> [String] {
                [
                    "price", source, "--evaluations", "1000", "--workers", "1", "--output",
                    folder.appendingPathComponent(name).path,
                ]
            }
            func content(_ name: String) throws -> [String: Data] {
                let place = folder.appendingPathComponent(name)
                let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
                    .filter { !["manifest.json", StudyStore.fileName].contains($0) }
                return try Dictionary(
                    uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: place.appendingPathComponent($0))) })
            }
            #expect(try ProgramProcess.run(price("whole")).code == 0)
            var numbers = SeededNumbers(seed: 3)
            var process = try ProgramProcess(price("killed"))
            let killed = folder.appendingPathComponent("killed")
            for _ in 0..<500 where !((try? StudyOverview(killed).evaluations) ?? 0 > 0) {
                Thread.sleep(forTimeInterval: 0.01)
            }
            for _ in 0..<6 {
                Thread.sleep(forTimeInterval: numbers.uniform(in: 0...0.3))
                process.send(SIGKILL)
                _ = process.end()
                process = try ProgramProcess(["resume", killed.path])
            }
            #expect(process.end().code == 0)
            #expect(try content("killed") == content("whole"))
        }
    }
}
