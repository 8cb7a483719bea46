/// A linear or mixed-integer linear program with names and parameters, independent of any solver.
///
/// ```swift
/// var model = LinearModel()
/// let price = try model.parameter("price", value: 0.5)
/// let buy = try model.variable("buy", in: 0...100)
/// try model.add(buy >= 30, named: "demand")
/// try model.minimise(price * buy)
/// let session = try SolverSession(model)
/// try session.solve()            // buy = 30, objective 15
/// try session.set(price, to: 0.7)
/// try session.solve()            // objective 21; nothing was rebuilt
/// ```
///
/// A model is a value: copying it and adding to the copy leaves the original alone. Every mistake that a solver would
/// answer by aborting the process (NaN, infinite coefficients, crossed bounds, foreign variables) is thrown here as a
/// ``ModelError``.
public struct LinearModel: Sendable {
    struct Column: Sendable {
        var name: String
        var kind: Variable.Kind
        var lower: ParameterExpression
        var upper: ParameterExpression
        var tag: ModelTag?
    }

    struct Row: Sendable {
        var name: String
        var lower: ParameterExpression
        var upper: ParameterExpression
        /// Sorted by variable, each variable once, no zeros.
        var coefficients: [(column: Int, value: Double)]
        var tag: ModelTag?
    }

    public enum Sense: Sendable { case minimise, maximise }

    let identity = ModelIdentity()
    var columns: [Column] = []
    var rows: [Row] = []
    var parameterNames: [String] = []
    package internal(set) var parameterValues: [Double] = []
    /// Where a parameter stays, for those of which it is known.
    var parameterRanges: [Int: ClosedRange<Double>] = [:]
    /// Of parameters that have one.
    var parameterTags: [Int: ModelTag] = [:]
    var objective = LinearExpression()
    public private(set) var sense = Sense.minimise
    private var names: Set<String> = []
    private var rowNames: Set<String> = []

    public init() {}

    public var variableCount: Int { columns.count }
    public var constraintCount: Int { rows.count }
    public var parameterCount: Int { parameterNames.count }
    public var hasIntegers: Bool { columns.contains { $0.kind != .continuous } }

    /// By column.
    public var variableNames: [String] { columns.map(\.name) }
    public func name(of variable: Variable) -> String { columns[variable.index].name }
    public func name(of constraint: Constraint) -> String { rows[constraint.index].name }
    public func name(of parameter: Parameter) -> String { parameterNames[parameter.index] }
    public var parameters: [Parameter] {
        parameterNames.indices.map { Parameter(index: $0, model: identity) }
    }
    /// The variable of that name, for tools that read a model back.
    public func variable(named name: String) -> Variable? {
        columns.firstIndex { $0.name == name }.map { Variable(index: $0, model: identity) }
    }
    /// The constraint of that name.
    public func constraint(named name: String) -> Constraint? {
        rows.firstIndex { $0.name == name }.map { Constraint(index: $0, model: identity) }
    }

    // MARK: Parameters

    /// A new parameter with the value it has until it is set.
    public mutating func parameter(_ name: String, value: Double = 0) throws -> Parameter {
        guard !value.isNaN else { throw ModelError.notANumber(what: "parameter '\(name)'") }
        guard value.isFinite else { throw ModelError.infinite(what: "parameter '\(name)'") }
        parameterNames.append(name)
        parameterValues.append(value)
        return Parameter(index: parameterNames.count - 1, model: identity)
    }

    /// A new parameter of which it is known where it stays, so that `reach(of:)` can tell what follows from it. It
    /// begins at the upper end. Nothing keeps a session from setting it to a value outside.
    public mutating func parameter(_ name: String, in range: ClosedRange<Double>) throws -> Parameter {
        guard range.lowerBound.isFinite else { throw ModelError.infinite(what: "the range of parameter '\(name)'") }
        let parameter = try parameter(name, value: range.upperBound)
        parameterRanges[parameter.index] = range
        return parameter
    }

    /// Where a parameter stays; unlimited where nothing is known.
    public func range(of parameter: Parameter) -> ClosedRange<Double> {
        parameterRanges[parameter.index] ?? -.infinity ... .infinity
    }

    // MARK: Variables

    /// A new variable between constant bounds; infinite bounds are legal.
    public mutating func variable(
        _ name: String, in bounds: ClosedRange<Double>, kind: Variable.Kind = .continuous
    ) throws -> Variable {
        try variable(
            name, from: ParameterExpression(bounds.lowerBound), to: ParameterExpression(bounds.upperBound), kind: kind)
    }

    /// A new variable that is not negative.
    public mutating func variable(_ name: String, kind: Variable.Kind = .continuous) throws -> Variable {
        try variable(name, in: 0...(kind == .binary ? 1 : .infinity), kind: kind)
    }

    /// A new variable whose bounds may hold parameters.
    ///
    /// - Throws: ``ModelError`` when constant bounds cross, a bound is NaN, or a binary's bounds leave `0 ... 1`.
    public mutating func variable(
        _ name: String, from lower: ParameterExpression, to upper: ParameterExpression,
        kind: Variable.Kind = .continuous
    ) throws -> Variable {
        try check(name: name, against: names)
        try check(lower, what: "lower bound of '\(name)'", mayBeInfinite: true)
        try check(upper, what: "upper bound of '\(name)'", mayBeInfinite: true)
        if lower.isConstant, upper.isConstant {
            let (low, high) = (lower.constant, upper.constant)
            guard low <= high, low < .infinity, high > -.infinity else {
                throw ModelError.crossedBounds(variable: name, lower: low, upper: high)
            }
            if kind == .binary, low < 0 || high > 1 {
                throw ModelError.binaryBounds(variable: name, lower: low, upper: high)
            }
        }
        names.insert(name)
        columns.append(Column(name: name, kind: kind, lower: lower, upper: upper))
        return Variable(index: columns.count - 1, model: identity)
    }

    /// Takes away what was added since the model had this many variables and constraints.
    mutating func removeAll(afterVariables variables: Int, constraints: Int) {
        for column in columns[variables...] { names.remove(column.name) }
        for row in rows[constraints...] { rowNames.remove(row.name) }
        columns.removeSubrange(variables...)
        rows.removeSubrange(constraints...)
    }

    // MARK: Constraints

    /// Adds a relation as one row.
    ///
    /// - Throws: ``ModelError`` when a coefficient is NaN or infinite, a variable belongs to another model, a parameter
    ///   multiplies a variable, or no variable is left after terms cancel.
    @discardableResult
    public mutating func add(_ relation: Relation, named name: String) throws -> Constraint {
        try check(name: name, against: rowNames)
        let what = "constraint '\(name)'"
        guard relation.difference.products.isEmpty else {
            throw ModelError.parameterInCoefficient(constraint: name)
        }
        try check(relation.difference, what: what)
        let coefficients = Self.merged(relation.difference.terms)
        for (j, coefficient) in coefficients where !coefficient.isFinite {
            throw ModelError.infinite(what: "coefficient of '\(columns[j].name)' in \(what)")
        }
        guard !coefficients.isEmpty else { throw ModelError.emptyConstraint(constraint: name) }
        let side = -relation.difference.constant
        var lower = ParameterExpression(-.infinity)
        var upper = ParameterExpression(.infinity)
        switch relation.sense {
        case .lessOrEqual: upper = side
        case .equal: (lower, upper) = (side, side)
        case .greaterOrEqual: lower = side
        case .range(let low, let high):
            guard !low.isNaN, !high.isNaN else { throw ModelError.notANumber(what: "a side of \(what)") }
            guard low <= high else { throw ModelError.crossedBounds(variable: name, lower: low, upper: high) }
            guard low < .infinity, high > -.infinity, low > -.infinity || high < .infinity else {
                throw ModelError.infinite(what: "a side of \(what)")
            }
            if low > -.infinity { lower = side + ParameterExpression(low) }
            if high < .infinity { upper = side + ParameterExpression(high) }
        }
        for bound in [lower, upper] where bound.constant.isNaN || !bound.isConstant && !bound.constant.isFinite {
            throw ModelError.infinite(what: "a side of \(what)")
        }
        rowNames.insert(name)
        rows.append(Row(name: name, lower: lower, upper: upper, coefficients: coefficients))
        return Constraint(index: rows.count - 1, model: identity)
    }

    // MARK: Objective

    public mutating func minimise(_ expression: some LinearExpressible) throws {
        try setObjective(expression.linearExpression, sense: .minimise)
    }

    public mutating func maximise(_ expression: some LinearExpressible) throws {
        try setObjective(expression.linearExpression, sense: .maximise)
    }

    /// The objective's value.
    ///
    /// - Parameters:
    ///   - values: one number per variable.
    ///   - parameters: one number per parameter.
    public func objectiveValue(variables values: [Double], parameters: [Double]) -> Double {
        objective.value(variables: values, parameters: parameters)
    }

    private mutating func setObjective(_ expression: LinearExpression, sense: Sense) throws {
        try check(expression, what: "objective")
        for (j, coefficient) in Self.objectiveCoefficients(of: expression) where !coefficient.constant.isFinite {
            throw ModelError.infinite(what: "coefficient of '\(columns[j].name)' in objective")
        }
        objective = expression
        self.sense = sense
    }

    /// Sets an objective that has been checked as part of another model.
    mutating func setCheckedObjective(_ expression: LinearExpression, sense: Sense) {
        objective = expression
        self.sense = sense
    }

    // MARK: Checks

    /// Words that mean something in an LP file, where a name could stand.
    private static let words: Set<String> = [
        "min", "minimise", "minimize", "minimum", "max", "maximise", "maximize", "maximum", "subject", "such", "st",
        "bound", "bounds", "gen", "general", "generals", "int", "integer", "integers", "bin", "binary", "binaries",
        "semi", "semis", "sos", "free", "inf", "infinity", "end",
    ]

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "@"),
            UInt8(ascii: "#"):
            true
        default: false
        }
    }

    /// A name with `_` in the place of every letter that the name of a variable may not hold, as in `price_7_` for
    /// `price[7]`.
    public static func legal(_ name: String) -> String {
        String(decoding: name.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    }

    private func check(name: String, against taken: Set<String>) throws {
        guard name.utf8.allSatisfy(Self.isAllowed), let first = name.utf8.first,
            !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            first != UInt8(ascii: "."), name.utf8.count <= 255,
            name.utf8.count > 9 || !Self.words.contains(name.lowercased())
        else { throw ModelError.badName(name) }
        guard !taken.contains(name) else { throw ModelError.duplicateName(name) }
    }

    private func check(_ bound: ParameterExpression, what: String, mayBeInfinite: Bool) throws {
        guard !bound.constant.isNaN else { throw ModelError.notANumber(what: what) }
        guard mayBeInfinite && bound.isConstant || bound.constant.isFinite else {
            throw ModelError.infinite(what: what)
        }
        for term in bound.terms {
            guard owns(term.parameter) else { throw ModelError.foreignParameter(what: what) }
            guard !term.factor.isNaN else { throw ModelError.notANumber(what: what) }
            guard term.factor.isFinite else { throw ModelError.infinite(what: what) }
        }
    }

    /// Whether a variable is one of this model's; one made later on a copy of the model is not.
    func owns(_ variable: Variable) -> Bool { variable.model == identity && variable.index < columns.count }
    func owns(_ parameter: Parameter) -> Bool { parameter.model == identity && parameter.index < parameterValues.count }
    func owns(_ constraint: Constraint) -> Bool { constraint.model == identity && constraint.index < rows.count }
    func owns(_ expression: LinearExpression) -> Bool {
        expression.terms.allSatisfy { owns($0.variable) }
            && expression.products.allSatisfy { owns($0.variable) && owns($0.parameter) }
            && expression.constant.terms.allSatisfy { owns($0.parameter) }
    }

    func check(_ expression: LinearExpression, what: String) throws {
        for term in expression.terms {
            guard owns(term.variable) else { throw ModelError.foreignVariable(what: what) }
            guard !term.coefficient.isFinite else { continue }
            let location = "coefficient of '\(columns[term.variable.index].name)' in \(what)"
            throw term.coefficient.isNaN ? ModelError.notANumber(what: location) : .infinite(what: location)
        }
        for product in expression.products {
            guard owns(product.variable) else { throw ModelError.foreignVariable(what: what) }
            guard owns(product.parameter) else { throw ModelError.foreignParameter(what: what) }
            guard !product.factor.isFinite else { continue }
            let location = "coefficient of '\(columns[product.variable.index].name)' in \(what)"
            throw product.factor.isNaN ? ModelError.notANumber(what: location) : .infinite(what: location)
        }
        // After the coefficients: an infinite one spoils the constant, and is the better place to look.
        try check(expression.constant, what: "constant of \(what)", mayBeInfinite: false)
    }

    /// Terms summed by variable, in variable order; what cancels is dropped, and what is left of it by rounding, too.
    private static func merged(_ terms: [LinearExpression.Term]) -> [(column: Int, value: Double)] {
        var merged: [(column: Int, value: Double)] = []
        var sizes: [Double] = []
        for term in terms.sorted(by: { $0.variable.index < $1.variable.index }) {
            if let last = merged.last, last.column == term.variable.index {
                merged[merged.count - 1].value += term.coefficient
                sizes[sizes.count - 1] += abs(term.coefficient)
            } else {
                merged.append((term.variable.index, term.coefficient))
                sizes.append(abs(term.coefficient))
            }
        }
        return zip(merged, sizes).filter { abs($0.value) > 4 * .ulpOfOne * $1 || $1 == .infinity }.map(\.0)
    }

    /// Coefficients of the objective by column, each as a parameter expression.
    func objectiveCoefficients() -> [Int: ParameterExpression] { Self.objectiveCoefficients(of: objective) }

    private static func objectiveCoefficients(of objective: LinearExpression) -> [Int: ParameterExpression] {
        var coefficients: [Int: ParameterExpression] = [:]
        for term in objective.terms {
            coefficients[term.variable.index, default: ParameterExpression()].constant += term.coefficient
        }
        for product in objective.products {
            coefficients[product.variable.index, default: ParameterExpression()].terms.append(
                .init(parameter: product.parameter, factor: product.factor))
        }
        return coefficients
    }
}
