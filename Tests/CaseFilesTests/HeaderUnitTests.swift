import Energy
import Foundation
import Testing

@testable import CaseFiles

/// What brackets and parentheses in the headers of measured tables say of their numbers.
@Suite struct HeaderUnitTests {
    private static let units = UnitSystem(currency: "EUR")

    private static func files(
        _ header: String, price: String = "m.p", declared: String? = nil, demand: String = "5 kW"
    ) -> [String: String] {
        [
            "case.yaml": """
            case: {schema: 1, name: x}
            units: {currency: EUR}
            time: {start: "2024-01-15T00:00", steps: 2}
            tables: {m: {file: m.csv, index: hour, columns: {p: \(declared ?? "\"\(header)\"")}}}
            carriers: {electricity: {}}
            grid: {buy: {price: \(price), max: 1 MW}}
            operator: {demand: {electricity: \(demand)}}
            """, "m.csv": "hour,\"\(header)\"\n0,20\n1,22\n",
        ]
    }

    private static func price(_ files: [String: String]) throws -> String? {
        try Workshop.read(files).listing.first { $0.path == "grid.buy.price" }?.value
    }

    // MARK: Units

    @Test(
        arguments: [
            "ct/kWh", "€/MWh", "€", "kVA", "KVA", "kvar", "kw", "MWH", "kWp", "kWh el", "kWh, netto", "MWhth", "m³",
            "m^3",
            "Nm3", "tCO2", "kgCO2e", "USD", "USD/MWh", "eur", "Euro", "ct", "Cent", "元/kWh", "万元", "% rel", "°C",
            "bananas/h", "kWh/x", "EUR per MWh", "therm", "MMBtu", "hPa", "TWh", "mW",
        ]) func whatLooksLikeAUnitIsRefused(text: String) throws
    {
        #expect(HeaderUnit("Preis (\(text))", Self.units) == .unknown(text))
        let found = try Workshop.complaints(Self.files("Preis (\(text))"))
        let message = try #require(found.first)
        #expect(
            found.count == 1 && message.hasPrefix("m.csv:1  Preis (\(text)): '\(text)' in 'Preis (\(text))' is not"))
        #expect(message.contains("Known are ") && message.contains("GWh, ") && message.contains(", EUR, and quotients"))
        #expect(message.contains(#"tables.m.columns.p: {header: "Preis (\#(text))", unit: EUR/kWh}"#))
    }

    @Test(
        arguments: [
            "bananas", "net", "netto", "brutto", "south", "north", "Süd", "B", "Halle A", "PV", "PV 1", "H0", "Q1",
            "2024", "site 2", "forecast", "actual", "Day-ahead", "HT", "NT", "DE-LU", "CT", "MA", "GA", "mean", "MAX",
            "Min", "peak", "total", "Wärme", "buy & sell", "Dutch", "15 min", "all", "top", "local time",
            "DA auction 12:00",
        ]) func wordsAreARemarkThatIsToldOf(text: String) throws
    {
        #expect(HeaderUnit("Preis (\(text))", Self.units) == .remark(text))
        let files = Self.files("Preis (\(text))", price: "0.01 * m.p")
        let source = try Workshop.read(files)
        #expect(
            source.warnings.map(\.rendered) == [
                "m.csv:1  warning: Preis (\(text)): '\(text)' in 'Preis (\(text))' is no unit, so its numbers are taken in EUR/kWh. "
                    + "Say what they are in, as tables.m.columns.p: {header: \"Preis (\(text))\", unit: EUR/kWh}."
            ])
        // What the warning says to write ends it, and a factor with a unit says it, too.
        let said = Self.files(
            "Preis (\(text))", price: "0.01 * m.p", declared: #"{header: "Preis (\#(text))", unit: EUR/kWh}"#)
        #expect(try Workshop.read(said).warnings.isEmpty && Self.price(said) == "2 values, 0.2 … 0.22")
        #expect(try Workshop.read(Self.files("Preis (\(text))", price: "0.01 EUR/kWh * m.p")).warnings.isEmpty)
    }

    /// 20 EUR/MWh are 0.02 EUR/kWh, wherever the header says it.
    @Test(
        arguments: [
            "Preis (EUR/MWh)", "Preis [EUR/MWh]", "Preis (EUR/MWh) netto", "Preis [EUR/MWh] - BZN|DE-LU",
            "Preis (netto) (EUR/MWh)", "Preis (EUR/MWh) (netto)", "Preis (A) (EUR/MWh) (B)", "Preis（EUR/MWh）",
            "Preis (A) (EUR/MWh) (A)", "Preis ( EUR / MWh )",
        ]) func aKnownUnitIsReadWhereverItStands(header: String) throws
    {
        #expect(try Self.price(Self.files(header)) == "2 values, 0.02 … 0.022")
        #expect(try Workshop.read(Self.files(header)).warnings.isEmpty)
    }

    /// What messages say to write is read, and is worth what it says.
    @Test func theCaseMaySayWhatAHeaderDoesNot() throws {
        for header in ["Preis (€/MWh)", "Preis [€/MWh]", "Preis (A)", "Preis (1)", "Preis (südlich)"] {
            let declared = #"{header: "\#(header)", unit: EUR/MWh}"#
            #expect(try Self.price(Self.files(header, declared: declared)) == "2 values, 0.02 … 0.022")
        }
        for header in ["Preis (ct/kWh)", "Preis [ct/kWh]"] {
            let plain = Self.files(
                header, price: "0.01 EUR/kWh * m.p", declared: #"{header: "\#(header)", unit: 1}"#)
            #expect(try Self.price(plain) == "2 values, 0.2 … 0.22")
            #expect(try Workshop.complaints(Self.files(header, price: "0.01 EUR/kWh * m.p")).count == 1)
        }
        // A known unit of the same measure, or of more than a letter, is contradicted.
        for (header, unit) in [("Preis (EUR/MWh)", "EUR/kWh"), ("Preis (kWh)", "EUR/kWh"), ("Preis [A]", "EUR/kWh")] {
            let found = try Workshop.complaints(
                Self.files(header, declared: #"{header: "\#(header)", unit: \#(unit)}"#))
            #expect(found.count == 1 && found[0].contains("is declared in '\(unit)', but the header says"))
        }
        let letter = try Workshop.complaints(Self.files("Preis (A)"))
        #expect(
            letter == [
                "case.yaml:6:21  grid.buy.price: 'm.p' in A is a current, but a price of energy (EUR/kWh) is needed. If 'A' in "
                    + "'Preis (A)' is no unit, say which it is in, as tables.m.columns.p: {header: \"Preis (A)\", unit: EUR/kWh}."
            ])
    }

    /// A profile has no unit, and times need none: their remarks are told of nobody.
    @Test func remarksOfNumbersWithoutAUnitAreFine() throws {
        let source = try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: x}
            time: {start: "2024-01-15T00:00", steps: 2, timezone: Europe/Berlin}
            tables:
              m: {file: m.csv, index: MTU (CET/CEST), columns: {sun: PV (south)}}
              log: {file: log.csv, index: id, columns: {arrival: Begin (local), departure: End (UTC), energy: E (kWh)}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator:
              prices: {electricity_sell: {min: 0.1, max: 0.3, mean_max: 0.2}}
              devices: {pv: {type: pv, capacity: 10 kW, profile: m.sun}}
            ev_stations:
              lot: {sessions: log}
            """, "m.csv": "MTU (CET/CEST),PV (south)\n2024-01-15T00:00,0.5\n2024-01-15T01:00,0.25\n",
            "log.csv":
                "id,Begin (local),End (UTC),E (kWh),max_charge [kW]\na,2024-01-15T00:00,2024-01-15T00:30,3,7\n",
        ])
        #expect(source.warnings.isEmpty)
        #expect(source.fleets["lot"]?.vehicles.first?.departure == 1.5)
    }

    @Test func minutesOfAnIndexMayStandInParentheses() throws {
        var files = Self.files("Preis (EUR/MWh)")
        files["case.yaml"] = files["case.yaml"]?.replacing("steps: 2", with: "steps: 2, step: 15 min")
            .replacing("index: hour", with: "index: Zeit (min)")
        files["m.csv"] = "Zeit (min),Preis (EUR/MWh)\n0,20\n15,22\n"
        #expect(try Self.price(files) == "2 values, 0.02 … 0.022")
    }

    // MARK: Advice

    /// What `days` and a reference with spaces say to write is never refused in turn.
    @Test(
        arguments: [
            ("Preis (EUR/MWh)", "Preis [EUR/MWh]"), ("Last (kW)", "Last [kW]"), ("Preis (netto)", "Preis_netto"),
            ("Gesamt [MWh] 15 min", "Gesamt_15_min [MWh]"), ("Preis (ct/kWh)", "Preis, with a known unit in brackets"),
            ("Last (kVA)", "Last, with a known unit in brackets"), ("Preis (€/MWh) 1", "Preis_1, with a known unit"),
            ("Day ahead", "Day_ahead"),
        ]) func theAdviceOfDaysIsTaken(header: String, advice: String) throws
    {
        func year(_ header: String) throws -> YearTable {
            let rows = ["hour,\(header)"] + (0..<24).map { "\($0),1" }
            return try Workshop.withFolder(["y.csv": Data(rows.joined(separator: "\n").utf8)]) {
                try YearTable($0.appendingPathComponent("y.csv"))
            }
        }
        let said = try year(header).warnings.map(\.message).first { $0.contains("cannot be referred to") }
        #expect(said?.contains("Rename it in the file, as \(advice)") == true, "\(said ?? "")")
        let renamed = String(advice.split(separator: ",")[0])
        #expect(try !year(renamed).warnings.contains { $0.message.contains("cannot be referred to") })
        // A case reads it as it was renamed, and says so where the unit is another.
        let reference = String(renamed.split(separator: " ")[0])
        let files = [
            "case.yaml": """
            case: {schema: 1, name: x}
            units: {currency: EUR}
            time: {steps: 24}
            tables: {m: {file: m.csv, index: hour}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator: {demand: {electricity: m.\(reference)}}
            """, "m.csv": (["hour,\(renamed)"] + (0..<24).map { "\($0),1" }).joined(separator: "\n"),
        ]
        #expect(try Workshop.complaints(files).allSatisfy { !$0.contains("not a known unit") })
    }

    @Test func aReferenceToAnUnknownUnitIsNamedInTheCase() throws {
        var files = Self.files("Preis (ct/kWh)")
        files["case.yaml"] = files["case.yaml"]?.replacing("m.p,", with: "\"m.Preis (ct/kWh)\",")
        #expect(
            try Workshop.complaints(files) == [
                "case.yaml:6:21  grid.buy.price: 'm.Preis (ct/kWh)' names no column: names of columns consist of letters, digits and '_'. "
                    + "Name it in the case, as columns: {Preis: {header: \"Preis (ct/kWh)\", unit: …}} of the table with a unit in "
                    + "place of 'ct/kWh', which is not known, and write m.Preis."
            ])
        // Names in a case have no brackets.
        files = Self.files("Preis (EUR/MWh)", declared: "Preis (EUR/MWh)")
        files["case.yaml"] = files["case.yaml"]?.replacing("{p:", with: "{\"Prëis (kW)\":")
        #expect(try Workshop.complaints(files).first?.hasSuffix("write Preis_kW.") == true)
    }

    @Test func historiesAreReadAlike() throws {
        func messages(_ header: String) throws -> [String] {
            let text = "arrival,departure,\(header),max_power [kW]\n2024-02-01T08:00,2024-02-01T16:00,20,11\n"
            return try Workshop.withFolder(["past.csv": Data(text.utf8)]) { folder in
                do {
                    let names = [try ColumnName(option: "energy=\(header)", among: PlugInHistory.columns)]
                    return try PlugInHistory(folder.appendingPathComponent("past.csv"), columns: names).warnings.map(
                        \.rendered)
                } catch let error as CaseFileError {
                    return error.diagnostics.map(\.rendered)
                }
            }
        }
        #expect(try messages("Menge (kWh)") == [])
        let refused = try messages("Menge (kvarh)")
        #expect(refused.count == 1 && refused[0].contains("'kvarh' in 'Menge (kvarh)' is not a known unit."))
        #expect(refused[0].contains("Known are ") && !refused[0].contains("columns"))
        #expect(
            try messages("Menge (netto)") == [
                "past.csv:1  warning: Menge (netto): 'netto' in 'Menge (netto)' is no unit, so its numbers are taken in kWh. "
                    + "If they are in another, write it into the header in brackets."
            ])
    }
}
