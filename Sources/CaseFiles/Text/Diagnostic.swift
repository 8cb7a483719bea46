import Writing

/// A place in one of the files of a case. Lines and columns count from 1.
public struct SourceLocation: Sendable, Hashable {
    /// Path as the reader of a message would type it, relative to the case's folder.
    public var file: String
    public var line: Int?
    public var column: Int?

    public init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// One thing that is wrong, or odd, in the files of a case: place, path, and a sentence with fact, reason and fix.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    public enum Severity: String, Sendable, Codable {
        case error, warning
    }

    public var severity: Severity
    public var location: SourceLocation
    /// Where in the case it is, such as `users.commercial.devices.pv.capacity`; empty for an entire file.
    public var path: String
    /// A sentence that follows the path. Text quoted from a file is on one line, with control characters as numbers.
    public var message: String

    public init(_ severity: Severity = .error, at location: SourceLocation, path: String = "", _ message: String) {
        self.severity = severity
        self.location = location
        self.location.file = location.file.escaped(for: .message)
        self.path = path.escaped(for: .message)
        self.message = message.escaped(for: .message)
    }

    public var file: String { location.file }
    public var line: Int? { location.line }
    public var column: Int? { location.column }

    /// One line of text: `case.yaml:42:50  users.commercial.devices.heat_store.capcity: unknown key. …`
    public var rendered: String {
        var text = location.file
        if let line = location.line {
            text += ":\(line)"
            if let column = location.column { text += ":\(column)" }
        }
        text += "  "
        if severity == .warning { text += "warning: " }
        return text + (path.isEmpty ? message : "\(path): \(message)")
    }

    public var description: String { rendered }
}

/// Everything that keeps a case from being read, in file order.
public struct CaseFileError: Error, Sendable, CustomStringConvertible {
    /// At least one error, and the warnings found on the way.
    public let diagnostics: [Diagnostic]

    public init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
    public var description: String { diagnostics.map(\.rendered).joined(separator: "\n") }
}
