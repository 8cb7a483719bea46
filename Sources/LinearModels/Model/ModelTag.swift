/// Where a variable, a row or a parameter of a model comes from, in parts: what its name says, without reading it.
///
///     let tag = ModelTag(owner: "homes", part: "boiler", item: "output", step: 7)
///     tag.name  // "homes.boiler.output@7"
public struct ModelTag: Hashable, Sendable {
    /// The block as which its model was appended to this one, such as a typical day; nil in a model of its own.
    public internal(set) var block: String?
    /// Who it belongs to; nil for what is between several, such as a trade.
    public let owner: String?
    /// The part of the owner that it is of.
    public let part: String
    /// The quantity or the rule that it is.
    public let item: String
    /// nil where it spans several steps.
    public let step: Int?
    /// Whether it is a row that ties a bound to a parameter that has become a variable; see
    /// `LinearModel.freeing(_:)`.
    public internal(set) var isFreedBound = false
    /// What it means to people, where its item does not say it.
    public let meaning: RuleMeaning?

    public init(owner: String?, part: String, item: String, step: Int? = nil, meaning: RuleMeaning? = nil) {
        self.owner = owner
        self.part = part
        self.item = item
        self.step = step
        self.meaning = meaning
    }

    /// `owner.part.item@step`; `item.part@step` without an owner. The block and what a freed bound adds are not in it.
    public var name: String {
        let name = owner.map { "\($0).\(part).\(item)" } ?? "\(item).\(part)"
        return step.map { "\(name)@\($0)" } ?? name
    }
}

/// What a row or a bound means to people, said by what adds it.
public struct RuleMeaning: Hashable, Sendable {
    public enum Role: Hashable, Sendable {
        /// Somebody set it, and could set it otherwise.
        case limit
        /// How a thing works. Nobody can change it.
        case law
        /// With a binary it forbids two things at once. The limit in it is also the bound of a variable.
        case exclusion
        /// What flows in equals what flows out.
        case balance
    }

    /// The unit of its numbers: each is multiplied by the hours of a time step to the power `hours`.
    public struct Unit: Hashable, Sendable {
        public let symbol: String
        public let hours: Int

        public init(_ symbol: String, hours: Int = 0) {
            self.symbol = symbol
            self.hours = hours
        }
    }

    public let role: Role
    /// Instead of the tag's item.
    public let words: String?
    public let unit: Unit
    /// Whether it is about its owner as a whole, so that the part is not named.
    public let isOfOwner: Bool

    public init(_ role: Role, _ words: String? = nil, in unit: Unit, isOfOwner: Bool = false) {
        self.role = role
        self.words = words
        self.unit = unit
        self.isOfOwner = isOfOwner
    }
}

extension ModelTag {
    /// Of a variable or a row that stands for a part of this one.
    func part(_ word: String) -> ModelTag {
        ModelTag(owner: owner, part: part, item: "\(item).\(word)", step: step, meaning: meaning)
    }
}

extension LinearModel {
    /// A new variable between constant bounds, named and tagged.
    public mutating func variable(
        _ tag: ModelTag, in bounds: ClosedRange<Double>, kind: Variable.Kind = .continuous
    ) throws -> Variable {
        try tagged(variable(tag.name, in: bounds, kind: kind), tag)
    }

    /// A new variable whose bounds may hold parameters, named and tagged.
    public mutating func variable(
        _ tag: ModelTag, from lower: ParameterExpression, to upper: ParameterExpression,
        kind: Variable.Kind = .continuous
    ) throws -> Variable {
        try tagged(variable(tag.name, from: lower, to: upper, kind: kind), tag)
    }

    /// Adds a relation as one row, named and tagged.
    @discardableResult
    public mutating func add(_ relation: Relation, _ tag: ModelTag) throws -> Constraint {
        let row = try add(relation, named: tag.name)
        rows[row.index].tag = tag
        return row
    }

    /// A new parameter of which it is known where it stays, named and tagged.
    public mutating func parameter(_ tag: ModelTag, in range: ClosedRange<Double>) throws -> Parameter {
        let parameter = try parameter(tag.name, in: range)
        parameterTags[parameter.index] = tag
        return parameter
    }

    private mutating func tagged(_ variable: Variable, _ tag: ModelTag) -> Variable {
        columns[variable.index].tag = tag
        return variable
    }
}
