/// Something that a model asks for: a row, a bound of a variable, or that a variable be whole.
public struct ModelRule: Hashable, Sendable {
    public enum Kind: Sendable {
        case row, lowerBound, upperBound, wholeNumber
    }

    public let kind: Kind
    /// Of the row, or of the variable.
    public let name: String
    /// Of the row or the variable; nil where it has none.
    public let tag: ModelTag?
    /// Of the row or the variable, among its like.
    let index: Int
}

/// How far a rule gives way.
public struct RuleChange: Sendable, Equatable {
    public let rule: ModelRule
    /// The bound, or the row's side, that gives way.
    public let limit: Double
    /// What is added to the limit: positive where something goes above it, negative where something stays below.
    public let amount: Double
}

/// A model with its parameters set: bounds are numbers.
struct NumericModel {
    struct Bounds {
        var lower: Double
        var upper: Double
    }

    let model: LinearModel
    let columns: [Bounds]
    let rows: [Bounds]

    init(_ model: LinearModel, at parameters: [Double]) {
        self.model = model
        columns = model.columns.map { column in
            let bounds = Bounds(lower: column.lower.value(at: parameters), upper: column.upper.value(at: parameters))
            guard column.kind == .binary else { return bounds }
            return Bounds(lower: max(0, bounds.lower), upper: min(1, bounds.upper))
        }
        rows = model.rows.map {
            Bounds(lower: $0.lower.value(at: parameters), upper: $0.upper.value(at: parameters))
        }
    }

    /// Everything that the model asks for, whole numbers first, then bounds, then rows. A binary's 0 and 1 are part of
    /// its kind.
    var rules: [ModelRule] {
        func of(_ kind: ModelRule.Kind, where isRule: (Int) -> Bool) -> [ModelRule] {
            model.columns.indices.filter(isRule).map {
                ModelRule(kind: kind, name: model.columns[$0].name, tag: model.columns[$0].tag, index: $0)
            }
        }
        let rows = model.rows.enumerated().map { ModelRule(kind: .row, name: $1.name, tag: $1.tag, index: $0) }
        return of(.wholeNumber) { model.columns[$0].kind != .continuous }
            + of(.lowerBound) { columns[$0].lower.isFinite && !isBinaryEnd($0, columns[$0].lower) }
            + of(.upperBound) { columns[$0].upper.isFinite && !isBinaryEnd($0, columns[$0].upper) } + rows
    }

    private func isBinaryEnd(_ column: Int, _ bound: Double) -> Bool {
        model.columns[column].kind == .binary && (bound == 0 || bound == 1)
            && columns[column].lower == 0 && columns[column].upper == 1
    }

    /// The model with some of its rules and nothing to minimise.
    func keeping(_ isKept: (ModelRule) -> Bool) throws -> LinearModel {
        var result = LinearModel()
        var bounds = columns.indices.map { column in
            model.columns[column].kind == .binary
                ? Bounds(lower: 0, upper: 1) : Bounds(lower: -.infinity, upper: .infinity)
        }
        var kinds = model.columns.map { _ in Variable.Kind.continuous }
        var keptRows: [Int] = []
        for rule in rules where isKept(rule) {
            switch rule.kind {
            case .wholeNumber: kinds[rule.index] = model.columns[rule.index].kind
            case .lowerBound: bounds[rule.index].lower = columns[rule.index].lower
            case .upperBound: bounds[rule.index].upper = columns[rule.index].upper
            case .row: keptRows.append(rule.index)
            }
        }
        for (bound, kind) in zip(bounds, kinds) { try result.append(bound.lower, bound.upper, kind) }
        for row in keptRows {
            try result.append(rows[row].lower, rows[row].upper, model.rows[row].coefficients)
        }
        return result
    }
}

extension LinearModel {
    /// A column without a name of its own. Bounds may cross: then nothing satisfies them.
    @discardableResult
    mutating func append(_ lower: Double, _ upper: Double, _ kind: Variable.Kind) throws -> Int {
        columns.append(
            Column(
                name: "x\(columns.count)", kind: kind, lower: ParameterExpression(lower),
                upper: ParameterExpression(upper)))
        return columns.count - 1
    }

    /// A row without a name of its own.
    mutating func append(_ lower: Double, _ upper: Double, _ coefficients: [(column: Int, value: Double)]) throws {
        rows.append(
            Row(
                name: "r\(rows.count)", lower: ParameterExpression(lower), upper: ParameterExpression(upper),
                coefficients: coefficients))
    }
}

extension LinearModel {
    /// Everything that the model asks for, in its order: whole numbers, bounds, rows.
    ///
    /// - Parameter parameters: one number per parameter.
    public func rules(at parameters: [Double]) -> [ModelRule] { NumericModel(self, at: parameters).rules }

    /// The bounds of a rule's variable, or the sides of its row; infinite where there is none.
    public func limits(of rule: ModelRule, at parameters: [Double]) -> (lower: Double, upper: Double) {
        let (lower, upper) =
            rule.kind == .row
            ? (rows[rule.index].lower, rows[rule.index].upper) : (columns[rule.index].lower, columns[rule.index].upper)
        return (lower.value(at: parameters), upper.value(at: parameters))
    }
}
