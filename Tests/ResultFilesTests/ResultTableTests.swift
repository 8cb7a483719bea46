import Testing

@testable import ResultFiles

private enum ReadingTable: TableSchema {
    static let file = "readings.csv"
    static let meter = Column<String>("meter")
    static let step = Column<Int>("step")
    static let value = Column<Double>("value", "kW")
    static let price = Column<Double>("price", .money(per: "kWh"), exact: true)
    static let columns: [any TableColumn] = [meter, step, value, price]
}

@Suite struct ResultTableTests {
    private static func table() -> ResultTable {
        var table = ResultTable(ReadingTable.self, money: "CNY")
        table.add([
            ReadingTable.meter("=a,b"), ReadingTable.step(0), ReadingTable.value(1.0 / 3),
            ReadingTable.price(0.1 + 0.2),
        ])
        table.add([ReadingTable.meter("c"), ReadingTable.step(7), ReadingTable.price(-0.0)])
        return table
    }

    @Test func aTableIsWrittenAsItsColumnsSay() {
        #expect(
            Self.table().text == """
                meter,step,value [kW],price [CNY/kWh]
                "'=a,b",0,0.3333333333,0.30000000000000004
                c,7,,0

                """)
    }

    /// What a solver leaves of an amount below its tolerance is nothing; prices keep every digit.
    @Test func roundingIsNoAmount() {
        var table = ResultTable(ReadingTable.self, money: "CNY")
        for (value, price) in [(-7e-8, -7e-8), (2e-6, 2e-6), (-0.0, -0.0)] {
            table.add([
                ReadingTable.meter("m"), ReadingTable.step(0), ReadingTable.value(value), ReadingTable.price(price),
            ])
        }
        #expect(
            table.texts.map { $0[2] } == ["0", "2e-06", "0"] && table.texts.map { $0[3] } == ["-7e-08", "2e-06", "0"])
        #expect(Column<Double>("share", "%")(-7e-8).cell.text == "-7e-08")
        #expect(Column<Double>("value", amounts: true)(-7e-8).cell.number == 0)
        #expect(
            Column<Double>("pay", .money)(3e-9).cell.text == "0"
                && Column<Double>("p", .money(per: "kg"))(3e-9).cell.text == "3e-09")
    }

    /// What memory tells and what the file tells is the same number, to the last bit.
    @Test func memoryAndFileTellTheSame() throws {
        let table = Self.table()
        let read = try ResultTable(file: table.file, text: table.text)
        #expect(read.text == table.text && read.header == table.header)
        for table in [table, read] {
            #expect(try table[ReadingTable.meter] == ["=a,b", "c"])
            #expect(try table.steps(ReadingTable.step) == [0, 7])
            let values = try table[ReadingTable.value]
            #expect(values[0] == 0.3333333333 && values[1].isNaN)
            #expect(try table[ReadingTable.price] == [0.1 + 0.2, 0])
            #expect(table.unit(of: ReadingTable.price) == "CNY/kWh" && table.unit(of: ReadingTable.meter) == "")
            #expect(table.groups([ReadingTable.meter]).map(\.rows) == [[0], [1]])
        }
    }

    @Test(arguments: [
        ("meter,value\na,x\n", "row 1: 'x' is not a number."),
        ("meter,value\na\n", "row 1 has 1 cells, but the header has 2."),
        ("meter\na\n", "the column 'value' is missing."),
        ("meter,value\na,1\nb", "it ends within a line."), ("meter,value\na,1\nb,17", "it ends within a line."),
    ]) func whatIsDamagedIsSaid(text: String, reason: String) {
        #expect(throws: ReportError.damaged(file: "readings.csv", reason: reason)) {
            try ResultTable(file: "readings.csv", text: text)[ReadingTable.value]
        }
    }

    @Test(arguments: ["-1", "0.5", "nan", "1e300", "", "one"]) func stepsCountFromZero(step: String) throws {
        let table = try ResultTable(file: "readings.csv", text: "meter,step\na,\(step)\n")
        #expect(throws: ReportError.damaged(file: "readings.csv", reason: "row 1: '\(step)' is not a step.")) {
            try table.steps(ReadingTable.step)
        }
    }

    @Test(arguments: [
        ("price [CNY/kWh]", "price", "CNY/kWh"), ("a [b] [c]", "a [b]", "c"), ("batch[0]", "batch[0]", nil),
        ("x", "x", nil),
    ]) func headingsHaveUnits(text: String, name: String, unit: String?) {
        let heading = ColumnHeading(text)
        #expect(heading.name == name && heading.unit == unit && heading.text == text)
    }

    /// A table on a terminal is as wide as it is shown, so that columns stay columns.
    @Test func tablesOfTerminals() {
        let table = TextTable(header: ["a", "b"], rows: [["\u{1B}[31m", "1"], ["x\ny", "22"]]).text
        let lines = table.split(separator: "\n")
        #expect(lines.count == 3 && Set(lines.map(\.count)).count == 1)
    }
}
