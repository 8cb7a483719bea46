import Foundation
import Writing
import Yams

/// Turns the text of a YAML file into nodes, and refuses what a case does not need: anchors and aliases, merge keys, a
/// second document, tags, tabs, duplicate keys, and unlimited nesting.
struct YamlReader {
    static let largestFile = 20_000_000
    static let deepestNesting = 30

    let file: String
    let log: DiagnosticLog

    /// - Returns: the root, or nil if the text is not valid YAML (the log then says why).
    func read(_ text: String) -> YamlNode? {
        let errors = log.errorCount
        checkText(text)
        guard log.errorCount == errors else { return nil }
        do {
            // Anchors are known only during the lifetime of their parser.
            let parser = try Parser(yaml: text, resolver: .basic)
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    log.error(SourceLocation(file: file), "is empty. A case begins with 'case: {schema: 1, name: …}'.")
                    return nil
                }
                let node = convert(root, depth: 0)
                return log.errorCount == errors ? node : nil
            }
        } catch {
            report(error, in: text)
            return nil
        }
    }

    /// Checks before the text is parsed.
    private func checkText(_ text: String) {
        var scan = YamlScan()
        var lineNumber = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            lineNumber += 1
            let indent = line.prefix { $0 == " " || $0 == "\t" }
            if let tab = indent.firstIndex(of: "\t"), indent.endIndex < line.endIndex,
                !line.trimmingSpaces.hasPrefix("#")
            {
                let column = line.distance(from: line.startIndex, to: tab) + 1
                log.error(
                    SourceLocation(file: file, line: lineNumber, column: column),
                    "a tab is no indentation in YAML. Use spaces.")
            }
            scan.read(line, lineNumber)
        }
        // A few are left to the parser, which distinguishes them from plain text; many may be an attack on it.
        if scan.hasAnchors, scan.aliases.count >= YamlScan.mostAliases {
            for (line, column) in scan.aliases.prefix(20) {
                refuseAnchor(at: SourceLocation(file: file, line: line, column: column))
            }
        }
        if let (line, column) = scan.tooDeep {
            refuseNesting(at: SourceLocation(file: file, line: line, column: column))
        } else if scan.longKeys.count > Self.deepestNesting {
            let (line, column) = scan.longKeys[Self.deepestNesting]
            log.error(
                SourceLocation(file: file, line: line, column: column),
                "maps and lists are nested too deep, or keys begin with '?'. Write keys as 'name: value'.")
        }
    }

    private func refuseAnchor(at location: SourceLocation) {
        log.error(
            location, "anchors and aliases ('&', '*') are not used in a case. Write the value out, or use a variant.")
    }

    private func location(_ mark: Mark?) -> SourceLocation {
        SourceLocation(file: file, line: mark?.line, column: mark?.column)
    }

    private func convert(_ node: Node, depth: Int) -> YamlNode {
        let location = location(node.mark)
        guard node.anchor == nil else {
            refuseAnchor(at: location)
            return YamlNode(location: location, content: .scalar("", quoted: true))
        }
        guard depth <= Self.deepestNesting else {
            refuseNesting(at: location)
            return YamlNode(location: location, content: .scalar("", quoted: true))
        }
        switch node {
        case .scalar(let scalar):
            refuseControl(in: scalar.string, at: location)
            let quoted = scalar.style != .plain
            return YamlNode(location: location, content: .scalar(scalar.string, quoted: quoted))
        case .sequence(let sequence):
            return YamlNode(location: location, content: .list(sequence.map { convert($0, depth: depth + 1) }))
        case .alias:
            refuseAnchor(at: location)
            return YamlNode(location: location, content: .scalar("", quoted: true))
        case .mapping(let mapping):
            var entries: [YamlEntry] = []
            var keys: Set<String> = []
            for (key, value) in mapping {
                let keyLocation = self.location(key.mark)
                guard case .scalar(let scalar) = key, key.anchor == nil else {
                    log.error(keyLocation, "a key must be plain text.")
                    continue
                }
                if scalar.string == "<<" {
                    log.error(
                        keyLocation, "merge keys ('<<') are not used in a case. Write the values out, or use a variant."
                    )
                    continue
                }
                refuseControl(in: scalar.string, at: keyLocation)
                if !keys.insert(scalar.string).inserted { refuseTwin(scalar.string, at: keyLocation) }
                entries.append(
                    YamlEntry(key: scalar.string, location: keyLocation, node: convert(value, depth: depth + 1)))
            }
            return YamlNode(location: location, content: .map(entries))
        }
    }

    /// YAML can write any character by its number; a terminal that shows the text would obey some of them.
    private func refuseControl(in text: String, at location: SourceLocation) {
        guard let control = text.firstControl else { return }
        log.error(location, "contains the control character \(control), which a terminal would obey. Take it out.")
    }

    private func refuseNesting(at location: SourceLocation) {
        log.error(location, "maps and lists are nested more than \(Self.deepestNesting) deep.")
    }

    private func refuseTwin(_ key: String, at location: SourceLocation) {
        log.error(location, "the key '\(key)' appears more than once in the same map. Keep one of them.")
    }

    private func report(_ error: any Error, in text: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            log.error(location(mark), "this is not valid YAML: \(Self.words(problem)).")
        case .composer(_, let problem, let mark, _):
            let sentence =
                problem.contains("another document")
                ? "a second document begins here. A case is one document: take the '---' out."
                : problem.contains("alias")
                    ? "anchors and aliases ('&', '*') are not used in a case. Write the value out, or use a variant."
                    : "this is not valid YAML: \(problem)."
            log.error(location(mark), sentence)
        case .reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
            log.error(SourceLocation(file: file, line: line), "a character cannot be read here: \(problem).")
        case .duplicatedKeysInMapping(let keys, let context):
            refuseTwin(keys.first ?? "", at: location(context.mark))
        default:
            log.error(SourceLocation(file: file), "cannot be read as YAML.")
        }
    }

    private static func words(_ problem: String) -> String {
        problem.contains("nesting level") ? "maps and lists are nested too deep" : problem
    }
}

/// Reading a file as text, with a sentence for each reason why it cannot be read.
enum TextFile {
    static func read(_ url: URL, file: String, limit: Int, log: DiagnosticLog) -> String? {
        content(url, file: file, limit: limit, log: log).flatMap { decode($0, file: file, log: log) }
    }

    static func content(_ url: URL, file: String, limit: Int, log: DiagnosticLog) -> Data? {
        let location = SourceLocation(file: file)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            log.error(location, "there is no such file.")
            return nil
        }
        guard !isFolder.boolValue else {
            log.error(location, "is a folder, not a file.")
            return nil
        }
        // A pipe that a shell passes as a file is read to its end; another pipe or a device may have no end.
        let real = url.resolvingSymlinksInPath()
        let attributes = try? FileManager.default.attributesOfItem(atPath: real.path)
        let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
        guard isFile || ["/dev/fd/", "/dev/stdin", "/proc/self/fd/"].contains(where: url.path.hasPrefix) else {
            log.error(location, "is not a regular file, but a pipe or a device. Write its content to a file.")
            return nil
        }
        let size = attributes?[.size] as? Int ?? 0
        func tooLarge(_ size: Int) {
            log.error(location, "has \(size / 1_000_000) MB; at most \(limit / 1_000_000) MB are read.")
        }
        guard !isFile || size <= limit else {
            tooLarge(size)
            return nil
        }
        guard let handle = try? FileHandle(forReadingFrom: url),
            let data = try? handle.read(upToCount: limit + 1) ?? Data()
        else {
            log.error(location, "cannot be opened.")
            return nil
        }
        guard data.count <= limit else {
            tooLarge(data.count)
            return nil
        }
        return data
    }

    /// UTF-8, with or without a byte order mark.
    static func decode(_ data: Data, file: String, log: DiagnosticLog) -> String? {
        guard let text = String(validating: data, as: UTF8.self) else {
            var line = 1
            for part in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                if String(validating: part, as: UTF8.self) == nil { break }
                line += 1
            }
            log.error(SourceLocation(file: file, line: line), "this line is not UTF-8 text. Save the file as UTF-8.")
            return nil
        }
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }
}
