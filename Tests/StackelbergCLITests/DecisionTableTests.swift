import CaseFiles
import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

@testable import Reports
@testable import ResultFiles
@testable import StackelbergCLI

/// Tables of decisions, as a run, a spreadsheet or a person writes them.
@Suite struct DecisionTableTests {
    private static let tariff = """
        case: {schema: 1, name: tariff}
        units: {energy: MWh, power: MW}
        time: {steps: 3, step: 30 min}
        carriers: {electricity: {}}
        grid: {buy: {price: 20, max: 1}}
        operator: {prices: {electricity_sell: {min: 10, max: 900}, electricity_fee: {min: 0, max: 8000 CNY}}}
        users: {homes: {demand: {electricity: 0.01}}}
        """
    private static let plant = """
        case: {schema: 1, name: plant}
        time: {steps: 2}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.2, max: 1 MW}}
        operator:
          demand: {electricity: 100}
          devices: {pv: {type: pv, capacity: {min: 0, max: 2 MW}, profile: 0.5, investment: 800 CNY/kW, lifetime: 20}}
        days: {summer: {weight: 365}}
        """

    private func read<Value>(_ yaml: String, _ table: Data, _ body: (String, Case) throws -> Value) throws -> Value {
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent(CaseReader.fileName))
            let file = folder.appendingPathComponent("table.csv")
            try table.write(to: file)
            return try body(file.path, CaseReader.read(folder))
        }
    }
    private func prices(_ text: String) throws -> [Double] { try prices(Data(text.utf8)) }
    private func prices(_ table: Data) throws -> [Double] {
        try read(Self.tariff, table) { path, source in
            try PricesFile.read(path, for: source, in: EnergyGame(source).game.space)
        }
    }
    private func sizes(_ text: String) throws -> [Double] {
        try read(Self.plant, Data(text.utf8)) { path, source in
            try SizesFile.read(path, of: source, for: SizingGame(source))
        }
    }
    /// What is said of a table that is refused.
    private func refusal(_ body: () throws -> [Double]) -> String {
        do {
            return "read as \(try body())"
        } catch {
            let text = "\(error)"
            return text.range(of: "table.csv").map { String(text[$0.lowerBound...]) } ?? text
        }
    }

    /// Numbers without a unit are in that in which decisions are told, as those that Python writes.
    private static let rows = """
        prices.electricity_sell,0,0,0.3
        prices.electricity_sell,1,0.5,0.4
        prices.electricity_sell,2,1,0.5
        prices.electricity_fee,0,0,7
        """
    private static let decision = [0.3, 0.4, 0.5, 7]

    /// Whatever a run writes comes back, to the last bit.
    @Test func whatIsWrittenIsRead() throws {
        try read(Self.tariff, Data()) { path, source in
            let game = try EnergyGame(source).game
            let decision: [Double] = [0.1 + 0.2, 0.1 / 3, 0.7, 5000 / 3.0]
            try Data(source.priceTable(decision).text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(try PricesFile.read(path, for: source, in: game.space) == decision)
        }
    }

    @Test func unitsAreRead() throws {
        let plain = Self.rows + "\n"
        #expect(try prices("price,step,start [h],value\n" + plain) == Self.decision)
        // 300 CNY/MWh are 0.3 CNY/kWh, however the table says it.
        let body = plain.replacing(",0.3", with: ",300").replacing(",0.4", with: ",400")
            .replacing("2,1,0.5", with: "2,1,500")
        let perRow = body.split(separator: "\n").map {
            $0.hasPrefix("prices.electricity_f") ? "\($0),CNY" : "\($0),CNY/MWh"
        }
        #expect(try prices("price,step,start [h],value,unit\n" + perRow.joined(separator: "\n")) == Self.decision)
        let minutes = plain.replacing(",0.5,", with: ",30,").replacing("2,1,", with: "2,60,")
        #expect(try prices("price,step,start [min],value\n" + minutes) == Self.decision)
        // Of prices of energy alone, as a run writes them, the header has the unit; a fee is none.
        #expect(
            refusal { try prices("price,step,start [h],value [CNY/MWh]\n" + body) }
                == "table.csv:1  value: a column in CNY/MWh is a price of energy, but money (CNY) is needed.")
        #expect(
            refusal { try prices("price,step,start [h],value [EUR/MWh]\n" + body) }
                == "table.csv:1  value: 'EUR/MWh' in 'value [EUR/MWh]' is not a known unit. Money is in CNY here; "
                + "units: {currency: …} names another.")
        #expect(
            refusal { try prices("price,step,start [h],value,unit\n" + perRow[0].replacing("MWh", with: "MW")) }
                == "table.csv:1  value: a column in CNY/MW is a price of power, but a price of energy (CNY/kWh) is needed."
        )
    }

    /// One reader with one set of rules: the order of columns, quotes, blanks and a mark at the beginning say nothing.
    @Test func theFormSaysNothing() throws {
        let text = "price,step,start [h],value\n" + Self.rows + "\n"
        let quoted = text.split(separator: "\n").map { line in
            line.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        }
        let turned = text.split(separator: "\n").map { $0.split(separator: ",").reversed().joined(separator: ",") }
        for form in [
            quoted.joined(separator: "\n"), turned.joined(separator: "\n"), text.replacing(",", with: " , "),
            text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, text + "\n\n",
        ] {
            #expect(try prices(form) == Self.decision)
        }
        let semicolons = text.replacing(",", with: ";")
        #expect(refusal { try prices(semicolons) } == "table.csv:1  columns are separated by semicolons. Use commas.")
        #expect(
            refusal { try prices(try #require(text.data(using: .utf16))) }
                == "table.csv:1  this line is not UTF-8 text. Save the file as UTF-8.")
        #expect(refusal { try prices("") } == "table.csv  is empty. A table begins with a row of column names.")
        #expect(
            refusal { try prices("price,step\n" + "prices.electricity_sell,0\n") }
                == "table.csv:1  the column 'value' is missing. Needed are price, step, value; found are price, step.")
        #expect(
            refusal { try prices(text + "prices.electricity_sell,2\n") }
                == "table.csv:6  this row has 2 cells, but the header has 4 columns.")
    }

    /// Prices of hours are none of half hours, though both have a step 1.
    @Test func stepsOfAnotherLengthAreRefused() {
        let hours = Self.rows.replacing("0.5,", with: "1,").replacing("2,1,", with: "2,2,")
        #expect(
            refusal { try prices("price,step,start [h],value\n" + hours) }
                == "table.csv:3  step 1 starts at 1 h here, but at 0.5 h in the case. Is the table of another case?")
    }

    @Test func sizesHaveUnitsAndStandOnce() throws {
        let name = "operator.pv.capacity"
        #expect(try sizes("size,value,unit\n\(name),0.5,MW\n") == [500])
        #expect(try sizes("size,value\n\(name),0.5\n") == [0.5])
        #expect(try sizes("value [MW],size\n0.5,\(name)\n") == [500])
        #expect(
            refusal { try sizes("size,value,unit\n\(name),0.5,MWh\n") }
                == "table.csv:1  value: a column in MWh is an energy, but a power (kW) is needed.")
        #expect(
            refusal { try sizes("size,value\n\(name),5\n\(name),7\n") }
                == "table.csv:3  \(name) has a value already. Take one of them out.")
        #expect(
            refusal { try sizes("size,value\noperator.pw.capacity,5\n") }
                == "table.csv:2  'operator.pw.capacity' is not a size that the case leaves to be decided. These are: \(name)."
        )
    }
}
