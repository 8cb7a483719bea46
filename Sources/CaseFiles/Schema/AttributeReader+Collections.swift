import Energy
import Writing

/// Values made of several numbers.
extension AttributeReader {
    /// A number, or `{min: …, max: …}` for a size to be decided.
    func size(
        _ node: YamlNode, _ dimension: Dimension, _ range: ClosedRange<Double>, path: String
    ) -> AttributeValue? {
        guard let entries = node.entries else {
            return quantity(node, dimension, range, path: path).map { .number($0) }
        }
        let ends = read(
            entries, at: node.location, path: path,
            schema: [
                Attribute("min", .quantity(dimension, range), "Lower bound of a size to be decided."),
                Attribute("max", .quantity(dimension, range), "Upper bound of a size to be decided."),
            ])
        guard ends.isComplete, let low = ends.values.optionalNumber("min"), let high = ends.values.optionalNumber("max")
        else { return nil }
        guard low <= high else {
            let unit = context.units.engineSymbol(of: dimension)
            log.error(ends.location(of: "min"), "\(path).min", Attribute.crossed(low, high, unit: unit))
            return nil
        }
        return .range(low...high)
    }

    func perCarrier(
        _ node: YamlNode, _ dimension: Dimension, _ range: ClosedRange<Double>, path: String
    ) -> AttributeValue? {
        guard let entries = node.entries else {
            log.error(
                node.location, path,
                "must be a map from carrier to number, as {electricity: 0.36}, but is \(node.shown).")
            return nil
        }
        var amounts: [CarrierAmount] = []
        for entry in entries {
            guard checkCarrier(entry.key, at: entry.location, path: "\(path).\(entry.key)"),
                let amount = about(entry.key).quantity(entry.node, dimension, range, path: "\(path).\(entry.key)")
            else { continue }
            amounts.append(CarrierAmount(entry.key, amount))
        }
        return amounts.count == entries.count ? .perCarrier(amounts) : nil
    }

    func points(
        _ node: YamlNode, _ x: Dimension, _ y: Dimension, minimum: Int, path: String
    ) -> AttributeValue? {
        guard let items = node.items else {
            log.error(node.location, path, "must be a list of pairs, as [[0, 1], [2, 3]], but is \(node.shown).")
            return nil
        }
        guard items.count >= minimum else {
            log.error(node.location, path, Attribute.tooFewPairs(items.count, minimum: minimum))
            return nil
        }
        let all = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
        var points: [Point] = []
        for (k, item) in items.enumerated() {
            guard let pair = item.items, pair.count == 2 else {
                log.error(item.location, "\(path)[\(k)]", Attribute.noPair)
                continue
            }
            guard let first = quantity(pair[0], x, all, path: "\(path)[\(k)]"),
                let second = quantity(pair[1], y, all, path: "\(path)[\(k)]")
            else { continue }
            points.append(Point(x: first, y: second))
        }
        return points.count == items.count ? .points(points) : nil
    }

    func list(
        _ node: YamlNode, _ dimension: Dimension, _ range: ClosedRange<Double>, _ count: Int, path: String
    ) -> AttributeValue? {
        guard let items = node.items else {
            log.error(node.location, path, "must be a list of \(count) numbers, but is \(node.shown).")
            return nil
        }
        guard items.count == count else {
            log.error(node.location, path, Attribute.wrongCount(items.count, of: count))
            return nil
        }
        let values = items.enumerated().compactMap { quantity($1, dimension, range, path: "\(path)[\($0)]") }
        return values.count == count ? .list(values) : nil
    }

    func matrix(
        _ node: YamlNode, _ dimension: Dimension, _ range: ClosedRange<Double>, path: String
    ) -> AttributeValue? {
        guard let rows = node.items, let width = rows.first?.items?.count, width > 0,
            rows.allSatisfy({ $0.items?.count == width })
        else {
            log.error(node.location, path, Attribute.noMatrix)
            return nil
        }
        let read = rows.enumerated().map { k, row in
            (row.items ?? []).enumerated().compactMap { quantity($1, dimension, range, path: "\(path)[\(k)][\($0)]") }
        }
        return read.allSatisfy { $0.count == width } ? .matrix(read) : nil
    }
}
