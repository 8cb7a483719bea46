import Writing

/// What keeps a value from being one of an attribute, in the sentences that the reader of case files uses, too.
extension Attribute {
    /// `-1 kW is below 0 kW, the least allowed.` for a number outside its range, in the same unit.
    package static func outside(_ value: Double, _ range: ClosedRange<Double>, unit: String) -> String {
        let isLow = value < range.lowerBound
        let (shown, limit) = NumberText.compared(unit: unit, value, isLow ? range.lowerBound : range.upperBound)
        if range.lowerBound > -1e6, range.upperBound < 1e6 {
            let low = isLow ? limit : NumberText.with(unit: unit, range.lowerBound)
            let high = isLow ? NumberText.with(unit: unit, range.upperBound) : limit
            return "\(shown) is outside \(low) … \(high)."
        }
        return isLow
            ? "\(shown) is below \(limit), the least allowed." : "\(shown) is above \(limit), the most allowed."
    }

    /// For a whole number outside its range.
    package static func outside(_ value: Int, _ range: ClosedRange<Int>) -> String {
        range.upperBound == Int.max
            ? "\(value) is below \(range.lowerBound), the least allowed."
            : "\(value) is outside \(range.lowerBound) … \(range.upperBound)."
    }

    /// For a series of another length than the horizon.
    package static func wrongLength(_ count: Int, steps: Int) -> String {
        "has \(count) values, but the case has \(steps) steps."
    }

    /// For a size whose ends are in the wrong order.
    package static func crossed(_ least: Double, _ greatest: Double, unit: String) -> String {
        let (low, high) = NumberText.compared(unit: unit, least, greatest)
        return "\(low) is above max, \(high). Exchange them."
    }

    package static func wrongCount(_ count: Int, of numbers: Int) -> String {
        "must be a list of \(numbers) numbers, but has \(count)."
    }

    package static func tooFewPairs(_ count: Int, minimum: Int) -> String {
        "has \(count) pairs, but at least \(minimum) are needed."
    }

    package static let noMatrix = "must be a list of rows of equally many numbers, as [[-0.2, 0.1], [0.1, -0.2]]."
    package static let noPair = "must be a pair of numbers, as [0, 1]."
    package static let noValue = "has no value. Give one, or take the key out."

    /// If a series is wanted, a default of one number applies to every time step.
    package func spread(_ value: AttributeValue, over time: TimeGrid) -> AttributeValue {
        guard case .series = kind else { return value }
        switch value {
        case .number(let number): return .series(Array(repeating: number, count: time.steps))
        case .series(let one) where one.count == 1: return .series(Array(repeating: one[0], count: time.steps))
        default: return value
        }
    }

    /// What is wrong with a value, in the engine's units; nil where nothing is.
    func problem(with value: AttributeValue, time: TimeGrid) -> InputProblem? {
        func number(_ number: Double, _ dimension: Dimension, _ range: ClosedRange<Double>, _ at: String)
            -> InputProblem?
        {
            // What is not a number is in no range.
            range.contains(number) ? nil : InputProblem(at: at, Self.outside(number, range, unit: dimension.unit))
        }
        func first(_ numbers: [Double], _ dimension: Dimension, _ range: ClosedRange<Double>) -> InputProblem? {
            numbers.firstIndex { !range.contains($0) }.flatMap {
                number(numbers[$0], dimension, range, "\(name)[\($0)]")
            }
        }
        switch (kind, value) {
        case (.quantity(let dimension, let range), .number(let given)): return number(given, dimension, range, name)
        case (.size(let dimension, let range), .number(let given)): return number(given, dimension, range, name)
        case (.size(let dimension, let range), .range(let given)):
            return number(given.lowerBound, dimension, range, "\(name).min")
                ?? number(given.upperBound, dimension, range, "\(name).max")
        case (.series(let dimension, let range), .series(let given)):
            guard given.count == time.steps else {
                return InputProblem(at: name, Self.wrongLength(given.count, steps: time.steps))
            }
            return first(given, dimension, range)
        case (.perCarrier(let dimension, let range), .perCarrier(let given)):
            return given.lazy.compactMap { number($0.amount, dimension, range, "\(name).\($0.carrier)") }.first
        case (.list(let dimension, let range, let count), .list(let given)):
            guard given.count == count else {
                return InputProblem(at: name, Self.wrongCount(given.count, of: count))
            }
            return first(given, dimension, range)
        case (.matrix(let dimension, let range), .matrix(let given)):
            if given.isEmpty || given.contains(where: { $0.count != given[0].count || $0.isEmpty }) {
                return InputProblem(at: name, Self.noMatrix)
            }
            for (k, row) in given.enumerated() {
                guard let wrong = row.firstIndex(where: { !range.contains($0) }) else { continue }
                return number(row[wrong], dimension, range, "\(name)[\(k)][\(wrong)]")
            }
            return nil
        case (.points(_, _, let minimum), .points(let given)):
            guard given.count >= minimum else {
                return InputProblem(at: name, Self.tooFewPairs(given.count, minimum: minimum))
            }
            let odd = given.firstIndex { !$0.x.isFinite || !$0.y.isFinite }
            return odd.map { InputProblem(at: "\(name)[\($0)]", Self.noPair) }
        case (.count(let range), .count(let given)):
            return range.contains(given) ? nil : InputProblem(at: name, Self.outside(given, range))
        case (.choice(let words), .text(let given)):
            return words.contains(given)
                ? nil
                : InputProblem(at: name, "'\(given)' is not known. Write one of: \(words.joined(separator: ", ")).")
        case (.text, .text(let given)), (.carrier, .text(let given)):
            return given.isEmpty ? InputProblem(at: name, Self.noValue) : nil
        case (.flag, .flag): return nil
        default: return InputProblem(at: name, "is a value of another kind than '\(name)' has.")
        }
    }
}

extension AttributeValues {
    /// What a program gives for a component's attributes, checked against their table, with the defaults of the rest.
    ///
    /// - Parameter given: by attribute name, in the engine's units; nil for what is left to its default.
    /// - Throws: ``InputProblem`` in the words of the reader of case files.
    public init(
        _ given: [String: AttributeValue?], of attributes: [Attribute], time: TimeGrid
    ) throws(InputProblem) {
        let given = given.compactMapValues(\.self)
        for attribute in attributes {
            if let value = given[attribute.name] {
                if let problem = attribute.problem(with: value, time: time) { throw problem }
            } else if case .required = attribute.need {
                throw InputProblem(at: attribute.name, "is missing. Add '\(attribute.name)'.")
            }
        }
        if let foreign = given.keys.sorted().first(where: { key in !attributes.contains { $0.name == key } }) {
            throw InputProblem(at: foreign, "is no attribute of this component.")
        }
        var filled = given
        for attribute in attributes where filled[attribute.name] == nil {
            if case .standard(let value) = attribute.need {
                filled[attribute.name] = attribute.spread(value, over: time)
            }
        }
        self.init(filled, written: Set(given.keys))
    }
}

/// What a typed initialiser was given, by attribute name; nil for what is left to its default.
typealias Arguments = [String: AttributeValue?]

extension Arguments {
    /// Together with arguments of other names.
    func with(_ others: Arguments) -> Arguments { merging(others) { own, _ in own } }
}

extension Component {
    /// What typed initialisers hand their arguments to.
    init(
        _ name: String, _ given: Arguments, _ shared: Arguments = [:],
        time: TimeGrid = TimeGrid(steps: 1, hours: 1)
    ) throws(InputProblem) {
        try self.init(
            name: name, values: AttributeValues(given.with(shared), of: Self.attributes, time: time), time: time)
    }
}

// Arguments as values, nil for what is left to its default.

extension Double? { var value: AttributeValue? { map { .number($0) } } }
extension String? { var value: AttributeValue? { map { .text($0) } } }
extension Bool? { var value: AttributeValue? { map { .flag($0) } } }
extension Int? { var value: AttributeValue? { map { .count($0) } } }
extension [Point]? { var value: AttributeValue? { map { .points($0) } } }
extension Series? { func value(_ time: TimeGrid) -> AttributeValue? { map { $0.value(time) } } }
extension Series { func value(_ time: TimeGrid) -> AttributeValue { .series(spread(over: time)) } }
extension KeyValuePairs<String, Double> {
    var value: AttributeValue { .perCarrier(map { CarrierAmount($0.key, $0.value) }) }
}
