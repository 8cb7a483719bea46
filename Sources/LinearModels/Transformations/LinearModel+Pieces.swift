extension LinearModel {
    /// The model in pieces that share no row, each as a model of its own with the parameters that stand in it: their
    /// optima together are the whole's.
    ///
    /// What rows tie together is one piece, however large. What they do not is put together in the order of variables,
    /// as long as it has no more variables than that.
    ///
    /// - Parameter size: variables.
    /// - Returns: the pieces, by their first variables; the model's own one where all is tied together. A constant of
    ///   the objective is with the first.
    package func pieces(ofAtMost size: Int) throws -> [ModelPart] {
        guard variableCount > size else { return [whole] }
        var piece = [Int](repeating: -1, count: variableCount)
        var (count, filled) = (0, size)
        for members in tiedVariables() {
            if filled + members.count > size { (count, filled) = (count + 1, 0) }
            for j in members { piece[j] = count - 1 }
            filled += members.count
        }
        guard count > 1 else { return [whole] }
        var columns = [[Int]](repeating: [], count: count)
        var rows = columns
        for j in piece.indices { columns[piece[j]].append(j) }
        for (i, row) in self.rows.enumerated() { rows[piece[row.coefficients[0].column]].append(i) }
        let costs = costs(of: piece, count)
        return try columns.indices.map { k in
            let model = try ModelPiece(of: self, columns[k], rows[k], costs[k], constant: k == 0).model
            return ModelPart(model: model, columns: columns[k], rows: rows[k])
        }
    }

    private var whole: ModelPart { ModelPart(model: self, columns: Array(columns.indices), rows: Array(rows.indices)) }

    /// Variables that rows tie together, each list and all of them in the order of variables.
    private func tiedVariables() -> [[Int]] {
        var first = Array(columns.indices)
        func root(_ j: Int) -> Int {
            var j = j
            while first[j] != j {
                first[j] = first[first[j]]
                j = first[j]
            }
            return j
        }
        for row in rows {
            for term in row.coefficients.dropFirst() {
                let (a, b) = (root(row.coefficients[0].column), root(term.column))
                first[max(a, b)] = min(a, b)
            }
        }
        var place: [Int: Int] = [:]
        var lists: [[Int]] = []
        for j in columns.indices {
            let k = place[root(j), default: lists.count]
            if k == lists.count {
                place[root(j)] = k
                lists.append([])
            }
            lists[k].append(j)
        }
        return lists
    }

    /// What of the objective is on the variables of each piece.
    private func costs(of piece: [Int], _ count: Int) -> [LinearExpression] {
        var costs = [LinearExpression](repeating: LinearExpression(), count: count)
        for term in objective.terms { costs[piece[term.variable.index]].terms.append(term) }
        for product in objective.products { costs[piece[product.variable.index]].products.append(product) }
        return costs
    }
}

/// Some variables and rows of a model as a model of their own.
private struct ModelPiece {
    var model = LinearModel()
    private let source: LinearModel
    private var parameters: [Int: Parameter] = [:]

    init(
        of source: LinearModel, _ columns: [Int], _ rows: [Int], _ cost: LinearExpression, constant: Bool
    ) throws {
        self.source = source
        var variables: [Int: Variable] = [:]
        for j in columns {
            let column = source.columns[j]
            let variable = try model.variable(
                column.name, from: moved(column.lower), to: moved(column.upper), kind: column.kind)
            model.columns[variable.index].tag = column.tag
            variables[j] = variable
        }
        for i in rows {
            let row = source.rows[i]
            var form = LinearExpression()
            form.terms = row.coefficients.compactMap { j, value in
                variables[j].map { .init(variable: $0, coefficient: value) }
            }
            let copy = try model.add(form, between: moved(row.lower), and: moved(row.upper), named: row.name)
            model.rows[copy.index].tag = row.tag
        }
        var objective = LinearExpression(constant ? try moved(source.objective.constant) : ParameterExpression())
        objective.terms = cost.terms.compactMap { term in
            variables[term.variable.index].map { .init(variable: $0, coefficient: term.coefficient) }
        }
        for product in cost.products {
            guard let variable = variables[product.variable.index] else { continue }
            objective.products.append(
                .init(variable: variable, parameter: try moved(product.parameter), factor: product.factor))
        }
        model.setCheckedObjective(objective, sense: source.sense)
    }

    private mutating func moved(_ expression: ParameterExpression) throws -> ParameterExpression {
        var result = expression
        for i in result.terms.indices { result.terms[i].parameter = try moved(result.terms[i].parameter) }
        return result
    }

    private mutating func moved(_ parameter: Parameter) throws -> Parameter {
        if let known = parameters[parameter.index] { return known }
        let copy = try model.parameter(source.name(of: parameter), value: source.parameterValues[parameter.index])
        model.parameterRanges[copy.index] = source.parameterRanges[parameter.index]
        model.parameterTags[copy.index] = source.parameterTags[parameter.index]
        parameters[parameter.index] = copy
        return copy
    }
}
