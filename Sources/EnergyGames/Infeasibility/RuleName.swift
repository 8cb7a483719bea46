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
    }

    /// The carrier, where it is a party's balance of one.
    var carrier: String? { kind == .row && component == "balance" ? subject : nil }

    /// Rows that only say how a device works: nobody can change them.
    var isPhysics: Bool {
        guard kind == .row, carrier == nil else { return kind == .wholeNumber }
        return isOfSize || subject == "balance" || subject == "deviation" || subject.hasPrefix("edge")
            || component == "carbon" || component == "trade"
    }

    /// Rows that hold a limit which a bound holds too.
    var isExclusion: Bool { kind == .row && Self.exclusions[subject] != nil }

    /// Rows by which a binary forbids two things at once: the limit of a power stands in them a second time.
    private static let exclusions = [
        "charge_only": "charge", "discharge_only": "discharge", "most": "power", "buy_only": "buy", "sell_only": "sell",
    ]
    private static let words = [
        "balance": "stored energy", "least": "least load", "rise": "ramp", "fall": "ramp", "rise_to_least": "ramp",
        "fall_from_least": "ramp",
        "cyclic": "energy at the end",
        "energy": "energy to be moved", "site_charge": "site limit", "site_discharge": "site limit",
        "power": "power limit",
    ]

    /// In the case's words, without the hour: `heat balance of homes`, `output limit of operator.boiler`.
    var text: String {
        let owner = [party, component.isEmpty || component == "balance" ? nil : component].compactMap(\.self)
            .joined(separator: ".")
        // The pieces of a cut are one to whoever reads the case.
        let plain = (subject.hasPrefix("cut") ? "cut" : subject).split(separator: "_").joined(separator: " ")
        switch kind {
        case .wholeNumber: return "\(plain) of \(owner), yes or no"
        case .row:
            if let carrier { return "\(carrier) balance of \(owner)" }
            if component == "trade" { return "sale of own \(subject) by \(party ?? "")" }
            if isOfSize { return "\(plain) limit of \(owner), by its size" }
            if let quantity = Self.exclusions[subject] { return "\(quantity) limit of \(owner)" }
            if subject.hasPrefix("edge") { return "operating region of \(owner)" }
            return "\(Self.words[subject] ?? plain) of \(owner)"
        case .lowerBound: return "least \(plain) of \(owner)"
        case .upperBound:
            if party == nil { return "limit of \(component)" }
            return step == nil ? "greatest \(plain) of \(owner)" : "\(plain) limit of \(owner)"
        }
    }

    /// What the rule's numbers are in, and what a number of the model has to be multiplied with to be in it.
    ///
    /// - Parameter sizes: of what is decided, by name.
    func unit(_ time: TimeGrid, sizes: [String: Dimension]) -> (symbol: String, factor: Double) {
        if step == nil, let party, let dimension = sizes["\(party).\(component).\(subject)"] {
            return (dimension.unit, 1)
        }
        switch (kind, subject) {
        // A demand's energy is kept as the sum of its powers.
        case (.row, "energy"): return ("kWh", time.hours)
        case (.row, "ramp"), (.row, "rise"), (.row, "fall"): return ("kW/h", 1 / time.hours)
        case (.row, "balance"), (.row, "cyclic"), (_, "energy"): return ("kWh", 1)
        default: return (component == "carbon" ? "" : "kW", 1)
        }
    }
}
