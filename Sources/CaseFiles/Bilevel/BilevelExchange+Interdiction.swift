import Games
import LinearModels

extension BilevelExchange {
    /// A problem of interdiction as a bilevel problem, as MibS makes one of it (DeNegre 2011): for each variable `y` of
    /// the follower's model a decision `x` of 0 or 1, `y <= u (1 - x)`, a budget for the decisions, and a leader who
    /// wants the opposite of what the follower wants.
    ///
    /// - Returns: nil where something is wrong; the log then says what.
    static func interdicted(
        _ table: ModelTable, _ auxiliary: AuxiliaryFile, file: String, log: DiagnosticLog
    ) -> (ModelTable, AuxiliaryFile)? {
        guard let interdiction = auxiliary.interdiction, let budget = interdiction.budget else { return nil }
        let errors = log.errorCount
        func place(_ reference: AuxiliaryFile.Reference, _ names: [String]) -> Int? {
            switch reference {
            case .location(let index): names.indices.contains(index) ? index : nil
            case .name(let name): names.firstIndex(of: name)
            }
        }
        let count = table.columns.count
        let order = auxiliary.variables.compactMap { place($0.reference, table.columns.map(\.name)) }
        let own = auxiliary.rows.compactMap { place($0.reference, table.rows.map(\.name)) }
        guard Set(order).count == count, order.count == count, Set(own).count == table.rows.count else {
            log.error(
                SourceLocation(file: file),
                "interdiction (IC, IB) needs LC for each of the model's \(count) variables and LR for each of its "
                    + "\(table.rows.count) rows, once: the model is the follower's alone.")
            return nil
        }
        var costs = [Double](repeating: 0, count: count)
        for (k, j) in order.enumerated() {
            let (column, line) = (table.columns[j], auxiliary.variables[k].line)
            let location = SourceLocation(file: file, line: line)
            if column.lower != 0 || !column.upper.isFinite {
                log.error(
                    location,
                    "'\(column.name)' is between \(column.lower) and \(column.upper). What can be forbidden is 0 then, "
                        + "and needs bounds from 0 to a finite number.")
            }
            let wanted = auxiliary.isMaximised == table.isMaximised ? auxiliary.costs[k] : -auxiliary.costs[k]
            if wanted != column.cost {
                log.error(
                    location,
                    "the follower counts '\(column.name)' with \(auxiliary.costs[k])"
                        + "\(auxiliary.isMaximised ? ", maximised" : ""), the model's objective with \(column.cost)"
                        + "\(table.isMaximised ? ", maximised" : ""). In interdiction both are one: the leader wants the "
                        + "opposite. Mend LO or OS.")
            }
            costs[j] = interdiction.costs[k]
        }
        guard log.errorCount == errors else { return nil }

        typealias Term = ModelTable.Term
        let decisions = table.columns.map {
            ModelTable.Column(name: "forbid_\($0.name)", lower: 0, upper: 1, isInteger: true, cost: 0)
        }
        let spending = costs.enumerated().filter { $0.element != 0 }.map { Term(column: $0.offset, factor: $0.element) }
        let spent = ModelTable.Row(name: "@budget", lower: -.infinity, upper: budget, terms: spending)
        let rows = table.rows.map { row in
            ModelTable.Row(
                name: row.name, lower: row.lower, upper: row.upper,
                terms: row.terms.map { Term(column: count + $0.column, factor: $0.factor) })
        }
        let switches = table.columns.enumerated().map { j, column in
            ModelTable.Row(
                name: "@forbid\(j)", lower: -.infinity, upper: column.upper,
                terms: [Term(column: j, factor: column.upper), Term(column: count + j, factor: 1)])
        }
        let extended = ModelTable(
            columns: decisions + table.columns, rows: [spent] + rows + switches, constant: table.constant,
            isMaximised: !table.isMaximised)
        var follower = auxiliary
        follower.move(
            to: count..<2 * count, rows: 1..<1 + rows.count + switches.count,
            costs: table.columns.map { auxiliary.isMaximised == table.isMaximised ? $0.cost : -$0.cost })
        return (extended, follower)
    }
}
