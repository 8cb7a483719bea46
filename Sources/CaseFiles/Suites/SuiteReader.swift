import Energy
import Foundation

/// Reads a benchmark suite: a YAML file that names problems, budget and targets.
public struct SuiteReader {
    private let file: URL
    private let functions: [String]
    private let log = DiagnosticLog()
    private let context: CaseContext
    private var reader: AttributeReader { AttributeReader(context: context) }
    private var name: String { file.lastPathComponent }
    private var folder: URL { file.deletingLastPathComponent() }

    /// - Parameters:
    ///   - url: the suite's file.
    ///   - functions: names of the test functions that there are.
    /// - Throws: ``CaseFileError`` with everything that is wrong, in file order.
    public static func read(_ url: URL, functions: [String]) throws(CaseFileError) -> SuiteFile {
        let reader = SuiteReader(file: url, functions: functions)
        if let suite = reader.read(), !reader.log.hasErrors { return suite }
        throw CaseFileError(diagnostics: reader.log.inFileOrder)
    }

    private init(file: URL, functions: [String]) {
        self.file = file
        self.functions = functions
        context = CaseContext(
            log: log, tables: TableStore(folder: CaseFolder(file.deletingLastPathComponent()), log: log))
        log.register(file: file.lastPathComponent)
    }

    private func read() -> SuiteFile? {
        guard let text = TextFile.read(file, file: name, limit: YamlReader.largestFile, log: log),
            let document = YamlReader(file: name, log: log).read(text)
        else { return nil }
        guard let root = document.entries else {
            log.error(
                document.location,
                "a suite is a map with 'suite', 'targets' and 'problems', but this is \(document.shown).")
            return nil
        }
        let known = CaseSchema.suiteRoot.parts
        for entry in root where !known.contains(where: { $0.name == entry.key }) {
            log.error(entry.location, entry.key, Sentence.unknownKey(entry.key, among: known.map(\.name)))
        }
        for part in known where root[part.name] == nil {
            log.error(SourceLocation(file: name), Sentence.missing(part.name, part.meaning))
        }
        // What is there is read, so that its mistakes are told beside what is missing.
        let values = root["suite"].flatMap { head in
            reader.map(head.node, path: "suite").map {
                reader.read($0, at: head.location, path: "suite", schema: CaseSchema.suite.attributes)
            }
        }
        let gaps = root["targets"].map(readTargets) ?? []
        let read = root["problems"].map(readProblems) ?? []
        guard let values, values.isComplete, !log.hasErrors else { return nil }
        func count(_ key: String) -> Int { (try? values.values.count(key)) ?? 1 }
        let suiteName = values.values.optionalText("name") ?? ""
        return SuiteFile(
            name: suiteName, title: values.values.optionalText("title") ?? suiteName, version: count("version"),
            population: count("population"), evaluations: count("evaluations"), targets: gaps,
            problems: read.map(\.problem), inputFiles: [file] + read.flatMap(\.files).unique)
    }

    private func readTargets(_ entry: YamlEntry) -> [Double] {
        guard let items = entry.node.items, !items.isEmpty else {
            log.error(entry.location, "targets", "\(entry.node.shown) is no list of gaps. Write it as [0.1, 0.01].")
            return []
        }
        let gaps = items.enumerated().compactMap { i, node in
            reader.quantity(node, .ratio, 1e-300...1e300, path: "targets[\(i)]")
        }
        for (a, b) in zip(gaps, gaps.dropFirst()) where b >= a {
            log.error(
                entry.location, "targets", "must fall from the widest gap to the narrowest, but \(b) follows \(a).")
        }
        return gaps
    }

    // MARK: Problems

    private typealias ReadProblem = (problem: SuiteFile.Problem, files: [URL])

    private func readProblems(_ entry: YamlEntry) -> [ReadProblem] {
        guard let items = entry.node.items, !items.isEmpty else {
            log.error(entry.location, "problems", "\(entry.node.shown) is no list of problems. Begin each with '- '.")
            return []
        }
        var locations: [String: Int] = [:]
        var problems: [ReadProblem] = []
        for (i, node) in items.enumerated() {
            let path = "problems[\(i)]"
            guard let entries = reader.map(node, path: path) else { continue }
            for problem in readProblem(entries, at: node.location, path: path) {
                if let first = locations[problem.problem.name] {
                    log.error(
                        node.location, path,
                        "is named '\(problem.problem.name)', as problems[\(first)] is already. Give it another 'name', or take it out."
                    )
                }
                locations[problem.problem.name] = i
                problems.append(problem)
            }
        }
        return problems
    }

    private func readProblem(_ entries: [YamlEntry], at location: SourceLocation, path: String) -> [ReadProblem] {
        let kinds = ["function", "case", "bilevel", "network"]
        switch entries.first(where: { kinds.contains($0.key) })?.key {
        case "function": return readFunction(entries, at: location, path: path).map { [$0] } ?? []
        case "case": return readCase(entries, at: location, path: path).map { [$0] } ?? []
        case "bilevel": return readBilevel(entries, at: location, path: path)
        case "network": return readNetwork(entries, at: location, path: path).map { [$0] } ?? []
        default:
            log.error(
                location, path,
                "does not say what kind of problem it is. Begin it with one of: \(kinds.joined(separator: ", ")).")
            return []
        }
    }

    private func readFunction(_ entries: [YamlEntry], at location: SourceLocation, path: String) -> ReadProblem? {
        let read = reader.read(entries, at: location, path: path, schema: CaseSchema.suiteFunction.attributes)
        guard read.isComplete, let function = read.values.optionalText("function"),
            let dimension = try? read.values.count("dimension")
        else { return nil }
        guard functions.contains(function) else {
            log.error(
                read.location(of: "function"), "\(path).function",
                "there is no function '\(function)'."
                    + Sentence.suggestion(for: function, among: functions, called: "Functions"))
            return nil
        }
        let isRotated = read.values["rotated"] == .flag(true)
        return (
            SuiteFile.Problem(
                name: (isRotated ? "rotated-" : "") + "\(function)-\(dimension)",
                content: .function(function, dimension: dimension, isRotated: isRotated), bestKnown: 0), []
        )
    }

    private func readCase(_ entries: [YamlEntry], at location: SourceLocation, path: String) -> ReadProblem? {
        let read = reader.read(entries, at: location, path: path, schema: CaseSchema.suiteCase.attributes)
        return content("case", of: read, path: path) { url throws(CaseFileError) in
            let energyCase = try CaseReader.read(url, variant: read.values.optionalText("variant"))
            let variant = energyCase.variant.map { "-\($0)" } ?? ""
            return (
                SuiteFile.Problem(
                    name: read.values.optionalText("name") ?? energyCase.name + variant,
                    content: .energyCase(energyCase), bestKnown: read.values.optionalNumber("best_known")),
                energyCase.inputFiles
            )
        }
    }

    private func readBilevel(_ entries: [YamlEntry], at location: SourceLocation, path: String) -> [ReadProblem] {
        let read = reader.read(entries, at: location, path: path, schema: CaseSchema.suiteBilevel.attributes)
        return content("bilevel", of: read, path: path) { url throws(CaseFileError) in
            try BilevelFile.read(url).map {
                (SuiteFile.Problem(name: $0.name, content: .bilevel($0), bestKnown: $0.optimistic?.value), [url])
            }
        } ?? []
    }

    private func readNetwork(_ entries: [YamlEntry], at location: SourceLocation, path: String) -> ReadProblem? {
        let read = reader.read(entries, at: location, path: path, schema: CaseSchema.suiteNetwork.attributes)
        return content("network", of: read, path: path) { url throws(CaseFileError) in
            let network = try NetworkFile.read(url)
            return (
                SuiteFile.Problem(
                    name: read.values.optionalText("name") ?? network.name, content: .network(network),
                    bestKnown: read.values.optionalNumber("best_known")), [url]
            )
        }
    }

    /// What a file or folder holds that the suite names under a key; what is wrong with it stands at that key.
    private func content<Content>(
        _ key: String, of read: ReadValues, path: String, _ open: (URL) throws(CaseFileError) -> Content
    ) -> Content? {
        guard read.isComplete, let name = read.values.optionalText(key) else { return nil }
        do throws(CaseFileError) {
            return try open(folder.appendingPathComponent(name).standardizedFileURL)
        } catch {
            for problem in error.diagnostics {
                log.error(read.location(of: key), "\(path).\(key)", "in \(name), \(problem.rendered)")
            }
            return nil
        }
    }
}

extension [URL] {
    /// Without repetitions, in order.
    fileprivate var unique: [URL] {
        var seen: Set<URL> = []
        return filter { seen.insert($0).inserted }
    }
}
