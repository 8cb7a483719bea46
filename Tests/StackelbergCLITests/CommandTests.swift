import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

@Suite struct CommandTests {
    static func exitCode(_ arguments: [String]) -> Int32 {
        do {
            var command = try Stackelberg.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            return Stackelberg.exitCode(for: error).rawValue
        }
    }

    /// A negative number is the value of the option before it, and is refused for what it is.
    @Test func negativeNumbersAreValues() {
        func joined(_ words: String...) -> [String] { ProgramArguments.joiningNegativeNumbers(words) }
        #expect(joined("price", "park", "--seed", "-1") == ["price", "park", "--seed=-1"])
        #expect(joined("--tick", "-.5", "--gap", "-1e-3") == ["--tick=-.5", "--gap=-1e-3"])
        #expect(joined("--seed=2", "-1", "-h", "--", "-1") == ["--seed=2", "-1", "-h", "--", "-1"])
        #expect(Self.exitCode(joined("price", "none", "--seed", "-1")) == 65)
    }

    /// What a newcomer does, one command after the other.
    @Test func fromNewToExport() throws {
        try TemporaryFolder.with { folder in
            let park = folder.appendingPathComponent("my-park").path
            let out = folder.appendingPathComponent("out").path
            #expect(Self.exitCode(["new", park]) == 0)
            #expect(Self.exitCode(["new", park]) == 73)
            #expect(Self.exitCode(["check", park]) == 0)
            #expect(Self.exitCode(["check", park, "--variant", "no_v2g"]) == 0)
            #expect(Self.exitCode(["show", park]) == 0)
            #expect(Self.exitCode(["show", park, "--json"]) == 0)
            #expect(Self.exitCode(["show", "--schema"]) == 0)
            let price = ["price", park, "--evaluations", "40", "--population", "10", "--quiet", "--output", out]
            #expect(Self.exitCode(price) == 0)
            #expect(Self.exitCode(price) == 73)
            let page = folder.appendingPathComponent("page.html")
            #expect(Self.exitCode(["report", out, "--output", page.path]) == 0)
            #expect(try Data(contentsOf: page) == Data(contentsOf: URL(fileURLWithPath: out + "/report.html")))
            #expect(Self.exitCode(["report", park]) == 65)
            // Every figure of the page as PDF, and the same bytes again.
            func pictures() throws -> [String: Data] {
                let names = try FileManager.default.contentsOfDirectory(atPath: out + "/figures")
                return try Dictionary(
                    uniqueKeysWithValues: names.map {
                        ($0, try Data(contentsOf: URL(fileURLWithPath: out + "/figures/" + $0)))
                    })
            }
            #expect(Self.exitCode(["report", out, "--pdf"]) == 0)
            let first = try pictures()
            let links = PageReader(try String(contentsOf: page, encoding: .utf8)).downloads.keys
            #expect(Set(first.keys) == Set(links.filter { $0.hasSuffix(".svg") }.map { $0.dropLast(3) + "pdf" }))
            #expect(first.count > 12 && first.values.allSatisfy { $0.starts(with: Data("%PDF-1.4\n".utf8)) })
            #expect(Self.exitCode(["report", out, "--pdf"]) == 0)
            #expect(try pictures() == first)
            #expect(Self.exitCode(["report", out, "--output", out + "/manifest.json/page.html"]) == 73)
            for (party, format) in [("homes", "lp"), ("car_park", "mps"), ("operator", "lp")] {
                let model = folder.appendingPathComponent("\(party).\(format)").path
                let export = [
                    "export", park, "--party", party, "--prices", out + "/prices.csv", "--format", format, "--output",
                    model,
                ]
                #expect(Self.exitCode(export) == 0)
                let text = try String(contentsOfFile: model, encoding: .utf8)
                #expect(text.contains("homes.balance.electricity"))
            }
        }
    }

    @Test func wrongUseHasItsCode() throws {
        try TemporaryFolder.with { folder in
            let park = folder.appendingPathComponent("park").path
            #expect(Self.exitCode(["new", park]) == 0)
            #expect(Self.exitCode(["check", folder.appendingPathComponent("nowhere").path]) == 65)
            #expect(Self.exitCode(["check", park, "--variant", "no_v2k"]) == 65)
            #expect(Self.exitCode(["price", park, "--algorithm", "annealing", "--output", folder.path + "/a"]) == 65)
            #expect(Self.exitCode(["price", park, "--evaluations", "0", "--output", folder.path + "/b"]) == 65)
            #expect(Self.exitCode(["price", park, "--workers", "many", "--output", folder.path + "/c"]) == 65)
            #expect(Self.exitCode(["export", park, "--party", "nobody", "--output", folder.path + "/d.lp"]) == 65)
            #expect(Self.exitCode(["export", park, "--party", "homes", "--output", "/no/such/folder/d.lp"]) == 73)
            #expect(Self.exitCode(["price"]) == 64)
            #expect(Self.exitCode(["pricing", park]) == 64)
        }
    }

    @Test func pricesThatCannotBeReadAreRefused() throws {
        try TemporaryFolder.with { folder in
            let park = folder.appendingPathComponent("park").path
            #expect(Self.exitCode(["new", park]) == 0)
            let prices = folder.appendingPathComponent("prices.csv")
            for text in [
                "", "a,b\n", "price,step,start [h],value\nprices.heat_sell,x,0,1\n",
                "price,step,start [h],value\nprices.heat_sell,0,0,n/a\n",
                "price,step,start [h],value\nprices.heat_sell,0,0,0.3\n",
            ] {
                try Data(text.utf8).write(to: prices)
                #expect(
                    Self.exitCode([
                        "export", park, "--party", "homes", "--prices", prices.path, "--output", folder.path + "/x.lp",
                    ]) == 65)
            }
        }
    }

    @Test func forecastsFromAHistory() throws {
        try TemporaryFolder.with { folder in
            let history = folder.appendingPathComponent("past.csv")
            var text = "arrival,departure,energy [kWh],max_power [kW]\n"
            for day in 1...28 {
                for hour in 7..<(day % 7 < 5 ? 11 : 8) {
                    let date = "2024-01-\(day < 10 ? "0" : "")\(day)"
                    text += "\(date)T\(hour < 10 ? "0" : "")\(hour):00,\(date)T17:30,12,7\n"
                }
            }
            try Data(text.utf8).write(to: history)
            let output = folder.appendingPathComponent("tomorrow.csv").path
            #expect(Self.exitCode(["forecast", history.path, "--output", output]) == 0)
            let rows = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            #expect(rows.count == 25 && rows[0] == "hour,power [kW],least_energy [kWh],most_energy [kWh]")
            #expect(Self.exitCode(["forecast", history.path, "--held-out", "40"]) == 65)
            #expect(Self.exitCode(["forecast", folder.appendingPathComponent("none.csv").path]) == 65)
        }
    }

    /// Heat that nobody can supply is told as such, with the code for "no answer"; when the case is mended, the same
    /// commands begin again.
    @Test func infeasibleHeatIsToldAndHasItsCode() throws {
        try TemporaryFolder.with { folder in
            let park = folder.appendingPathComponent("park")
            #expect(Self.exitCode(["new", park.path]) == 0)
            let file = park.appendingPathComponent("case.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let dark =
                text
                .replacing("boiler: {type: boiler, capacity: 600 kW", with: "boiler: {type: boiler, capacity: 1 kW")
                .replacing("type: chp, capacity: 500 kW", with: "type: chp, capacity: 5 kW")
            let price = [
                "price", park.path, "--evaluations", "20", "--population", "10", "--quiet", "--output",
                folder.path + "/o",
            ]
            let certify = ["certify", park.path, "--time", "0", "--quiet", "--output", folder.path + "/c"]
            for (text, code) in [(dark, Int32(69)), (text, 0)] {
                try Data(text.utf8).write(to: file)
                for command in [["check", park.path], price, certify] {
                    #expect(Self.exitCode(command) == code, "\(command)")
                }
            }
        }
    }
}
