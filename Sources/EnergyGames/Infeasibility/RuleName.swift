import Energy
import LinearModels

/// What a rule of a model is about, in the system's own names.
struct RuleName: Hashable {
    let day: String?
    /// nil for a trade.
    let party: String?
    /// Of the party; the trade's name for a trade.
    let component: String
    /// The rule or quantity: `output`, `ramp`, the carrier of a balance.
    let subject: String
    let step: Int?
    /// Whether it ties a bound to a size that is decided.
    let isOfSize: Bool
    let kind: ModelRule.Kind
    private let meaning: RuleMeaning?

    /// A model that no energy system made has rules without a tag: they are called by their names.
    init(_ rule: ModelRule) {
        kind = rule.kind
        let tag = rule.tag ?? ModelTag(owner: nil, part: rule.name, item: "")
        day = tag.block
        party = tag.owner
        component = tag.part
        subject = tag.item
        step = tag.step
        isOfSize = tag.isFreedBound
        meaning = tag.meaning
    }

    private var role: RuleMeaning.Role? { kind == .row ? meaning?.role : nil }

    /// The carrier, where it is a party's balance of one.
    var carrier: String? { role == .balance ? meaning?.words : nil }

    /// Rows that only say how a device works: nobody can change them.
    var isPhysics: Bool { kind == .wholeNumber || role == .law || kind == .row && isOfSize }

    /// Rows that hold a limit which a bound holds too.
    var isExclusion: Bool { role == .exclusion }

    /// In the case's words, without the hour: `heat balance of homes`, `output limit of operator.boiler`.
    var text: String {
        let owner = [party, component.isEmpty || meaning?.isOfOwner == true ? nil : component].compactMap(\.self)
            .joined(separator: ".")
        let words = (meaning?.words ?? subject).split(separator: "_").joined(separator: " ")
        switch kind {
        case .wholeNumber: return "\(words) of \(owner), yes or no"
        case .row:
            if isOfSize { return "\(words) limit of \(owner), by its size" }
            switch role {
            case .balance: return "\(words) balance of \(owner)"
            case .exclusion: return "\(words) limit of \(owner)"
            case .law, .limit, nil: return "\(words) of \(owner)"
            }
        case .lowerBound: return "least \(words) of \(owner)"
        case .upperBound:
            if party == nil { return "limit of \(component)" }
            return step == nil ? "greatest \(words) of \(owner)" : "\(words) limit of \(owner)"
        }
    }

    /// What the rule's numbers are in, and what a number of the model has to be multiplied with to be in it.
    ///
    /// - Parameter sizes: of what is decided, by name.
    func unit(_ time: TimeGrid, sizes: [String: Dimension]) -> (symbol: String, factor: Double) {
        if step == nil, let party, let dimension = sizes["\(party).\(component).\(subject)"] {
            return (dimension.unit, 1)
        }
        let unit = meaning?.unit ?? .power
        let factor =
            switch unit.hours {
            case 0: 1.0
            case 1: time.hours
            default: 1 / time.hours
            }
        return (unit.symbol, factor)
    }
}
