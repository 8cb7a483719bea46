import Foundation
import Games

/// A file of bilevel problems in algebraic form, in JSON or YAML, such as `data/benchmarks/bilevel/problems.json`.
///
///     problems:
///       - name: toll
///         class: price
///         source: made for this example
///         x: [{name: toll, lower: 0, upper: 4}]
///         y: [{name: road, lower: 0, upper: 1}, {name: detour, lower: 0}]
///         leader: {maximise: {"toll*road": 1}}
///         follower:
///           minimise: {"toll*road": 1, detour: 2}
///           rows: [{road: 1, detour: 1, "==": 1}]
///         optimistic: {status: proven, value: 2, x: [2], verified: by hand}
///
/// Of a problem of one's own no optimum is known, and `class`, `source` and `optimistic` are left out.
public enum BilevelFile {
    /// - Throws: ``CaseFileError`` with everything that is wrong, in file order.
    public static func read(_ url: URL) throws(CaseFileError) -> [BilevelProblem] {
        let log = DiagnosticLog()
        let file = url.lastPathComponent
        log.register(file: file)
        if let text = TextFile.read(url, file: file, limit: YamlReader.largestFile, log: log),
            let problems = BilevelReader(log: log).read(text, file: file), !log.hasErrors
        {
            return problems
        }
        throw CaseFileError(diagnostics: log.inFileOrder)
    }
}

/// One reading of a file, problem by problem.
struct BilevelReader {
    let fields: FieldReader
    var log: DiagnosticLog { fields.log }

    init(log: DiagnosticLog) { fields = FieldReader(log: log) }

    func read(_ text: String, file: String) -> [BilevelProblem]? { root(text, file: file).flatMap(read) }

    /// The whole file, whatever is in it.
    func root(_ text: String, file: String) -> YamlNode? {
        guard !text.allSatisfy(\.isWhitespace) else {
            log.error(SourceLocation(file: file), "is empty. A file of problems begins with 'problems:' and a list.")
            return nil
        }
        return YamlReader(file: file, log: log).read(text)
    }

    func read(_ root: YamlNode) -> [BilevelProblem]? {
        guard let entries = fields.fields(root, ["problems": "a list of bilevel problems."], path: ""),
            let node = entries["problems"]?.node, let items = fields.items(node, path: "problems")
        else { return nil }
        var names: Set<String> = []
        for (i, item) in items.enumerated() {
            guard let name = item.entries?["name"]?.node, let text = name.text, !names.insert(text).inserted else {
                continue
            }
            log.error(
                name.location, "problems[\(i)].name", "there is a problem '\(text)' already. Choose another name.")
        }
        return fields.list(node, path: "problems") { problem($0, path: $1) }
    }

    private func problem(_ node: YamlNode, path: String) -> BilevelProblem? {
        // Messages name the problem if it has a name.
        let path = node.entries?["name"]?.node.text.flatMap { $0.isEmpty ? nil : $0 } ?? path
        let known: KeyValuePairs = [
            "name": "name of the problem.", "class": "\(Self.categories.joined(separator: ", ")).",
            "source": "where the problem is from.", "note": "further remarks.",
            "x": "the leader's variables.", "y": "the follower's variables.",
            "leader": "the leader's objective and rows.", "follower": "the follower's objective and rows.",
            "optimistic": "the best known value and decision.",
            "pessimistic": "the same, with ties against the leader.",
        ]
        guard let entries = fields.fields(node, known, optional: Self.notes, path: path) else { return nil }
        func at<T>(_ key: String, _ read: (YamlNode, String) -> T?) -> T? {
            entries[key].flatMap { read($0.node, FieldReader.join(path, key)) }
        }
        let errors = log.errorCount
        let words = ["name", "source", "note"].map { at($0) { fields.text($0, path: $1) } }
        let category = at("class") { fields.choice($0, Self.categories, path: $1) }
        let x = at("x") { variables($0, isLeader: true, path: $1) }
        let y = at("y") { variables($0, isLeader: false, path: $1) }
        let optimistic = at("optimistic", optimum)
        let pessimistic = at("pessimistic", point)
        guard let x, let y, let yNode = entries["y"]?.node else { return nil }
        var names: Set<String> = []
        if let twin = (x + y).first(where: { !names.insert($0.name).inserted }) {
            log.error(yNode.location, "\(path).y", "\(BilevelProblemError.duplicateName(twin.name))")
            return nil
        }
        let terms = BilevelTerms(x: x.map(\.name), y: y.map(\.name), fields: fields)
        let leader = at("leader") { terms.level($0, isLeader: true, path: $1) }
        let follower = at("follower") { terms.level($0, isLeader: false, path: $1) }
        guard log.errorCount == errors, let name = words[0], let leader, let follower else { return nil }
        do {
            return try BilevelProblem(
                name: name, source: words[1] ?? "", note: words[2] ?? "", category: category.flatMap(Category.init),
                x: x, y: y, leader: leader, follower: follower, optimistic: optimistic?.point,
                isProven: optimistic?.isProven ?? false, verification: optimistic?.verification ?? "",
                bound: optimistic?.bound, pessimistic: pessimistic)
        } catch {
            log.error(node.location, path, "\(error)")
            return nil
        }
    }

    /// What says where a problem is from and what is known of it.
    private static let notes: Set = ["class", "source", "note", "optimistic", "pessimistic"]
    private typealias Category = BilevelProblem.Category
    private static let categories = Category.allCases.map(\.rawValue)

    private func variables(_ node: YamlNode, isLeader: Bool, path: String) -> [BilevelProblem.Variable]? {
        fields.list(node, path: path) { item, path -> BilevelProblem.Variable? in
            let known: KeyValuePairs = [
                "name": "name of the variable.",
                "lower": isLeader ? "a search needs a box." : "its least value.",
                "upper": isLeader ? "a search needs a box." : "its greatest value.", "integer": "true or false.",
            ]
            let optional: Set = isLeader ? ["integer"] : ["lower", "upper", "integer"]
            guard let entries = fields.fields(item, known, optional: optional, path: path),
                let nameNode = entries["name"]?.node, let name = fields.text(nameNode, path: "\(path).name")
            else { return nil }
            guard Identifier.isValid(name), name != BilevelTerms.constant else {
                log.error(nameNode.location, "\(path).name", "'\(name)' cannot be a name. \(Identifier.rule)")
                return nil
            }
            let errors = log.errorCount
            let bounds = ["lower", "upper"].map { key in
                entries[key].flatMap { fields.number($0.node, path: "\(path).\(key)") }
            }
            let isInteger = entries["integer"].flatMap { fields.flag($0.node, path: "\(path).integer") }
            guard log.errorCount == errors else { return nil }
            return .init(
                name, lower: bounds[0] ?? -.infinity, upper: bounds[1] ?? .infinity, isInteger: isInteger ?? false)
        }
    }

    // MARK: What is known

    private typealias Optimum = (point: BilevelProblem.Point, isProven: Bool, bound: Double?, verification: String)

    private func optimum(_ node: YamlNode, path: String) -> Optimum? {
        let known: KeyValuePairs = [
            "status": "proven, or best known.", "value": "the leader's objective.", "x": "the leader's decision.",
            "bound": "bound on the value.", "verified": "how it was checked.",
        ]
        guard let entries = fields.fields(node, known, optional: ["bound"], path: path),
            let status = entries["status"]?.node, let verified = entries["verified"]?.node
        else { return nil }
        let word = fields.choice(status, ["proven", "best known"], path: "\(path).status")
        let bound = entries["bound"].map { fields.number($0.node, path: "\(path).bound") }
        let verification = fields.text(verified, path: "\(path).verified")
        let point = point(entries, path: path)
        guard let word, let verification, let point, bound == nil || bound! != nil else { return nil }
        if word == "proven", let entry = entries["bound"] {
            log.error(
                entry.location, "\(path).bound",
                "a proven optimum is its own bound. Take it out, or write 'best known' as status.")
            return nil
        }
        return (point, word == "proven", bound ?? nil, verification)
    }

    private func point(_ node: YamlNode, path: String) -> BilevelProblem.Point? {
        let known: KeyValuePairs = ["value": "the leader's objective.", "x": "the leader's decision."]
        return fields.fields(node, known, path: path).flatMap { point($0, path: path) }
    }

    private func point(_ entries: [YamlEntry], path: String) -> BilevelProblem.Point? {
        let value = entries["value"].flatMap { fields.number($0.node, path: "\(path).value") }
        let x = entries["x"].flatMap { fields.numbers($0.node, path: "\(path).x") }
        guard let value, let x else { return nil }
        return .init(value: value, x: x)
    }
}
