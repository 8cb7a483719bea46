import Writing

/// Collects diagnostics while a case is read, and puts them in file order at the end.
///
/// A fault that a table has in many of its rows is told once, with the first places and how many there are.
final class DiagnosticLog {
    private struct Entry {
        var diagnostic: Diagnostic
        /// The same for entries that tell the same of different rows of a table; nil for others.
        var group: Group?
    }
    private struct Group: Hashable {
        let severity: Diagnostic.Severity
        let file: String
        let kind: String
    }

    private var entries: [Entry] = []
    private var known: Set<Diagnostic> = []
    private var rankOfFile: [String: Int] = [:]
    private var tables: Set<String> = []
    /// Faults of one kind that are told each by itself.
    private static let fewest = 3

    /// Fixes the order of a file among the others: files come in the order in which they were first named.
    func register(file: String) {
        if rankOfFile[file] == nil { rankOfFile[file] = rankOfFile.count }
    }

    /// Notes that a file is a table, whose rows may all have the same fault.
    func register(table file: String) {
        register(file: file)
        tables.insert(file.escaped(for: .message))
    }

    func error(_ location: SourceLocation, _ message: String) { error(location, "", message) }

    /// - Parameter kind: what sentences about other rows of the table have in common; nil for path and message without
    ///   numbers and what is quoted.
    func error(_ location: SourceLocation, _ path: String, _ message: String, kind: String? = nil) {
        add(Diagnostic(.error, at: location, path: path, message), kind: kind)
    }

    func warning(_ location: SourceLocation, _ path: String, _ message: String) {
        add(Diagnostic(.warning, at: location, path: path, message))
    }

    private func add(_ diagnostic: Diagnostic, kind: String? = nil) {
        register(file: diagnostic.file)
        guard known.insert(diagnostic).inserted else { return }
        let group =
            tables.contains(diagnostic.file) && diagnostic.line != nil
            ? Group(
                severity: diagnostic.severity, file: diagnostic.file,
                kind: kind ?? Self.pattern("\(diagnostic.path): \(diagnostic.message)")) : nil
        entries.append(Entry(diagnostic: diagnostic, group: group))
        if diagnostic.severity == .error { errorCount += 1 }
    }

    /// A text without numbers and without what is quoted.
    private static func pattern(_ text: String) -> String {
        var isQuoted = false
        return text.filter { character in
            if character == "'" { isQuoted.toggle() }
            return !isQuoted && !character.isNumber && !".-+'".contains(character)
        }
    }

    /// Adds what was found in a part of the case and is not in this log yet.
    func absorb(_ other: DiagnosticLog, from part: String) {
        tables.formUnion(other.tables)
        for entry in other.sorted where !known.contains(entry.diagnostic) {
            var diagnostic = entry.diagnostic
            if !diagnostic.path.isEmpty { diagnostic.path = "\(part): \(diagnostic.path)" }
            add(diagnostic, kind: entry.group.map { "\(part): \($0.kind)" })
        }
    }

    private(set) var errorCount = 0
    var hasErrors: Bool { errorCount > 0 }

    private var sorted: [Entry] {
        func key(_ location: SourceLocation) -> (Int, Int, Int) {
            (rankOfFile[location.file] ?? Int.max, location.line ?? 0, location.column ?? 0)
        }
        return entries.enumerated().sorted { a, b in
            let (first, second) = (key(a.element.diagnostic.location), key(b.element.diagnostic.location))
            return first == second ? a.offset < b.offset : first < second
        }.map(\.element)
    }

    /// What one kind of fault in many rows of a table is told by its first.
    var inFileOrder: [Diagnostic] {
        let sorted = sorted
        var places: [Group: [Int]] = [:]
        for case (let entry, let group?) in sorted.map({ ($0, $0.group) }) {
            places[group, default: []].append(entry.diagnostic.line ?? 0)
        }
        var told: Set<Group> = []
        return sorted.compactMap { entry in
            guard let group = entry.group, let lines = places[group], lines.count > Self.fewest else {
                return entry.diagnostic
            }
            guard told.insert(group).inserted else { return nil }
            var first = entry.diagnostic
            let shown = lines.prefix(Self.fewest).map { "\($0)" }.joined(separator: ", ")
            first.message +=
                " So are \(NumberText.grouped(Double(lines.count))) places in all, the first in lines \(shown)."
            return first
        }
    }
}
