import Foundation
import Networks

/// A file of a network whose tolls are to be set, in JSON or YAML.
///
///     {"problem": {
///       "V": 3,
///       "A": [{"src": 1, "dst": 2, "cost": 1, "toll": true}, {"src": 1, "dst": 2, "cost": 5, "toll": false}],
///       "K": [{"orig": 1, "dest": 2, "demand": 10}]}}
///
/// Nodes are numbered from 1 to `V`. What stands beside `problem`, and `index` of a commodity, is not read.
public enum NetworkFile {
    /// - Throws: ``CaseFileError`` with everything that is wrong, in file order.
    public static func read(_ url: URL) throws(CaseFileError) -> NetworkPricing {
        let log = DiagnosticLog()
        let file = url.lastPathComponent
        log.register(file: file)
        if let text = TextFile.read(url, file: file, limit: YamlReader.largestFile, log: log),
            let root = YamlReader(file: file, log: log).read(text)
        {
            let name = url.deletingPathExtension().lastPathComponent
            if let network = NetworkReader(fields: FieldReader(log: log)).read(root, name: name), !log.hasErrors {
                return network
            }
        }
        throw CaseFileError(diagnostics: log.inFileOrder)
    }
}

/// One reading of such a file.
struct NetworkReader {
    let fields: FieldReader
    private var log: DiagnosticLog { fields.log }

    func read(_ root: YamlNode, name: String) -> NetworkPricing? {
        guard let entries = fields.map(root, path: "") else { return nil }
        guard let problem = entries["problem"] else {
            log.error(root.location, Sentence.missing("problem", "the network, as {V: 3, A: [...], K: [...]}."))
            return nil
        }
        let path = "problem"
        let known: KeyValuePairs = [
            "V": "number of nodes.", "A": "list of arcs.", "K": "list of commodities.",
        ]
        guard let parts = fields.fields(problem.node, known, path: path), let nodes = parts["V"], let arcs = parts["A"],
            let commodities = parts["K"]
        else { return nil }
        let count = fields.wholeNumber(nodes.node, path: "\(path).V")
        let arcList = fields.list(arcs.node, path: "\(path).A", arc)
        let commodityList = fields.list(commodities.node, path: "\(path).K", commodity)
        guard let count, let arcList, let commodityList else { return nil }
        do throws(NetworkPricingError) {
            return try NetworkPricing(name: name, nodes: count, arcs: arcList, commodities: commodityList)
        } catch {
            log.error(place(of: error, nodes, arcs, commodities), path, "\(error)")
            return nil
        }
    }

    private func place(
        of error: NetworkPricingError, _ nodes: YamlEntry, _ arcs: YamlEntry, _ commodities: YamlEntry
    ) -> SourceLocation {
        func item(_ entry: YamlEntry, _ k: Int) -> SourceLocation { entry.node.items?[k].location ?? entry.location }
        switch error {
        case .nodes: return nodes.node.location
        case .unknownNode(_, "arc", let k, _): return item(arcs, k)
        case .unknownNode(_, _, let k, _): return item(commodities, k)
        case .cost(_, let k): return item(arcs, k)
        case .demand(_, let k), .noFreeWay(let k): return item(commodities, k)
        }
    }

    private func arc(_ node: YamlNode, path: String) -> NetworkPricing.Arc? {
        let known: KeyValuePairs = [
            "src": "node that it leaves.", "dst": "node that it goes to.", "cost": "what a unit pays beside the toll.",
            "toll": "true where a toll is set, else false.",
        ]
        guard let entries = fields.fields(node, known, path: path), let source = entries["src"]?.node,
            let target = entries["dst"]?.node, let cost = entries["cost"]?.node, let toll = entries["toll"]?.node
        else { return nil }
        let (from, to) = (
            fields.wholeNumber(source, path: "\(path).src"), fields.wholeNumber(target, path: "\(path).dst")
        )
        let (price, isTolled) = (fields.number(cost, path: "\(path).cost"), fields.flag(toll, path: "\(path).toll"))
        guard let from, let to, let price, let isTolled else { return nil }
        return .init(from: from, to: to, cost: price, isTolled: isTolled)
    }

    private func commodity(_ node: YamlNode, path: String) -> NetworkPricing.Commodity? {
        let known: KeyValuePairs = [
            "orig": "node that it comes from.", "dest": "node that it goes to.", "demand": "how many units.",
            "index": "its number.",
        ]
        guard let entries = fields.fields(node, known, optional: ["index"], path: path),
            let origin = entries["orig"]?.node, let destination = entries["dest"]?.node,
            let demand = entries["demand"]?.node
        else { return nil }
        let (from, to) = (
            fields.wholeNumber(origin, path: "\(path).orig"), fields.wholeNumber(destination, path: "\(path).dest")
        )
        let units = fields.number(demand, path: "\(path).demand")
        guard let from, let to, let units else { return nil }
        return .init(from: from, to: to, demand: units)
    }
}
