import Foundation
import Games
import LinearModels

/// Bilevel problems as the solvers of this field exchange them: an MPS file with all variables, all rows and the leader's objective, and an
/// AUX file that says which of them are the follower's.
///
/// The leader's variables need bounds. Where the file has none, those that all rows together imply are taken: both sides keep to the rows
/// at any answer.
public enum BilevelExchange {
    /// - Throws: ``CaseFileError`` with what is wrong.
    public static func read(mps: URL, aux: URL) throws(CaseFileError) -> BilevelProblem {
        let log = DiagnosticLog()
        let (mpsFile, auxFile) = (mps.lastPathComponent, aux.lastPathComponent)
        log.register(file: mpsFile)
        if let text = TextFile.read(aux, file: auxFile, limit: YamlReader.largestFile, log: log) {
            do {
                let table = try ModelTable(mps: mps.path)
                if let auxiliary = AuxiliaryFile(text, file: auxFile, log: log),
                    let split = Split(table, auxiliary, file: auxFile, log: log)
                {
                    return try split.problem(named: mps.deletingPathExtension().lastPathComponent)
                }
            } catch let error as ModelTable.Unreadable {
                log.error(Place(file: mpsFile), error.reason)
            } catch {
                log.error(Place(file: mpsFile), "\(error)")
            }
        }
        throw CaseFileError(diagnostics: log.inFileOrder)
    }

    /// What is whose.
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
                let place = Place(file: file, line: line)
                switch reference {
                case .place(let index):
                    if names.indices.contains(index) { return index }
                    log.error(place, "there is no \(what) number \(index); they count from 0 to \(names.count - 1).")
                case .name(let name):
                    if let index = names.firstIndex(of: name) { return index }
                    log.error(
                        place,
                        "there is no \(what) '\(name)'.\(Sentence.suggestion(for: name, among: names, called: "There are"))"
                    )
                }
                return nil
            }
            let columnNames = table.columns.map(\.name)
            followers = auxiliary.variables.compactMap { find($0.reference, $0.line, columnNames, "variable") }
            followerRows = Set(
                auxiliary.rows.compactMap { find($0.reference, $0.line, table.rows.map(\.name), "row") })
            let own = Set(followers)
            leaders = table.columns.indices.filter { !own.contains($0) }
            if own.count < followers.count { log.error(Place(file: file), "names a variable of the follower twice.") }
            if leaders.isEmpty { log.error(Place(file: file), "leaves no variable for the leader.") }
            guard log.errorCount == errors else { return nil }
        }

        func problem(named name: String) throws -> BilevelProblem {
            let names = table.columns.map { mended($0.name) }
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
            let hasIntegers = table.columns.contains(where: \.isInteger)
            return try BilevelProblem(
                name: name, category: hasIntegers ? .integer : .linear, x: leaders.map(variable),
                y: followers.map(variable),
                leader: .init(
                    objective: .init(
                        constant: table.constant, x: leaders.map { table.columns[$0].cost },
                        y: followers.map { table.columns[$0].cost }), rows: rows(ofFollower: false)),
                follower: .init(
                    objective: .init(isMaximised: isMaximised, x: leaders.map { _ in 0 }, y: costs),
                    rows: rows(ofFollower: true)), optimistic: nil, isProven: false)
        }

        private func mended(_ name: String) -> String {
            let legal = LinearModel.legal(name)
            return legal.first.map { $0.isNumber || $0 == "." } ?? true ? "_\(legal)" : legal
        }

        /// Bounds of the leader's variables that lack one, by all rows together.
        private func impliedBounds() throws -> [Int: (Double, Double)] {
            let open = leaders.filter { !(table.columns[$0].lower.isFinite && table.columns[$0].upper.isFinite) }
            guard !open.isEmpty else { return [:] }
            var model = LinearModel()
            let variables = try table.columns.indices.map {
                try model.variable("x\($0)", in: table.columns[$0].lower...table.columns[$0].upper)
            }
            for (i, row) in table.rows.enumerated() where !row.terms.isEmpty {
                try model.add(
                    range(row.lower, sum(row.terms.map { $0.factor * variables[$0.column] }), row.upper), named: "r\(i)"
                )
            }
            var implied: [Int: (Double, Double)] = [:]
            for j in open {
                var (lower, upper) = (table.columns[j].lower, table.columns[j].upper)
                for isUpper in [false, true] where !(isUpper ? upper : lower).isFinite {
                    if isUpper { try model.maximise(variables[j]) } else { try model.minimise(variables[j]) }
                    let session = try Session(model)
                    guard try session.solve() == .optimal else { continue }
                    // Outward to a number that is no worse for being rounded.
                    let value = session.objectiveValue
                    let room = 1e-9 * max(1, abs(value))
                    if isUpper { upper = value + room } else { lower = value - room }
                }
                if table.columns[j].isInteger {
                    (lower, upper) = ((lower - 1e-6).rounded(.up), (upper + 1e-6).rounded(.down))
                }
                implied[j] = (lower, upper)
            }
            return implied
        }
    }
}
