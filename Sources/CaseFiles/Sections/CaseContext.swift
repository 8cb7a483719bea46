import Energy
import EnergyGames

/// What the readers of all sections share while one case is read.
final class CaseContext {
    let log: DiagnosticLog
    let tables: TableStore
    /// The types that devices and flexible demands may have.
    let components: ComponentCatalogue
    var units = UnitSystem()
    var time = TimeGrid(steps: 1, hours: 1)
    /// False where `time` could not be read; then series cannot be read either, and are not complained about.
    var hasTime = false
    /// nil where `time.start` or `time.timezone` could not be read.
    var timeline: Timeline?
    /// Names of the declared carriers, in file order.
    var carriers: [String] = []
    /// Where each of them is declared.
    var carrierLocations: [String: SourceLocation] = [:]
    /// kWh in a cubic metre of carriers that say so.
    var heatingValues: [String: Double] = [:]
    /// Paths of the sizes that are to be decided.
    var decidedSizes: [String] = []
    /// Whether the case has typical days.
    var hasDays = false
    /// Prices and other parts of a tariff that the operator is to decide, by path.
    var posted: [String: (price: PostedPrice, location: SourceLocation)] = [:]
    /// Whether it asks for sizes, so that it needs neither followers nor prices. Known once devices and the operator's
    /// prices are read: where these are to be decided, days are those that one tariff is for.
    var isSizing: Bool { hasDays && posted.isEmpty || decidesSizes }
    /// Whether sizes are decided, by all parties together. Days under prices that are given may be operated, and may be
    /// evaluated as what one tariff is for.
    var decidesSizes: Bool { !decidedSizes.isEmpty }
    /// What makes it ask for sizes, in sentences.
    var sizingCause: String { decidedSizes.first ?? "typical days" }
    /// What a device keeps over all typical days, by path: its size and what it costs to buy.
    var lasting: [String: (value: AttributeValue, location: SourceLocation)] = [:]
    /// Table columns that the case refers to, as `table.column`, with what they say at each step.
    var references: [String: Reference] = [:]
    /// What columns have in place of what their tables say.
    var columns = ColumnChanges()

    /// Columns by `table.column`, one value per step.
    struct ColumnChanges {
        /// As shares of what the tables say: of a scenario.
        var shares: [String: [Double]] = [:]
        /// In the engine's units: of a mean of days.
        var values: [String: [Double]] = [:]

        /// - Parameter factor: of the series, which a value in its place has, too.
        func apply(to series: [Double], of column: String, times factor: Double = 1) -> [Double] {
            values[column].map { factor == 1 ? $0 : $0.map { factor * $0 } } ?? shares[column].map {
                zip(series, $0).map(*)
            } ?? series
        }
    }

    struct Reference {
        /// In the engine's unit, one value per step.
        let values: [Double]
        let dimension: Dimension
        /// What is allowed wherever the column is referred to.
        let range: ClosedRange<Double>
    }

    private var listed: [(location: SourceLocation, value: ListedValue)] = []

    init(log: DiagnosticLog, tables: TableStore, components: ComponentCatalogue = .standard) {
        self.log = log
        self.tables = tables
        self.components = components
    }

    func refer(to column: String, _ reference: Reference) {
        guard let known = references[column] else {
            references[column] = reference
            return
        }
        references[column] = Reference(
            values: known.values, dimension: known.dimension, range: known.range.clamped(to: reference.range))
    }

    /// Notes a value for `show`.
    ///
    /// - Parameter place: decides the order; a default stands where the keys around it do.
    func list(_ path: String, _ value: String, unit: String = "", isDefault: Bool = false, at location: SourceLocation)
    {
        listed.append((location, ListedValue(path: path, value: value, unit: unit, isDefault: isDefault)))
    }

    var listing: [ListedValue] {
        func key(_ location: SourceLocation) -> (Int, Int) { (location.line ?? 0, location.column ?? 0) }
        return listed.enumerated().sorted { a, b in
            let (first, second) = (key(a.element.location), key(b.element.location))
            return first == second ? a.offset < b.offset : first < second
        }.map(\.element.value)
    }
}

/// A value of a case as the engine holds it.
package struct ListedValue: Sendable, Hashable {
    /// Such as `users.commercial.devices.pv.capacity`.
    package let path: String
    /// In the engine's unit; a series as its number of values with least and greatest.
    package let value: String
    /// The engine's unit; empty for words.
    package let unit: String
    /// Whether the case left it out.
    package let isDefault: Bool
}
