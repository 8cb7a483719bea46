import CGLPK

/// The solution file of an external solver, as it is written, and what its log says of bounds.
struct SolutionText {
    var status: SolveStatus
    var hasSolution = false
    /// By name.
    var columns: [String: Double] = [:]
    /// Multipliers by name, where there is no basis.
    var rows: [String: Double] = [:]
    /// Of the minimisation that the file is.
    var bound: Double?
    /// Statuses as GLPK codes them, by name.
    var basis: (rows: [String: Int32], columns: [String: Int32])?

    /// HiGHS' raw style: sections that begin with `#`, one name and value a line.
    ///
    /// - Returns: nil where the text is none.
    init?(highs text: String, log: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.count >= 2, lines[0].hasPrefix("Model status") else { return nil }
        switch lines[1] {
        case "Optimal": status = .optimal
        case "Infeasible": status = .infeasible
        case "Unbounded", "Primal infeasible or unbounded": status = .unbounded
        default: status = .limit(gap: nil)
        }
        enum Part { case none, primal, basis }
        enum Kind { case none, columns, rows }
        var (part, kind, known) = (Part.none, Kind.none, false)
        for line in lines.dropFirst(2) {
            if line.hasPrefix("#") {
                switch true {
                case line.hasPrefix("# Primal"): (part, kind, known) = (.primal, .none, false)
                case line.hasPrefix("# Basis"): (part, kind, known) = (.basis, .none, false)
                case line.hasPrefix("# Columns"): kind = .columns
                case line.hasPrefix("# Rows"): kind = .rows
                default: part = .none
                }
                continue
            }
            if line == "Feasible" {
                known = true
                if part == .primal { hasSolution = true }
                continue
            }
            if line == "Valid", part == .basis {
                known = true
                basis = ([:], [:])
                continue
            }
            guard known, kind != .none, let (name, value) = Self.pair(line) else { continue }
            switch (part, kind) {
            case (.primal, .columns): columns[name] = value
            case (.basis, .columns): basis?.columns[name] = Self.status(value)
            case (.basis, .rows): basis?.rows[name] = Self.status(value)
            default: break
            }
        }
        if status == .infeasible || status == .unbounded { hasSolution = false }
        bound = log.split(separator: "\n").last { $0.contains("Dual bound") }
            .flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    /// CBC's: a headline, then for each row and then each column its number, name, value and multiplier.
    init?(cbc text: String, log: String, rows count: Int, gap: Double) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard let first = lines.first else { return nil }
        switch true {
        case first.hasPrefix("Optimal"): (status, hasSolution) = (.optimal, true)
        case first.hasPrefix("Infeasible"), first.hasPrefix("Integer infeasible"): status = .infeasible
        case first.hasPrefix("Unbounded"): status = .unbounded
        case first.hasPrefix("Stopped"):
            status = .limit(gap: nil)
            hasSolution = !first.contains("no integer solution")
        default: return nil
        }
        for (k, line) in lines.dropFirst().enumerated() {
            let words = line.split(separator: " ").filter { $0 != "**" }
            guard words.count >= 4, let value = Double(words[2]), let multiplier = Double(words[3]) else { continue }
            if k < count { rows[String(words[1])] = multiplier } else { columns[String(words[1])] = value }
        }
        bound = log.split(separator: "\n").last { $0.hasPrefix("Lower bound:") }
            .flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
        if bound == nil, case .optimal = status {
            // It ends at the gap that it was allowed.
            bound = first.split(separator: " ").last.flatMap { Double($0) }.map { $0 - gap * abs($0) }
        }
    }

    /// At the lower bound, basic, at the upper bound, free and not basic.
    private static func status(_ code: Double) -> Int32 {
        switch code {
        case 0: GLP_NL
        case 1: GLP_BS
        case 2: GLP_NU
        default: GLP_NF
        }
    }

    private static func pair(_ line: Substring) -> (String, Double)? {
        let words = line.split(separator: " ")
        guard words.count == 2, let value = Double(words[1]) else { return nil }
        return (String(words[0]), value)
    }
}
