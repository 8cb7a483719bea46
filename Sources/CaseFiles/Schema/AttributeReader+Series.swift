import Energy
import Writing

/// What stands before a column of a table: `0.6 * profiles.pv`, `500 kW * profiles.pv`.
struct ColumnFactor: Sendable {
    let number: Double
    /// nil for a plain number: the column then keeps its own unit.
    let unit: Unit?
    /// As it was written.
    let text: String

    /// What stands before and after the first `*`; nil where there is none.
    static func split(_ text: String) -> (factor: String, column: String)? {
        guard let star = text.firstIndex(of: "*") else { return nil }
        return (text[..<star].trimmingSpaces, text[text.index(after: star)...].trimmingSpaces)
    }
}

extension AttributeReader {
    /// One number per time step: from one number, a list, or a table's column with a factor or without.
    func series(_ node: YamlNode, _ dimension: Dimension, _ range: ClosedRange<Double>, path: String) -> [Double]? {
        if let items = node.items {
            guard context.hasTime else { return nil }
            guard items.count == context.time.steps else {
                log.error(
                    node.location, path,
                    Attribute.wrongLength(items.count, steps: context.time.steps))
                return nil
            }
            let values = items.enumerated().compactMap { quantity($1, dimension, range, path: "\(path)[\($0)]") }
            return values.count == items.count ? values : nil
        }
        guard let text = scalar(node, "a number, a list or a table column", path: path) else { return nil }
        if let (before, column) = ColumnFactor.split(text) {
            guard Self.isReference(column) else {
                if !refusesColumnName(column, node, path: path) {
                    log.error(
                        node.location, path,
                        "\(node.shown) is no product of a factor and a table column. Write it as 0.6 * table.column.")
                }
                return nil
            }
            return factor(before, node, path: path).flatMap {
                self.column(column, factor: $0, node, dimension, range, path: path)
            }
        }
        if Self.isReference(text) { return column(text, factor: nil, node, dimension, range, path: path) }
        if Identifier.isValid(text) {
            log.error(
                node.location, path,
                "\(node.shown) is neither a number nor a table column. Write a column as table.column.")
            return nil
        }
        return quantity(node, dimension, range, path: path).map {
            Array(repeating: $0, count: context.time.steps)
        }
    }

    private func factor(_ text: String, _ node: YamlNode, path: String) -> ColumnFactor? {
        do {
            let quantity = try Quantity.parse(text, units: units)
            return ColumnFactor(number: quantity.number, unit: quantity.unit, text: text)
        } catch {
            switch error {
            case .notANumber:
                log.error(
                    node.location, path,
                    "'\(text.prefix(60))' in \(node.shown) is not a number. Write a factor before the column, as in 0.6 * "
                        + "table.column or 500 kW * table.column.")
            case .unknownUnit(let symbol): log.error(node.location, path, Sentence.unknownUnit(symbol, in: text, units))
            }
            return nil
        }
    }

    private func column(
        _ text: String, factor: ColumnFactor?, _ node: YamlNode, _ dimension: Dimension, _ range: ClosedRange<Double>,
        path: String
    ) -> [Double]? {
        guard let dot = text.firstIndex(of: "."), let timeline = context.timeline,
            let declaration = context.tables.declaration(String(text[..<dot]), at: node.location, path: path)
        else { return nil }
        guard context.hasTime else {
            _ = context.tables.text(of: declaration, units: units)
            return nil
        }
        guard let table = context.tables.seriesTable(declaration, time: context.time, timeline: timeline, units: units)
        else { return nil }
        let column = String(text[text.index(after: dot)...])
        // Powers and prices are means over a step; an energy is the value at a step's end.
        guard dimension != .energy || abs(table.step - context.time.hours) <= 1e-6 * table.step else {
            let (apart, step) = NumberText.compared(hours: table.step, context.time.hours)
            log.error(
                node.location, path,
                "the rows of \(table.file) are \(apart) apart, but the steps of the case "
                    + "\(step): an energy at the end of a row can be neither repeated nor "
                    + "averaged. Give a table in the steps of the case.")
            return nil
        }
        let values = table.series(
            column, dimension, in: range, for: path, at: node.location, factor: factor, units: units, log: log)
        guard let values else { return nil }
        let series = Resampling.resample(values, step: table.step, to: context.time.hours, count: context.time.steps)
        guard let factor else {
            context.refer(to: text, CaseContext.Reference(values: series, dimension: dimension, range: range))
            return context.columns.apply(to: series, of: text)
        }
        let scale = refer(to: text, of: table, column, factor, series, dimension, range)
        return context.columns.apply(to: series, of: text, times: scale ?? 1)
    }

    /// Notes what a column has before its factor, and what may be there so that its product stays in its range.
    ///
    /// - Returns: what one engine unit of the column is in the product; nil where its unit is not known.
    private func refer(
        to text: String, of table: SeriesTable, _ column: String, _ factor: ColumnFactor, _ series: [Double],
        _ dimension: Dimension, _ range: ClosedRange<Double>
    ) -> Double? {
        guard let position = table.position(of: column),
            let own = table.unit(of: position, dimension, factor, units, log)
        else { return nil }
        let ownDimension =
            factor.unit == nil
            ? dimension
            : Dimension.allCases.first { units.engineUnit(of: $0).measuresTheSame(as: own) } ?? .ratio
        let whole = factor.unit.map { own.multiplied(by: $0) } ?? own
        let product = units.reading(whole, as: dimension) ?? whole
        // Engine units of the product for one of the column.
        let scale =
            factor.number * (product.factor / units.engineUnit(of: dimension).factor)
            / ((units.reading(own, as: ownDimension) ?? own).factor / units.engineUnit(of: ownDimension).factor)
        guard scale != 0 else { return 0 }
        let ends = [range.lowerBound / scale, range.upperBound / scale].sorted()
        context.refer(
            to: text,
            CaseContext.Reference(values: series.map { $0 / scale }, dimension: ownDimension, range: ends[0]...ends[1]))
        return scale
    }
}
