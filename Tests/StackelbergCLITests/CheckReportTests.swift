import CaseFiles
import EnergyGames
import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// What `check --json` prints, and the exit codes of cases without an answer.
@Suite struct CheckReportTests {
    private func object(_ json: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test func aCaseWithoutAnAnswer() throws {
        try TemporaryFolder.with { folder in
            let park = folder.appendingPathComponent("park")
            #expect(CommandTests.exitCode(["new", park.path]) == 0)
            let file = park.appendingPathComponent("case.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(
                text.replacing("max: 3 MW", with: "max: 20 kW").replacing(
                    "type: chp, capacity: 500", with: "type: chp, capacity: 90"
                ).utf8
            )
            .write(to: file)
            let source = try CaseReader.read(park)
            let report = try object(CheckReport(source, CaseCheck(source)).json)
            #expect(report["isSound"] as? Bool == false && report["payoff"] == nil)
            let reason = try #require(report["noAnswer"] as? [String: Any])
            #expect(reason["isOfEveryDecision"] as? Bool == true)
            let clash = try #require(reason["clash"] as? [[String: Any]])
            #expect(clash.contains { $0["name"] as? String == "buy limit of operator.grid" })
            let unmet = try #require(reason["unmet"] as? [[String: Any]])
            #expect(unmet.allSatisfy { $0["carrier"] as? String == "electricity" } && !unmet.isEmpty)
            #expect(CommandTests.exitCode(["check", park.path, "--json"]) == 69)
        }
    }

    @Test func aCaseThatCannotBeRead() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("case.yaml")
            try Data(Hut.yaml.replacing("steps: 4", with: "stepz: 4").utf8).write(to: file)
            #expect(throws: CaseFileError.self) { try CaseReader.read(folder) }
            do {
                _ = try CaseReader.read(folder)
            } catch let error as CaseFileError {
                let report = try object(CheckReport(error.diagnostics).json)
                #expect(report["isSound"] as? Bool == false)
                let findings = try #require(report["findings"] as? [[String: Any]])
                let finding = try #require(findings.first { $0["path"] as? String == "time.stepz" })
                #expect(finding["severity"] as? String == "error" && finding["line"] as? Int == 2)
                #expect(
                    finding["file"] as? String == "case.yaml"
                        && (finding["message"] as? String)?.contains("Did you mean") == true)
            }
            #expect(CommandTests.exitCode(["check", folder.path, "--json"]) == 65)
        }
    }

    /// A mistake in a variant is found by a check of the case; a variant that is asked for is checked alone.
    @Test func mistakesInVariantsAreTold() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("case.yaml")
            let hut = Hut.yaml + "\n  tall: {operator.devices.pv.capacty: 20}"
            try Data(hut.utf8).write(to: file)
            #expect(CommandTests.exitCode(["check", folder.path]) == 65)
            #expect(CommandTests.exitCode(["check", folder.path, "--json"]) == 65)
            #expect(CommandTests.exitCode(["check", folder.path, "--variant", "fixed"]) == 0)
        }
    }

    /// Sizes that cannot serve a day end with the code for no answer, by search and exactly, and are sound where other
    /// sizes can.
    @Test func sizesWithoutAnAnswer() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("case.yaml")
            let hut = Hut.yaml.replacing("    dark: {type: shortage, carrier: electricity, price: 3}\n", with: "")
            #expect(hut != Hut.yaml)
            try Data(hut.replacing("max: 60 kW", with: "max: 20 kW").utf8).write(to: file)
            #expect(CommandTests.exitCode(["check", folder.path]) == 69)
            for way in [["--exact"], ["--algorithm", "ga", "--evaluations", "40", "--population", "10"]] {
                let output = ["--quiet", "--output", folder.appendingPathComponent("out\(way.count)").path]
                #expect(CommandTests.exitCode(["size", folder.path] + way + output) == 69)
            }
            let found = try #require(try SizingGame(CaseReader.read(folder)).infeasibility())
            #expect(found.isOfEveryDecision && found.days == ["bright"], "\(found)")
            #expect(found.clash.contains { $0.name == "buy limit of operator.grid" }, "\(found)")
            #expect(found.description.contains("On bright, operator cannot meet electricity"), "\(found)")
            #expect(found.description.hasSuffix("It is so at every size."), "\(found)")
        }
    }
}
