import Energy
import Writing

/// What a contract says of a billing period, where prices are for several days: each day is a billing period of its own
/// then, since everybody answers on each day by itself.
public struct DayTerms: Sendable {
    /// Who chooses a supply on each day anew, in the order of the system.
    let choosing: [String]
    /// What is charged by the day, each told once.
    let charged: [String]

    /// - Parameter system: of one of the days.
    public init(of system: EnergySystem) {
        choosing = system.choices.map(\.party)
        var known: Set<String> = []
        charged = system.charges.compactMap { charge in
            guard known.insert(charge.item).inserted else { return nil }
            return switch charge.basis {
            case .contract: "the \(charge.item) is paid on each day"
            case .peak: "the \(charge.item) goes by each day's own peak"
            case .above, .below, .bill: "the limit of the \(charge.item) is one of each day"
            case .surplus: "the \(charge.item) is counted within each day"
            }
        }
    }

    /// What is assumed, what it means, and what to do; none where no contract says anything of a billing period.
    public var sentences: [String] {
        var sentences: [String] = []
        if !choosing.isEmpty {
            let isOne = choosing.count == 1
            sentences.append(
                "\(WordList.text(choosing)) \(isOne ? "chooses its supply" : "choose their supplies") on each day anew, as if each day "
                    + "had a contract of its own, while people choose once for all days. So \(isOne ? "it pays" : "they pay") no "
                    + "more here than under the one supply that costs least over all days, and may leave on single days. "
                    + "Look at supplies.csv: where the choice is the same on all days, it is the one for all of them. Else take "
                    + "the choice out, one supply after the other, and compare what comes of each.")
        }
        if !charged.isEmpty {
            let facts = WordList.text(charged)
            sentences.append(
                facts.prefix(1).uppercased() + facts.dropFirst()
                    + ", since each day is a billing period of its own. Give it as what falls on one day: of a fee per month about "
                    + "a thirtieth.")
        }
        return sentences
    }
}
