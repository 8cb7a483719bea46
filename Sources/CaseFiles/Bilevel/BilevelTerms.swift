import Games

/// Reads objectives and rows, whose keys are variables: `{x1: 2, y1: -1, "<=": 4}`, `{"x1*y1": 1, "x1*x1": 2, constant:
/// 3}`.
struct BilevelTerms {
    static let constant = "constant"

    let x: [String: Int]
    let y: [String: Int]
    private let names: [String]
    private let fields: FieldReader
    private var log: DiagnosticLog { fields.log }

    /// - Parameters:
    ///   - x: names of the leader's variables.
    ///   - y: names of the follower's; names are unique.
    init(x: [String], y: [String], fields: FieldReader) {
        self.x = Dictionary(uniqueKeysWithValues: x.enumerated().map { ($1, $0) })
        self.y = Dictionary(uniqueKeysWithValues: y.enumerated().map { ($1, $0) })
        names = x + y
        self.fields = fields
    }

    func level(_ node: YamlNode, isLeader: Bool, path: String) -> BilevelProblem.Level? {
        let known: KeyValuePairs = [
            "maximise": "the objective.", "minimise": "the objective.", "rows": "a list of rows.",
        ]
        let optional: Set = ["maximise", "minimise", "rows"]
        guard let entries = fields.fields(node, known, optional: optional, path: path) else { return nil }
        let objectives = entries.filter { $0.key != "rows" }
        guard objectives.count == 1, let entry = objectives.first else {
            log.error(node.location, path, "needs one objective: 'maximise' or 'minimise', and not both.")
            return nil
        }
        let wanted = objective(
            entry.node, isLeader: isLeader, isMaximised: entry.key == "maximise", path: "\(path).\(entry.key)")
        let binding = entries["rows"].map { rows($0.node, path: "\(path).rows") } ?? []
        guard let wanted, let binding else { return nil }
        return .init(objective: wanted, rows: binding)
    }

    private func objective(
        _ node: YamlNode, isLeader: Bool, isMaximised: Bool, path: String
    ) -> BilevelProblem.Objective? {
        guard let entries = fields.map(node, path: path) else { return nil }
        var sum = BilevelProblem.Objective(isMaximised: isMaximised, x: zeros(x), y: zeros(y))
        let errors = log.errorCount
        for entry in entries {
            guard let factor = fields.number(entry.node, path: "\(path).\(entry.key)") else { continue }
            if entry.key == Self.constant {
                sum.constant = factor
            } else if entry.key.contains("*") {
                addProduct(factor, entry, isLeader: isLeader, to: &sum, path: path)
            } else {
                add(factor, entry, to: &sum.x, &sum.y, path: path)
            }
        }
        return log.errorCount == errors ? sum : nil
    }

    private func rows(_ node: YamlNode, path: String) -> [BilevelProblem.Row]? {
        fields.list(node, path: path) { row($0, path: $1) }
    }

    private func row(_ node: YamlNode, path: String) -> BilevelProblem.Row? {
        guard let entries = fields.map(node, path: path) else { return nil }
        let senses = entries.filter { BilevelProblem.Row.Sense(rawValue: $0.key) != nil }
        guard senses.count == 1, let sense = BilevelProblem.Row.Sense(rawValue: senses[0].key) else {
            log.error(node.location, path, "needs one right-hand side: a number under '<=', '==' or '>='.")
            return nil
        }
        let errors = log.errorCount
        var row = BilevelProblem.Row(x: zeros(x), y: zeros(y), sense: sense, side: 0)
        for entry in entries {
            guard let factor = fields.number(entry.node, path: "\(path).\(entry.key)") else { continue }
            if entry.key == sense.rawValue {
                row.side = factor
            } else if entry.key.contains("*") {
                log.error(
                    entry.location, "\(path).\(entry.key)",
                    "products are allowed in objectives only. A row is a sum of factors times variables.")
            } else {
                add(factor, entry, to: &row.x, &row.y, path: path)
            }
        }
        return log.errorCount == errors ? row : nil
    }

    private func zeros(_ variables: [String: Int]) -> [Double] { Array(repeating: 0, count: variables.count) }

    private func add(
        _ factor: Double, _ entry: YamlEntry, to xs: inout [Double], _ ys: inout [Double], path: String
    ) {
        if let i = x[entry.key] {
            xs[i] = factor
        } else if let j = y[entry.key] {
            ys[j] = factor
        } else {
            refuse(entry.key, at: entry.location, path: "\(path).\(entry.key)")
        }
    }

    /// `x1*y1` in either order, and for the leader `x1*x1`, `y1*y2` too.
    private func addProduct(
        _ factor: Double, _ entry: YamlEntry, isLeader: Bool, to sum: inout BilevelProblem.Objective, path: String
    ) {
        let path = "\(path).\(entry.key)"
        let parts = entry.key.split(separator: "*", omittingEmptySubsequences: false).map { String($0.trimmingSpaces) }
        let unknown = parts.filter { x[$0] == nil && y[$0] == nil }
        for part in unknown { refuse(part, at: entry.location, path: path) }
        guard unknown.isEmpty else { return }
        let (xs, ys) = (parts.compactMap { x[$0] }, parts.compactMap { y[$0] })
        switch (xs.count, ys.count) {
        case (1, 1): sum.products.append(.init(x: xs[0], y: ys[0], factor: factor))
        case (2, 0) where isLeader: sum.xProducts.append(.init(first: xs[0], second: xs[1], factor: factor))
        case (0, 2) where isLeader: sum.yProducts.append(.init(first: ys[0], second: ys[1], factor: factor))
        default:
            log.error(
                entry.location, path,
                isLeader
                    ? "a product is one of two variables, as in 'x1*y1'."
                    : "a product of the follower's is one of the leader's variables times one of its own, as in "
                        + "'x1*y1'. "
                        + "Only the leader's objective may have others.")
        }
    }

    private func refuse(_ name: String, at location: SourceLocation, path: String) {
        log.error(
            location, path,
            "there is no variable '\(name)'.\(Sentence.suggestion(for: name, among: names, called: "Variables"))")
    }
}
