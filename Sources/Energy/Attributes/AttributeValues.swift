/// The values read for one component, by attribute name; defaults are filled in already.
public struct AttributeValues: Sendable {
    private var values: [String: AttributeValue]
    /// Names of the keys that the case itself wrote.
    public let written: Set<String>

    public init(_ values: [String: AttributeValue], written: Set<String>? = nil) {
        self.values = values
        self.written = written ?? Set(values.keys)
    }

    /// Values as a program would write them, with the defaults of a schema filled in.
    public init(_ values: [String: AttributeValue], defaultsFrom attributes: [Attribute]) {
        var filled = values
        for attribute in attributes where filled[attribute.name] == nil {
            if case .standard(let value) = attribute.need { filled[attribute.name] = value }
        }
        self.init(filled, written: Set(values.keys))
    }

    public subscript(_ name: String) -> AttributeValue? { values[name] }

    public func number(_ name: String) throws(InputProblem) -> Double {
        guard case .number(let number) = values[name] else { throw missing(name) }
        return number
    }
    public func optionalNumber(_ name: String) -> Double? {
        guard case .number(let number) = values[name] else { return nil }
        return number
    }
    public func size(_ name: String) throws(InputProblem) -> Size {
        guard let size = optionalSize(name) else { throw missing(name) }
        return size
    }
    public func optionalSize(_ name: String) -> Size? {
        switch values[name] {
        case .number(let number): .fixed(number)
        case .range(let range): .decided(range)
        default: nil
        }
    }
    public func series(_ name: String) throws(InputProblem) -> [Double] {
        guard case .series(let series) = values[name] else { throw missing(name) }
        return series
    }
    /// A series, or a number that holds at every step.
    public func series(_ name: String, over time: TimeGrid) throws(InputProblem) -> [Double] {
        if case .number(let number) = values[name] { return Array(repeating: number, count: time.steps) }
        return try series(name)
    }
    public func optionalSeries(_ name: String) -> [Double]? {
        guard case .series(let series) = values[name] else { return nil }
        return series
    }
    public func perCarrier(_ name: String) throws(InputProblem) -> [CarrierAmount] {
        guard case .perCarrier(let amounts) = values[name] else { throw missing(name) }
        return amounts
    }
    public func points(_ name: String) -> [Point]? {
        guard case .points(let points) = values[name] else { return nil }
        return points
    }
    public func list(_ name: String) -> [Double]? {
        guard case .list(let list) = values[name] else { return nil }
        return list
    }
    public func matrix(_ name: String) -> [[Double]]? {
        guard case .matrix(let rows) = values[name] else { return nil }
        return rows
    }
    public func count(_ name: String) throws(InputProblem) -> Int {
        guard case .count(let count) = values[name] else { throw missing(name) }
        return count
    }
    public func text(_ name: String) throws(InputProblem) -> String {
        guard case .text(let text) = values[name] else { throw missing(name) }
        return text
    }
    public func optionalText(_ name: String) -> String? {
        guard case .text(let text) = values[name] else { return nil }
        return text
    }
    public func flag(_ name: String) throws(InputProblem) -> Bool {
        guard case .flag(let flag) = values[name] else { throw missing(name) }
        return flag
    }

    private func missing(_ name: String) -> InputProblem {
        InputProblem(at: name, "is missing. Add '\(name)'.")
    }
}
