/// A number that a case defines by its results: a constant and a weighted sum of quantities, such as the index M of
/// paper 003 (eq. 20), `0.7 * 0.00775 * F_G - 0.3 * 0.21749 * F_LA`.
public struct NamedIndex: Sendable, Equatable {
    /// What is weighted.
    public enum Source: Sendable, Hashable {
        case quantity(SystemQuantity)
        /// Another index, by its name.
        case index(String)

        public var name: String {
            switch self {
            case .quantity(let quantity): quantity.name
            case .index(let name): name
            }
        }
    }

    public struct Term: Sendable, Equatable {
        public let weight: Double
        public let source: Source

        public init(_ weight: Double, _ source: Source) {
            self.weight = weight
            self.source = source
        }
    }

    public let name: String
    /// As tables write it; 1 for a plain number.
    public let unit: String
    public let constant: Double
    public let terms: [Term]

    public init(_ name: String, unit: String = "1", constant: Double = 0, _ terms: [Term]) {
        self.name = name
        self.unit = unit
        self.constant = constant
        self.terms = terms
    }
}

extension [NamedIndex] {
    /// One number per index; nil where a quantity has no value, or where an index is none that stands before it.
    public func values(over horizons: [OperatedSystem]) -> [Double?] {
        var known: [String: Double] = [:]
        return map { index in
            let parts = index.terms.map { term -> Double? in
                switch term.source {
                case .quantity(let quantity): quantity.value(over: horizons).map { term.weight * $0 }
                case .index(let name): known[name].map { term.weight * $0 }
                }
            }
            guard !parts.contains(nil) else { return nil }
            let value = parts.compactMap(\.self).reduce(index.constant, +)
            known[index.name] = value
            return value
        }
    }
}
