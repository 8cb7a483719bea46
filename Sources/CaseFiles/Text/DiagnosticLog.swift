/// Collects diagnostics while a case is read, and puts them in file order at the end.
final class DiagnosticLog {
    private var entries: [Diagnostic] = []
    private var known: Set<Diagnostic> = []
    private var rankOfFile: [String: Int] = [:]

    /// Fixes the order of a file among the others: files come in the order in which they were first named.
    func register(file: String) {
        if rankOfFile[file] == nil { rankOfFile[file] = rankOfFile.count }
    }

    func error(_ location: SourceLocation, _ message: String) { error(location, "", message) }

    func error(_ location: SourceLocation, _ path: String, _ message: String) {
        add(Diagnostic(.error, at: location, path: path, message))
    }

    func warning(_ location: SourceLocation, _ path: String, _ message: String) {
        add(Diagnostic(.warning, at: location, path: path, message))
    }

    private func add(_ diagnostic: Diagnostic) {
        register(file: diagnostic.file)
        guard known.insert(diagnostic).inserted else { return }
        entries.append(diagnostic)
        if diagnostic.severity == .error { errorCount += 1 }
    }

    /// Adds what was found in a part of the case and is not in this log yet.
    func absorb(_ other: DiagnosticLog, from part: String) {
        for var diagnostic in other.inFileOrder where !known.contains(diagnostic) {
            if !diagnostic.path.isEmpty { diagnostic.path = "\(part): \(diagnostic.path)" }
            add(diagnostic)
        }
    }

    private(set) var errorCount = 0
    var hasErrors: Bool { errorCount > 0 }

    var inFileOrder: [Diagnostic] {
        func key(_ location: SourceLocation) -> (Int, Int, Int) {
            (rankOfFile[location.file] ?? Int.max, location.line ?? 0, location.column ?? 0)
        }
        return entries.enumerated().sorted { a, b in
            let (first, second) = (key(a.element.location), key(b.element.location))
            return first == second ? a.offset < b.offset : first < second
        }.map(\.element)
    }
}
