import CaseFiles
import Energy
import ResultFiles
import Writing

/// Numbers by which operations are compared: the sums, what practitioners call indices, and those that the case
/// defines.
struct OperationIndices {
    struct Row {
        let name: String
        let unit: String
        /// nil where there is nothing that it could be a share of.
        let value: Double?
        /// Of an index that the case defines; empty for others.
        var definition = ""
        /// As a terminal has room for it; the name where it is nil.
        var short: String?
        /// Whether a component tells it beside flows and money.
        var isFigure: Bool { short != nil }

        var quantity: SweepResult.Quantity? { value.map { .init(name, short: short, unit: unit, $0) } }
    }

    /// The sums, then shares and peaks.
    let usual: [Row]
    /// Those that the case defines.
    let named: [Row]

    /// - Parameters:
    ///   - money: unit of sums of money over the horizons.
    ///   - sums: cost and emission, where the result counts them by itself.
    init(
        _ source: Case, _ horizons: [OperatedSystem], money: String, isOfYear: Bool,
        sums: (cost: Double, emission: Double)? = nil
    ) {
        let first = horizons.first
        let quantities = first.map { SystemQuantity.usual(of: $0.system, $0.solution.parties) } ?? []
        usual = quantities.compactMap { quantity in
            let own: Double? =
                switch quantity {
                case .cost: sums?.cost
                case .emission: sums?.emission
                default: nil
                }
            guard let value = own ?? quantity.value(over: horizons) else { return nil }
            let short: String? = if case .figure(let path) = quantity { path.figure } else { nil }
            return Row(
                name: quantity.name, unit: Self.unit(of: quantity, money: money, isOfYear), value: value, short: short)
        }
        named = zip(source.indices, source.indices.values(over: horizons)).map {
            Row(name: $0.name, unit: $0.unit, value: $1, definition: $0.definition)
        }
    }

    private static func unit(of quantity: SystemQuantity, money: String, _ isOfYear: Bool) -> String {
        switch quantity {
        case .cost, .carbonCost, .partyCost, .partyPayoff, .partyCarbonCost: money
        case .emission, .partyEmission: isOfYear ? "kg/a" : "kg"
        case .energy: isOfYear ? "kWh/a" : "kWh"
        case .peakToValley, .peak: "kW"
        case .renewableUse, .selfSufficiency: "%"
        case .figure(let path): path.unit == .money ? money : isOfYear ? "kWh/a" : "kWh"
        }
    }

    var table: ResultTable {
        var table = ResultTable(
            IndexTable.self,
            columns: IndexTable.columns.filter { !named.isEmpty || $0.name != IndexTable.definition.name })
        for row in usual + named {
            table.add(
                [IndexTable.quantity(row.name), IndexTable.value(row.value), IndexTable.unit(row.unit)]
                    + (named.isEmpty ? [] : [IndexTable.definition(row.definition)]))
        }
        return table
    }

    /// What a summary tells beside the sums.
    ///
    /// - Parameter rows: those that it tells.
    static func lines(_ rows: [Row]) -> String {
        var table = TextTable(header: ["index", "value", "unit"])
        for row in rows {
            let value = row.value.map { IndexTable.text($0, isNamed: !row.definition.isEmpty) }
            table.rows.append([row.name, value ?? "no value", row.unit])
        }
        return table.rows.isEmpty ? "" : table.text + "\n"
    }

    /// Those that the case defines, by name; nil where it defines none.
    var json: [String: Double]? {
        named.isEmpty ? nil : named.reduce(into: [:]) { $0[$1.name] = $1.value }
    }
}

/// What operations are compared by.
enum IndexTable: TableSchema {
    static let file = "indices.csv"
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value")
    static let unit = Column<String>("unit")
    /// Of indices that the case defines.
    static let definition = Column<String>("definition")
    static let columns: [any TableColumn] = [quantity, value, unit, definition]

    /// A value for a terminal or a page. What a case defines may be of any size.
    static func text(_ value: Double, isNamed: Bool) -> String {
        isNamed && abs(value) < 1 && value != 0
            ? NumberText.significant(value, digits: 4) : NumberText.grouped(value, decimals: 2)
    }
}

extension NamedIndex {
    /// Such as `0.7 cost - 0.3 renewable use + 2`.
    var definition: String {
        var text = ""
        func add(_ weight: Double, _ what: String) {
            let amount = NumberText.rounded(abs(weight)) + (what.isEmpty ? "" : " \(what)")
            text += text.isEmpty ? (weight < 0 ? "-" : "") + amount : (weight < 0 ? " - " : " + ") + amount
        }
        for term in terms { add(term.weight, term.source.name) }
        if constant != 0 { add(constant, "") }
        return text
    }
}

// MARK: Of each result

extension DispatchResult {
    var indices: OperationIndices {
        OperationIndices(
            source, parts.map { OperatedSystem(weight: $0.weight, $0.dispatch.system, $0.answer.solution) },
            money: unit, isOfYear: parts.contains { $0.day != nil }, sums: (cost, emission))
    }

    /// What a sweep tells of a point.
    var quantities: [SweepResult.Quantity] {
        let indices = indices
        return (indices.usual + indices.named).compactMap(\.quantity)
    }
}

extension PriceResult {
    var indices: OperationIndices {
        OperationIndices(source, system.operated, money: unit, isOfYear: energyGame.isOfYear)
    }
}

extension EvaluationResult {
    var indices: OperationIndices {
        OperationIndices(source, system.operated, money: unit, isOfYear: energyGame.isOfYear)
    }
}

extension SizingResult {
    var indices: OperationIndices {
        OperationIndices(
            source, system.days.map { OperatedSystem(weight: $0.day.weight, $0.day.system, $0.solution) },
            money: yearly, isOfYear: true)
    }
}

extension RunResult {
    /// The table of a result that has it for the case's own indices alone.
    func ownIndexTable(_ indices: OperationIndices) -> [ResultTable] { indices.named.isEmpty ? [] : [indices.table] }
}
