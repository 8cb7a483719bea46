/// A model's place within a larger one that it was appended to.
public struct ModelBlock: Sendable {
    /// The block's variables in the larger model, in their order.
    public let variables: [Variable]
    /// The block's parameters in the larger model, in their order.
    public let parameters: [Parameter]
    private let source: LinearModel
    /// What the block was to minimise or maximise, over the larger model.
    public var objective: LinearExpression { moved(source.objective) }

    fileprivate init(_ source: LinearModel, variables: [Variable], parameters: [Parameter]) {
        self.source = source
        self.variables = variables
        self.parameters = parameters
    }

    /// An expression over the block's model as one over the larger model.
    ///
    /// - Precondition: the expression is one that the block's model would accept.
    public func moved(_ expression: LinearExpression) -> LinearExpression {
        precondition(source.owns(expression), "the expression belongs to another model than the block's")
        var result = LinearExpression(moved(expression.constant))
        result.terms = expression.terms.map {
            .init(variable: variables[$0.variable.index], coefficient: $0.coefficient)
        }
        result.products = expression.products.map {
            .init(
                variable: variables[$0.variable.index], parameter: parameters[$0.parameter.index], factor: $0.factor)
        }
        return result
    }

    fileprivate func moved(_ expression: ParameterExpression) -> ParameterExpression {
        var result = expression
        for i in result.terms.indices { result.terms[i].parameter = parameters[result.terms[i].parameter.index] }
        return result
    }
}

extension LinearModel {
    /// Adds another model's variables and constraints behind this one's own, each under `prefix.name`, or under its own
    /// name where there is no prefix.
    ///
    /// A parameter of the same name as one of this model's becomes that one; others are new. The objective stays as it
    /// is: that of the block is handed back.
    ///
    /// - Throws: ``ModelError`` where a name is taken or too long.
    public mutating func append(_ other: LinearModel, named prefix: String? = nil) throws -> ModelBlock {
        try append(other, beyond: [], constraints: 0, named: prefix)
    }

    /// Adds what another model holds behind its first variables and constraints, which this model holds already.
    ///
    /// - Parameters:
    ///   - known: this model's variables that the other's first ones are, in their order.
    ///   - constraints: how many of the other's constraints are here already; they come first.
    /// - Returns: the place of the whole of the other model, what was known included.
    /// - Throws: ``ModelError`` where a name is taken or too long.
    public mutating func append(
        _ other: LinearModel, beyond known: [Variable], constraints: Int, named prefix: String? = nil
    ) throws -> ModelBlock {
        func named(_ name: String) -> String { prefix.map { "\($0).\(name)" } ?? name }
        var shared = Dictionary(parameters.map { (name(of: $0), $0) }) { first, _ in first }
        let moved = try other.parameters.map { parameter -> Parameter in
            let name = other.name(of: parameter)
            if let shared = shared[name] { return shared }
            let copy = try self.parameter(name, value: other.parameterValues[parameter.index])
            parameterRanges[copy.index] = other.parameterRanges[parameter.index]
            // Blocks share their parameters, so that these belong to none.
            parameterTags[copy.index] = other.parameterTags[parameter.index]
            shared[name] = copy
            return copy
        }
        let bounds = ModelBlock(other, variables: [], parameters: moved)
        func tagged(_ tag: ModelTag?) -> ModelTag? {
            guard var tag, let prefix else { return tag }
            tag.block = prefix
            return tag
        }
        let added = try other.columns.dropFirst(known.count).map {
            let variable = try variable(
                named($0.name), from: bounds.moved($0.lower), to: bounds.moved($0.upper), kind: $0.kind)
            columns[variable.index].tag = tagged($0.tag)
            return variable
        }
        let variables = known + added
        for row in other.rows.dropFirst(constraints) {
            let copy = try add(
                sum(row.coefficients.map { $0.value * variables[$0.column] }), between: bounds.moved(row.lower),
                and: bounds.moved(row.upper), named: named(row.name))
            rows[copy.index].tag = tagged(row.tag)
        }
        return ModelBlock(other, variables: variables, parameters: moved)
    }

    /// Adds a model in pieces, one behind the other.
    ///
    /// - Parameters:
    ///   - other: the whole of them.
    ///   - pieces: each variable of the whole is in one of them.
    /// - Returns: the place of the whole.
    /// - Throws: ``ModelError`` where a name is taken or too long.
    package mutating func append(_ other: LinearModel, in pieces: [ModelPart]) throws -> ModelBlock {
        var places: [Variable?] = Array(repeating: nil, count: other.variableCount)
        for piece in pieces {
            for (j, variable) in zip(piece.columns, try append(piece.model).variables) { places[j] = variable }
        }
        let known = Dictionary(parameters.map { (name(of: $0), $0) }) { first, _ in first }
        // One that stands in no piece stands nowhere in the model.
        let parameters = try other.parameters.map { parameter in
            try known[other.name(of: parameter)] ?? self.parameter(other.name(of: parameter))
        }
        return ModelBlock(other, variables: places.compactMap(\.self), parameters: parameters)
    }

    /// Adds `lower <= expression <= upper` as one row; an infinite side is left out.
    @discardableResult
    mutating func add(
        _ expression: LinearExpression, between lower: ParameterExpression, and upper: ParameterExpression,
        named name: String
    ) throws -> Constraint {
        // What a relation cannot say, two sides that hold parameters, is put into the row that says a part of it.
        if lower == upper { return try add(expression == LinearExpression(lower), named: name) }
        if lower.constant == -.infinity { return try add(expression <= LinearExpression(upper), named: name) }
        let row = try add(expression >= LinearExpression(lower), named: name)
        if upper.constant != .infinity { rows[row.index].upper = upper + -expression.constant }
        return row
    }
}
