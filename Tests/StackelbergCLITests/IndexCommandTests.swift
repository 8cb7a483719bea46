import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// Numbers that a case defines by its results, in all that commands print and write.
@Suite struct IndexCommandTests {
    /// A user who pays at least the grid's price for 10 kW over two hours, and wind that gives half of it.
    private static let shop = """
        case: {schema: 1, name: shop}
        time: {steps: 2, step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.5, max: 100 kW, co2: 0.6}}
        operator:
          devices: {wind: {type: wind, capacity: 5, profile: 1}}
          prices: {electricity_sell: {min: 0.5, max: 1.5}}
        users: {home: {demand: {electricity: 10}}}
        """
    private static let indices = """

        indices:
          burden: {unit: CNY, constant: 3, terms: {cost: 2, energy of operator.grid.electricity: 0.1}}
          half: {terms: {burden: 0.5}}
        """

    private static func write(_ text: String, to folder: URL, _ name: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url.appendingPathComponent("case.yaml"))
        return url.path
    }

    private static func text(_ folder: String, _ file: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }

    /// 10 kWh bought cost 5: the burden is 3 + 2 x 5 + 0.1 x 10 = 14.
    @Test func everyCommandTellsThem() throws {
        try TemporaryFolder.with { folder in
            let shop = try Self.write(Self.shop + Self.indices, to: folder, "shop")
            let plain = try Self.write(Self.shop, to: folder, "plain")
            let search = ["--algorithm", "random", "--evaluations", "20", "--population", "10"]
            let tariff = folder.path + "/found/prices.csv"
            for (name, arguments) in [
                ("found", ["price", shop] + search), ("answered", ["evaluate", shop, "--prices", tariff]),
                ("operated", ["dispatch", shop]),
            ] {
                let out = folder.path + "/" + name
                let ending = try ProgramProcess.run(arguments + ["--output", out])
                #expect(ending.code == 0, "\(ending.errors)")
                let lines = ending.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
                #expect(lines.contains(["burden", "14.00", "CNY"]), "\(ending.output)")
                #expect(lines.contains(["half", "7.00", "1"]))
                let rows = try Self.text(out, "indices.csv").split(separator: "\n").map(String.init)
                #expect(rows.first == "quantity,value,unit,definition")
                #expect(
                    rows.suffix(2) == [
                        "burden,14,CNY,2 cost + 0.1 energy of operator.grid.electricity + 3", "half,7,1,0.5 burden",
                    ])
                #expect(try Self.text(out, "report.html").contains("burden"))
                let printed = try ProgramProcess.run(arguments + ["--json", "--output", out + "-json"])
                let object = try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any]
                #expect(object?["indices"] as? [String: Double] == ["burden": 14, "half": 7])
                // Without them nothing is said.
                let without = arguments.map { $0 == shop ? plain : $0 }
                #expect(try ProgramProcess.run(without + ["--output", out + "-plain"]).code == 0)
                let files = try FileManager.default.contentsOfDirectory(atPath: out + "-plain")
                let table = files.contains("indices.csv") ? try Self.text(out + "-plain", "indices.csv") : ""
                #expect(files.contains("indices.csv") == (name == "operated") && !table.contains("definition"))
            }
        }
    }

    /// A column each, whatever a point is.
    @Test func sweepsHaveAColumnOfEach() throws {
        try TemporaryFolder.with { folder in
            let central = Self.shop.replacing("  prices: {electricity_sell: {min: 0.5, max: 1.5}}\n", with: "")
                .replacing("users: {home: {demand: {electricity: 10}}}", with: "  demand: {electricity: 10}")
            let sized = Hut.yaml.replacing("variants:", with: "indices: {half: {terms: {cost: 0.5}}}\nvariants:")
            let (first, second) = (folder.path + "/1", folder.path + "/2")
            let shop = try Self.write(central + Self.indices, to: folder, "shop")
            var ending = try ProgramProcess.run([
                "sweep", shop, "--over", "grid.buy.price=0.5,1", "--json", "--output", first,
            ])
            #expect(ending.code == 0, "\(ending.errors)")
            struct Printed: Decodable {
                struct Point: Decodable { let values: [String: Double] }
                let units: [String: String]
                let points: [Point]
            }
            let printed = try JSONDecoder().decode(Printed.self, from: Data(ending.output.utf8))
            #expect(printed.points.map { $0.values["burden"] } == [14, 24] && printed.units["burden"] == "CNY")
            #expect(printed.points.map { $0.values["half"] } == [7, 12])
            let header = try #require(try Self.text(first, "sweep.csv").split(separator: "\n").first)
            #expect(header.contains(",burden [CNY],half,"))
            #expect(try Self.text(first, "report.html").contains("burden"))

            let hut = try Self.write(sized, to: folder, "hut")
            ending = try ProgramProcess.run([
                "sweep", hut, "--over", "economics.discount_rate=0.05,0.1", "--json", "--output", second,
            ])
            #expect(ending.code == 0, "\(ending.errors)")
            for point in try JSONDecoder().decode(Printed.self, from: Data(ending.output.utf8)).points {
                let (half, operation) = (point.values["half"] ?? .nan, point.values["operation"] ?? .nan)
                #expect(abs(half - operation / 2) < 1e-6 * operation)
            }
        }
    }
}
