import Foundation
import TestSupport
import Testing

@testable import CaseFiles

/// Names of real files, and texts that would steer a terminal.
@Suite struct NameTests {
    private static let yaml = """
        case: {schema: 1, name: a}
        time: {steps: 2}
        tables: {p: {file: p.csv, index: hour}}
        carriers: {electricity: {}}
        grid: {buy: {price: p.price, max: 1 MW}}
        operator:
          prices: {electricity_sell: {min: 0.1, max: 0.3}}
        users:
          u: {demand: {electricity: 10}}
        """

    private func complaints(
        _ old: String, _ new: String, header: String = "hour,price [CNY/kWh]"
    ) throws -> [String] {
        #expect(Self.yaml.contains(old))
        return try Workshop.complaints([
            "case.yaml": Self.yaml.replacing(old, with: new), "p.csv": header + "\n0,0.1\n1,0.1\n",
        ])
    }

    @Test(
        arguments: [
            ("p.Day-ahead Price", "Day-ahead Price", "Day_ahead_Price", "Day_ahead_Price"),
            (
                "p.Day-ahead Price (EUR/MWh)", "Day-ahead Price (EUR/MWh)", "Day_ahead_Price [EUR/MWh]",
                "Day_ahead_Price"
            ),
            ("p.Strompreis für Büros", "Strompreis für Büros", "Strompreis_fur_Buros", "Strompreis_fur_Buros"),
            ("p.1 h ahead", "1 h ahead", "c_1_h_ahead", "c_1_h_ahead"),
        ]) func columnsWithSpacesCannotBeReferredTo(text: String, column: String, renamed: String, name: String) throws
    {
        #expect(
            try complaints("p.price", text, header: "hour,\(column)") == [
                "case.yaml:5:21  grid.buy.price: '\(text)' names no column: names of columns consist of letters, digits and '_'. Rename "
                    + "'\(column)' in p.csv, as \(renamed), and write p.\(name); or name it in the case, as columns: {\(name): "
                    + "\"\(column)\"} of the table."
            ])
    }

    /// One wrong name is one message: nothing that follows from it.
    @Test func aWrongNameIsToldOnce() throws {
        let user = try complaints("  u:", "  Bürogebäude:")
        #expect(
            user == [
                "case.yaml:9:3  users.Bürogebäude: 'Bürogebäude' cannot be a name. Use letters, digits and '_', beginning with a letter. 'ü' "
                    + "is not one of a-z and A-Z: write Burogebaude."
            ])
        #expect(try complaints("  u:", "  Haus 1:").count == 1)
        let table = try Workshop.complaints([
            "case.yaml": Self.yaml.replacing("{p: {file", with: "{day-ahead: {file").replacing(
                "p.price", with: "day-ahead.price"),
            "p.csv": "hour,price\n0,0.1\n1,0.1\n",
        ])
        #expect(
            table == [
                "case.yaml:3:10  tables.day-ahead: 'day-ahead' cannot be a name. Use letters, digits and '_', beginning with a letter."
            ])
        let carrier = try Workshop.complaints([
            "case.yaml": Self.yaml.replacing("electricity: {}}", with: "electricity: {}, Wärme: {}}")
                .replacing("{electricity: 10}", with: "{electricity: 10, Wärme: 5}"),
            "p.csv": "hour,price\n0,0.1\n1,0.1\n",
        ])
        #expect(carrier.count == 1 && carrier[0].contains("'Wärme' cannot be a name"), "\(carrier)")
        let station = try complaints("users:\n", "ev_stations:\n  Größe 1: {sampling: {count: 1}}\nusers:\n")
        #expect(station.filter { !$0.contains("Größe 1") }.isEmpty, "\(station)")
    }

    @Test func controlCharactersAreRefused() throws {
        #expect(
            try complaints("name: a}", #"name: a, title: "red \e[31m"}"#)
                == ["case.yaml:1:35  contains the control character \\u{1B}, which a terminal would obey. Take it out."]
        )
        #expect(
            try complaints("  u:", #"  "u\x07":"#)
                == ["case.yaml:9:3  contains the control character \\u{7}, which a terminal would obey. Take it out."])
        #expect(
            try complaints("name: a}", #"name: a, title: "\u202Eabc"}"#).first?.contains("\\u{202E}") == true)
        #expect(
            try complaints("price: p.price", "price: p.price", header: "hour,price\u{1B}[2J")
                == ["p.csv:1  contains the control character \\u{1B}, which a terminal would obey. Take it out."])
        // A title of several lines is text, and a message that repeats one stays on its line.
        #expect(try complaints("name: a}", #"name: a, title: "two\nlines"}"#) == [])
        let lines = try complaints("max: 1 MW", #"max: "1\nMW\tx""#)
        #expect(lines.count == 1 && !lines[0].contains("\n") && lines[0].contains("1\\nMW"), "\(lines)")
        #expect(
            Diagnostic(at: SourceLocation(file: "a\u{1B}"), path: "b\u{7F}", "c\u{9B}").rendered
                == "a\\u{1B}  b\\u{7F}: c\\u{9B}")
    }

    /// What a case reads from elsewhere goes into its studies, and is told.
    @Test func tablesOfOtherFoldersAreToldOf() throws {
        let table = Data("hour,price [CNY/kWh]\n0,0.1\n1,0.1\n".utf8)
        func warnings(_ file: String, _ prepare: (URL) throws -> Void = { _ in }) throws -> [String] {
            try TemporaryFolder.with { folder in
                let home = folder.appendingPathComponent("home")
                try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
                try table.write(to: folder.appendingPathComponent("other.csv"))
                try table.write(to: home.appendingPathComponent("p.csv"))
                try prepare(folder)
                let yaml = Self.yaml.replacing("p.csv", with: file)
                try Data(yaml.utf8).write(to: home.appendingPathComponent("case.yaml"))
                return try CaseReader.read(home).warnings.map(\.rendered)
                    .map { $0.replacing(folder.standardizedFileURL.path, with: "FOLDER") }
            }
        }
        #expect(
            try warnings("../other.csv") == [
                "case.yaml:3:20  warning: tables.p.file: '../other.csv' lies outside the case's folder, at FOLDER/other.csv. A study of this case "
                    + "keeps a copy of it."
            ])
        #expect(try warnings("./p.csv") == [] && warnings("../home/p.csv") == [])
        let linked = try warnings("link.csv") { folder in
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent("home/link.csv"),
                withDestinationURL: folder.appendingPathComponent("other.csv"))
        }
        #expect(linked.count == 1 && linked[0].contains("'link.csv' lies outside the case's folder"))
    }

    @Test func pipesAndDevicesAreNoTables() throws {
        #expect(throws: CaseFileError.self) { try YearTable(URL(fileURLWithPath: "/dev/zero")) }
        try TemporaryFolder.with { folder in
            let pipe = folder.appendingPathComponent("pipe.csv")
            #expect(mkfifo(pipe.path, 0o600) == 0)
            #expect(throws: CaseFileError.self) { try PlugInHistory(pipe) }
        }
    }
}
