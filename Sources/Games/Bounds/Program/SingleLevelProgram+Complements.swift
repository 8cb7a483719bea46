import LinearModels

extension SingleLevelProgram.Depth {
    /// The closest that pays. Row by row takes some five rows for each number in the followers' programs; where these
    /// are many, not even the first of all programs would be solved within minutes.
    init(closeTo game: StackelbergGame) {
        let numbers = game.followers.reduce(0) { $0 + $1.model.coefficientRows.reduce(0) { $0 + $1.count } }
        self = numbers <= 10_000 ? .complements : .bound
    }
}

extension SingleLevelProgram {
    /// Holds a linear follower at its best row by row and column by column.
    ///
    /// Strong duality says of all of a follower at once that it pays what its dual is worth. But of each column alone
    /// it is true that its reduced cost times itself is what it adds to the dual's objective, and of each row that its
    /// dual times itself is (complementary slackness). With a variable for each product of a row's dual and a quantity
    /// of the row, and of a price and a quantity, all of these are linear:
    ///
    ///     c_j x_j + sum(factor p_k x_j) - sum(a_ij y_i x_j) = worth of column j
    ///     sum(a_ij y_i x_j) = worth of row i
    ///
    /// They are products of constraints as in the reformulation-linearisation technique (Sherali and Adams 1990), the
    /// few of them that are equations. Together with the envelopes of the products they leave about as much as the
    /// convex hull of what a single hour can be.
    ///
    /// - Parameters:
    ///   - program: the follower's, whose payment is the last of ``payments``.
    ///   - block: its variables in this program.
    ///   - costs: its objective over the game's decisions and the variables of the system.
    ///   - prefix: of the names of new variables and rows.
    mutating func addComplements(
        of program: LinearModel, at block: [Variable], dual: DualProgram, costs: BilinearForm, named prefix: String
    ) throws {
        let payment = payments[payments.count - 1]
        let first = game.offset(of: payment.follower).column
        var priced = [[BilinearForm.Product]](repeating: [], count: block.count)
        for term in costs.mergedProducts { priced[term.variable - first].append(term) }
        let ranges = program.ranges
        let sums = Dictionary(
            uniqueKeysWithValues: payment.products.map { (products[$0].envelope.factor, $0) })
        /// A column with a range, or a number where it has none.
        func times(_ factor: Variable, _ j: Int, named name: String) throws -> LinearExpression {
            if ranges[j].lower == ranges[j].upper { return ranges[j].lower * factor }
            if let i = sums[factor], products[i].quantity == block[j] { return products[i].value.linearExpression }
            let envelope = try addEnvelope(of: factor, times: block[j], named: name)
            complements.append(envelope)
            return envelope.value.linearExpression
        }
        var sold: [Int: LinearExpression] = [:]
        var reduced = try block.indices.map { j in
            var sum = costs.ofVariables[first + j] * block[j]
            for term in priced[j] {
                let value = try times(decisions[term.parameter], j, named: "\(prefix).price\(term.parameter).\(j)")
                sum += term.factor * value
                sold[term.parameter, default: LinearExpression()] += term.factor * value
            }
            return sum
        }
        for (i, row) in program.coefficientRows.enumerated() {
            let y = try variable(for: dual.rowDuals[i], named: "\(prefix).worth\(i)")
            let price = row.lazy.compactMap { priced[$0.column].first?.parameter }.first
            rowWorths.append(RowWorth(dual: y, decision: price))
            var activity = LinearExpression()
            for (j, value) in row {
                let term = value * (try times(y, j, named: "\(prefix).row\(i).\(j)"))
                activity += term
                reduced[j] -= term
            }
            try model.addCondition(activity - dual.rowWorths[i] == 0, named: "\(prefix).row\(i)")
        }
        for (j, sum) in reduced.enumerated() where ranges[j].lower != ranges[j].upper {
            try model.addCondition(sum - dual.columnWorths[j] == 0, named: "\(prefix).column\(j)")
        }
        for i in sums.values.sorted() where products[i].amount.loneVariable == nil {
            guard let parts = sold[products[i].decision] else { continue }
            try model.addCondition(products[i].value - parts == 0, named: "\(prefix).sold\(i)")
        }
    }

    /// One variable that is the expression.
    private mutating func variable(for expression: LinearExpression, named name: String) throws -> Variable {
        if let variable = expression.loneVariable { return variable }
        let variable = try model.variable(name, in: model.reach(of: expression))
        try model.add(expression - variable == 0, named: name)
        return variable
    }

    /// Rows that say nothing before they are written.
    var unwrittenRows: [Constraint] {
        products.flatMap(\.envelope.rows) + spareRows + squares.tangents + squares.squares.map(\.chord)
    }
}
