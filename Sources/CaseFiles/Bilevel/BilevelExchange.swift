import Foundation
import Games
import LinearModels

/// Bilevel problems as the solvers of this field exchange them: an MPS file with all variables, all rows and the
/// leader's objective, and an AUX file that says which of them are the follower's.
///
/// Where the leader's variables have no bounds, those that all rows together imply are taken: leader and follower keep
/// to the rows at any answer. A search needs some.
package enum BilevelExchange {
    /// - Throws: ``CaseFileError`` with what is wrong.
    package static func read(mps: URL, aux: URL) throws(CaseFileError) -> BilevelProblem {
        let log = DiagnosticLog()
        let (mpsFile, auxFile) = (mps.lastPathComponent, aux.lastPathComponent)
        log.register(file: mpsFile)
        if let text = TextFile.read(aux, file: auxFile, limit: YamlReader.largestFile, log: log) {
            do {
                let table = try ModelTable(mps: mps.path)
                if let (table, auxiliary) = AuxiliaryFile(text, file: auxFile, log: log).flatMap({
                    $0.interdiction == nil ? (table, $0) : interdicted(table, $0, file: auxFile, log: log)
                }),
                    let split = Split(table, auxiliary, file: auxFile, log: log)
                {
                    return try split.problem(named: mps.deletingPathExtension().lastPathComponent)
                }
            } catch let error as ModelTable.Unreadable {
                log.error(SourceLocation(file: mpsFile), error.reason)
            } catch {
                log.error(SourceLocation(file: mpsFile), "\(error)")
            }
        }
        throw CaseFileError(diagnostics: log.inFileOrder)
    }

    /// Which variables and rows belong to whom.
    private struct Split {
        let table: ModelTable
        let leaders: [Int]
        let followers: [Int]
        let followerRows: Set<Int>
        let costs: [Double]
        let isMaximised: Bool

        init?(_ table: ModelTable, _ auxiliary: AuxiliaryFile, file: String, log: DiagnosticLog) {
            self.table = table
            costs = auxiliary.costs
            isMaximised = auxiliary.isMaximised
            let errors = log.errorCount
            func find(_ reference: AuxiliaryFile.Reference, _ line: Int, _ names: [String], _ what: String) -> Int? {
                let location = SourceLocation(file: file, line: line)
                switch reference {
                case .location(let index):
                    if names.indices.contains(index) { return index }
                    log.error(location, "there is no \(what) number \(index); they count from 0 to \(names.count - 1).")
                case .name(let name):
                    if let index = names.firstIndex(of: name) { return index }
                    log.error(
                        location,
                        "there is no \(what) "
                            + "'\(name)'.\(Sentence.suggestion(for: name, among: names, called: "There are"))"
                    )
                }
                return nil
            }
            /// The listed items, each once: an item listed twice replaced another one.
            func findAll(
                _ listed: [(reference: AuxiliaryFile.Reference, line: Int)], _ names: [String], _ what: String
            ) -> [Int] {
                var lines: [Int: Int] = [:]
                return listed.compactMap { reference, line in
                    guard let index = find(reference, line, names, what) else { return nil }
                    if let first = lines[index] {
                        log.error(
                            SourceLocation(file: file, line: line),
                            "the \(what) '\(names[index])' is in line \(first) already. List each once; another is "
                                + "probably meant here."
                        )
                        return nil
                    }
                    lines[index] = line
                    return index
                }
            }
            followers = findAll(auxiliary.variables, table.columns.map(\.name), "variable")
            followerRows = Set(findAll(auxiliary.rows, table.rows.map(\.name), "row"))
            let own = Set(followers)
            leaders = table.columns.indices.filter { !own.contains($0) }
            if leaders.isEmpty { log.error(SourceLocation(file: file), "leaves no variable for the leader.") }
            guard log.errorCount == errors else { return nil }
        }

        func problem(named name: String) throws -> BilevelProblem {
            let names = mendedNames
            let implied = try impliedBounds()
            func variable(_ j: Int) -> BilevelProblem.Variable {
                let column = table.columns[j]
                let bounds = implied[j] ?? (column.lower, column.upper)
                return .init(names[j], lower: bounds.0, upper: bounds.1, isInteger: column.isInteger)
            }
            func factors(_ row: ModelTable.Row, of columns: [Int]) -> [Double] {
                var all = [Double](repeating: 0, count: table.columns.count)
                for term in row.terms { all[term.column] = term.factor }
                return columns.map { all[$0] }
            }
            func rows(ofFollower: Bool) -> [BilevelProblem.Row] {
                table.rows.enumerated().filter { followerRows.contains($0.offset) == ofFollower }.flatMap { _, row in
                    let (x, y) = (factors(row, of: leaders), factors(row, of: followers))
                    func side(_ sense: BilevelProblem.Row.Sense, _ value: Double) -> BilevelProblem.Row {
                        .init(x: x, y: y, sense: sense, side: value)
                    }
                    if row.lower == row.upper { return [side(.equal, row.lower)] }
                    return (row.lower.isFinite ? [side(.atLeast, row.lower)] : [])
                        + (row.upper.isFinite ? [side(.atMost, row.upper)] : [])
                }
            }
            return try BilevelProblem(
                name: name, x: leaders.map(variable), y: followers.map(variable),
                leader: .init(
                    objective: .init(
                        isMaximised: table.isMaximised, constant: table.constant,
                        x: leaders.map { table.columns[$0].cost },
                        y: followers.map { table.columns[$0].cost }), rows: rows(ofFollower: false)),
                follower: .init(
                    objective: .init(isMaximised: isMaximised, x: leaders.map { _ in 0 }, y: costs),
                    rows: rows(ofFollower: true)), optimistic: nil, isProven: false)
        }

        /// Names that are valid in models, still unique.
        private var mendedNames: [String] {
            var taken: Set<String> = []
            return table.columns.map { column in
                let legal = LinearModel.legal(column.name)
                var name = legal.first.map { $0.isNumber || $0 == "." } ?? true ? "_\(legal)" : legal
                while !taken.insert(name).inserted { name += "_" }
                return name
            }
        }

        /// Bounds of the leader's variables that lack one, by all rows together.
        private func impliedBounds() throws -> [Int: (Double, Double)] {
            let open = leaders.filter { !(table.columns[$0].lower.isFinite && table.columns[$0].upper.isFinite) }
            guard !open.isEmpty else { return [:] }
            var model = LinearModel()
            let variables = try table.columns.indices.map {
                try model.variable("x\($0)", in: table.columns[$0].lower...table.columns[$0].upper)
            }
            for (i, row) in table.rows.enumerated()
            where !row.terms.isEmpty && (row.lower.isFinite || row.upper.isFinite) {
                try model.add(
                    range(row.lower, sum(row.terms.map { $0.factor * variables[$0.column] }), row.upper), named: "r\(i)"
                )
            }
            var implied: [Int: (Double, Double)] = [:]
            for j in open {
                var (lower, upper) = (table.columns[j].lower, table.columns[j].upper)
                for isUpper in [false, true] where !(isUpper ? upper : lower).isFinite {
                    if isUpper { try model.maximise(variables[j]) } else { try model.minimise(variables[j]) }
                    guard let end = try Self.optimum(of: model) else { continue }
                    if isUpper { upper = max(lower, end) } else { lower = min(upper, end) }
                }
                if table.columns[j].isInteger {
                    (lower, upper) = ((lower - 1e-6).rounded(.up), (upper + 1e-6).rounded(.down))
                }
                implied[j] = (lower, upper)
            }
            return implied
        }

        /// The optimum, exactly if the rows are few enough for that; nil if there is none, 0 if the rows are
        /// infeasible: then no bounds matter.
        static func optimum(of model: LinearModel) throws -> Double? {
            if model.constraintCount <= fewRows {
                let session = RationalSession(model)
                for room in [RationalSession.Room.none, .rounding] {
                    session.room = room
                    switch session.solve() {
                    case .optimal: return session.shortest(session.objectiveValue)
                    case .unbounded: return nil
                    case .infeasible where room == .none: continue
                    case .infeasible: return 0
                    case .limit: break
                    }
                }
            }
            let session = try SolverSession(model)
            guard try session.solve() == .optimal else { return nil }
            // Outward by the solver's tolerance.
            let room = 1e-9 * max(1, abs(session.objectiveValue))
            return session.objectiveValue + (model.sense == .maximise ? room : -room)
        }

        private static let fewRows = 100
    }
}
