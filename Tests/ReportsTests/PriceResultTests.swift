import CaseFiles
import Disk
import Energy
import EnergyGames
import Foundation
import Games
import Studies
import TestSupport
import Testing

@testable import Reports

@Suite struct PriceResultTests {
    static func result(workers: Int = 1, seed: UInt64 = 1, algorithm: String = "ga") throws -> PriceResult {
        try TemporaryFolder.with { folder in
            for (path, text) in CaseTemplate.files(name: "park") {
                let url = folder.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            let source = try CaseReader.read(folder)
            let game = try EnergyGame(
                name: source.name, system: source.system, operatorName: source.operatorName, prices: source.prices,
                ties: .optimistic)
            let study = try Study.run(
                game.game,
                StudySettings(
                    algorithm: algorithm, population: 10, evaluations: 60, seed: seed, workers: workers,
                    answer: .bankable))
            return try PriceResult(source, game, study)
        }
    }

    /// Prices of heat are a tenth of those of electricity, and their grid is as much finer: each step is told, and
    /// prices with all their decimals. By hand: both fall by a step below what it costs to go without.
    @Test func everyPriceTellsItsStep() throws {
        let yaml = """
            case: {schema: 1, name: two}
            time: {steps: 2}
            carriers: {electricity: {}, heat: {}, gas: {price: 0.01}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator:
              devices: {boiler: {type: boiler, capacity: 1 MW, efficiency: {heat: 1}}}
              prices: {electricity_sell: {min: 0.3, max: 1}, heat_sell: {min: 0.02, max: 0.09}}
            users:
              home:
                demand: {electricity: 10, heat: 100}
                flexibility:
                  e: {type: curtailable, carrier: electricity, share: 0.8, discomfort: 0.5}
                  h: {type: curtailable, carrier: heat, share: 0.8, discomfort: 0.05}
            """
        let result = try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent(CaseReader.fileName))
            let source = try CaseReader.read(folder)
            let game = try EnergyGame(source)
            let settings = StudySettings(
                algorithm: "auto", population: 10, evaluations: 400, seed: 1, workers: 1, answer: .bankable)
            return try PriceResult(source, game, Study.run(game.game, settings))
        }
        #expect(result.ticks == ["prices.electricity_sell": 1e-4, "prices.heat_sell": 1e-5] && result.tick == 1e-5)
        #expect(result.manifest(startedAt: Date()).ticks == result.ticks)
        let text = result.summary
        #expect(
            text.contains(
                "steps of 0.0001 CNY/kWh for prices.electricity_sell and 0.00001 CNY/kWh for prices.heat_sell"))
        #expect(text.contains("0.49990") && text.contains("0.04999"), "\(text)")
    }

    @Test(arguments: ["ga", "goa"]) func theSameSeedGivesTheSameBytesAtAnyNumberOfWorkers(algorithm: String) throws {
        let reference = try Self.result(algorithm: algorithm)
        for workers in [1, 2, 5] {
            let again = try Self.result(workers: workers, algorithm: algorithm)
            for (a, b) in zip(reference.tables, again.tables) { #expect(a.text == b.text, "\(a.file)") }
            #expect(reference.json == again.json)
        }
        #expect(try Self.result(seed: 2, algorithm: algorithm).json != reference.json)
    }

    @Test func tablesAreTidyAndClose() throws {
        let result = try Self.result()
        #expect(result.verdicts.allSatisfy { $0.holds }, "\(result.verdicts)")
        let tables = Dictionary(uniqueKeysWithValues: result.tables.map { ($0.file, $0) })
        for (file, table) in tables {
            #expect(table.texts.allSatisfy { $0.count == table.header.count }, "\(file)")
        }
        // Prices inside their band.
        let prices = try #require(tables["prices.csv"])
        #expect(prices.texts.count == 48)
        for row in prices.texts {
            let numbers = row[3...5].compactMap(Double.init)
            #expect(numbers[0] >= numbers[1] - 1e-9 && numbers[0] <= numbers[2] + 1e-9)
        }
        // Balances closed, from the text of the table.
        var balances: [String: Double] = [:]
        for row in try #require(tables["flows.csv"]).texts where row[8] == "kW" {
            balances["\(row[2]) \(row[3]) \(row[0])", default: 0] += Double(row[7]) ?? .nan
        }
        let gap = balances.filter { !$0.key.contains("gas") }.values.map(abs).max() ?? .nan
        #expect(gap < 1e-5)
        // A party's costs sum to its total.
        var sums: [String: Double] = [:]
        for row in try #require(tables["costs.csv"]).texts {
            sums[row[0], default: 0] += (row[1] == "total" ? -1 : 1) * (Double(row[3]) ?? .nan)
        }
        #expect(sums.count == 4 && sums.values.allSatisfy { abs($0) < 1e-4 })
        #expect(result.study.log.evaluations <= 60)
        #expect(tables["convergence.csv"]?.texts.last?[1] == "\(result.study.log.evaluations)")
        #expect(try #require(tables["ev.csv"]).texts.contains { $0[1] == "car01" && $0[4] == "charge" })
        #expect(try #require(tables["carbon.csv"]).texts.contains { $0[1] == "quota" })
        #expect(result.summary.contains("Payoff") && result.summary.contains("ok"))
    }

    /// What stands in prices.csv and optimistic_prices.csv, read back from the text, is what was answered, and pays
    /// what is told.
    @Test(arguments: ["auto", "ga"]) func pricesAreWorthWhatIsWritten(algorithm: String) throws {
        for seed in [1, 2] as [UInt64] {
            let result = try Self.result(seed: seed, algorithm: algorithm)
            let tables = Dictionary(uniqueKeysWithValues: result.tables.map { ($0.file, $0) })
            func decision(_ file: String) throws -> [Double]? {
                guard let table = tables[file] else { return nil }
                // As a reader of the file sees it; each price of this case is decided hour by hour.
                let rows = table.text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
                return rows.compactMap { Double($0[3]) }
            }
            let game = result.energyGame.game
            let written = try #require(try decision("prices.csv"))
            #expect(written == result.findings.best.decision)
            #expect(game.space.project(written) == written)
            let least = try #require(try Evaluator(game).evaluate(written, ties: .pessimistic).payoff)
            #expect(least >= result.payoff && abs(least - result.proof.payoff) <= 1e-9 * max(1, abs(least)))
            // Four decimals: rounding to as many changes nothing.
            for price in written { #expect(Double(String(format: "%.4f", price)) == price) }
            let most = try #require(try decision("optimistic_prices.csv"))
            let paid = try #require(try Evaluator(game).evaluate(most, ties: .optimistic).payoff)
            let supremum = try #require(result.findings.supremum?.payoff)
            #expect(abs(paid - supremum) <= 1e-9 * max(1, abs(paid)) && supremum >= result.payoff)
        }
    }

    /// A user of 30 kWh at 0.3 CNY/kWh, who would pay as much and a fee of 2.468 CNY outside. So it stays while the
    /// other part of the tariff takes less than that, half a step more included; the energy costs the operator 3 CNY.
    ///
    /// A surcharge on 20 kWh is a price per kWh, on the grid of the case, 0.01: at 0.12 and half a step the user would
    /// leave, at 0.11 it pays 9 + 20 * 0.105 for certain. A fee goes by its greatest, 50: steps of 0.001.
    @Test(arguments: [
        (
            part: "electricity_blocks: {more: {above: 10, surcharge: {min: 0, max: 0.4}}}", steps: "0.01 CNY/kWh",
            written: 0.11, payoff: 8.1
        ),
        (part: "electricity_fee: {min: 0, max: 50}", steps: "0.001 CNY", written: 2.467, payoff: 8.4665),
    ])
    func partsOfATariffAreWrittenInTheStepsThatAreTold(
        _ example: (part: String, steps: String, written: Double, payoff: Double)
    ) throws {
        let yaml = """
            case: {schema: 1, name: shop}
            time: {steps: 2}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 100}}
            operator:
              prices:
                electricity_sell: 0.3
                \(example.part)
            users:
              shop: {demand: {electricity: [20, 10]}, outside: {electricity_sell: 0.3, electricity_fee: 2.468}}
            game: {tick: 0.01}
            """
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let source = try CaseReader.read(folder)
            let game = try EnergyGame(source)
            let study = try Study.run(
                game.game, StudySettings(algorithm: "auto", population: 10, evaluations: 200, answer: .bankable))
            let result = try PriceResult(source, game, study)
            let table = try #require(result.tables.first { $0.file == "prices.csv" })
            #expect(try #require(Double(table.texts[0][3])) == example.written)
            // Trades may pass their use by a billionth of it: `TradeLimits`.
            #expect(abs(result.payoff - example.payoff) < 1e-8, "\(result.payoff)")
            #expect(result.summary.contains("prices in steps of \(example.steps), whichever way"))
        }
    }

    @Test func aFolderIsNeverOverwritten() throws {
        try TemporaryFolder.with { parent in
            let result = try Self.result()
            let path = parent.appendingPathComponent("run").path
            try ResultFolder(at: path).write(result, startedAt: Date(timeIntervalSince1970: 0))
            #expect(throws: ResultFolderError.notEmpty(path: path)) { try ResultFolder(at: path) }
            #expect(try ResultFolder(in: parent.path, name: "run").url.lastPathComponent == "run-2")
            let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(
                files == [
                    "carbon.csv", "convergence.csv", "costs.csv", "ev.csv", "flows.csv", "ladder.csv", "load.csv",
                    "manifest.json", "markets.csv", "optimistic_prices.csv", "prices.csv", "regions.csv", "report.html",
                ])
            let data = try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent("manifest.json"))
            let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(manifest["startedAt"] as? String == "1970-01-01T00:00:00Z")
            #expect((manifest["inputs"] as? [Any])?.count == 3)
            #expect(throws: DiskError.self) { try ResultFolder(at: path + "/prices.csv/below") }
        }
    }

    @Test func hashesAsPublished() {
        // NIST's example for SHA-256.
        #expect(Checksum.sha256(Data("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
