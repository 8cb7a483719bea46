import Foundation
import Testing

@testable import CaseFiles

@Suite struct BrokenCaseTests {
    @Test(arguments: BrokenCase.all) func saysWhatIsWrong(broken: BrokenCase) throws {
        let files = try #require(broken.files, "an edit finds nothing to replace")
        let complaints = try Workshop.complaints(files, variant: broken.variant)
        #expect(complaints.contains(broken.expected), "\(complaints)")
    }

    @Test func namesAreUnique() {
        #expect(Set(BrokenCase.all.map(\.name)).count == BrokenCase.all.count)
    }

    /// Faults in different sections and files all come at once, in the order of files and lines.
    @Test func everythingAtOnceInFileOrder() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml
            .replacing("max: 3 MW", with: "max: 3 MWh")
            .replacing("capcity", with: "capacity")
            .replacing("capacity: 800 kWh", with: "capcity: 800 kWh")
            .replacing("payer: operator", with: "payer: nobody")
            .replacing("seed: 20240715", with: "seed: -1")
        files["data/profiles.csv"] = GoodCase.profiles
            .replacing("\n7,0.72", with: "\n7,n/a").replacing("\n12,1.15", with: "\n12,")
        files["data/ev_sessions.csv"] = GoodCase.sessions.replacing("ev13,9,16", with: "ev13,9,10")
        let complaints = try Workshop.complaints(files)
        #expect(
            complaints == [
                "case.yaml:14:40  grid.buy.max: '3 MWh' is an energy, but a power (kW) is needed.",
                "case.yaml:40:50  users.commercial.devices.heat_store.capcity: unknown key. Did you mean 'capacity'?",
                "case.yaml:50:10  carbon.payer: there is no party 'nobody'. Parties: operator, residential, commercial, industrial, "
                    + "plaza.",
                "case.yaml:57:89  optimiser.seed: -1 is below 0, the least allowed.",
                "data/profiles.csv:9  grid_buy, hour 7: 'n/a' is not a number.",
                "data/profiles.csv:14  grid_buy, hour 12: is empty.",
                "data/ev_sessions.csv:14  ev13: needs 34.8 kWh in 1 h but its charger gives at most 6.65 kWh. Lower soc_departure "
                    + "or extend the stay.",
            ])
    }

    @Test func aFolderWithoutACaseIsRefused() throws {
        #expect(try Workshop.complaints([:] as [String: String]) == ["case.yaml  there is no such file."])
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        var files = GoodCase.files.mapValues { Data($0.utf8) }
        files["data/profiles.csv"] = Data("hour,grid_buy\n0,1\n1,".utf8) + Data([0xFF, 0xFE])
        #expect(
            try Workshop.complaints(files).first
                == "data/profiles.csv:3  this line is not UTF-8 text. Save the file as UTF-8.")
        #expect(
            try Workshop.complaints(["case.yaml": Data([0x63, 0x0A, 0xC3, 0x28])])
                == ["case.yaml:2  this line is not UTF-8 text. Save the file as UTF-8."])
    }

    @Test func aBombOfAliasesIsRefused() throws {
        var lines = ["a: &a [1, 1]"]
        for k in 1...30 {
            lines.append("k\(k): &k\(k) [*\(k == 1 ? "a" : "k\(k - 1)"), *\(k == 1 ? "a" : "k\(k - 1)")]")
        }
        let complaints = try Workshop.complaints(["case.yaml": lines.joined(separator: "\n")])
        #expect(complaints.first?.contains("anchors and aliases") == true)
        #expect(complaints.allSatisfy { $0.contains("anchors and aliases") })
    }

    @Test func deepNestingIsRefused() throws {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 5_000),
            String(repeating: "? ", count: 5_000),
            String(repeating: "{a: ", count: 900) + String(repeating: "}", count: 900),
        ] {
            let complaints = try Workshop.complaints(["case.yaml": text])
            #expect(complaints.count == 1)
            #expect(complaints.first?.contains("nested") == true, "\(complaints)")
        }
    }
}
