import Energy
import Foundation
import Writing

extension Infeasibility: CustomStringConvertible {
    /// Sentences for a terminal: what cannot be met, the rules that clash, the smallest change.
    public var description: String { sentences.joined(separator: " ") }

    public var sentences: [String] {
        var sentences = unmetSentences
        if sentences.isEmpty { sentences = ["\(start(of: clash.first?.day))\(who)."] }
        if !clash.isEmpty {
            let listed = clash.map(Self.text).joined(separator: ", ")
            sentences.append("Rules that clash: \(listed)\(isIrreducible ? "" : ", or some of these").")
        }
        if isOfWholeNumbers { sentences.append("They clash only because what is on or off cannot be half on.") }
        if !vehicles.isEmpty {
            let named = vehicles.prefix(3).joined(separator: ", ")
            let others = vehicles.count > 3 ? ", and \(vehicles.count - 3) more" : ""
            sentences.append("Vehicles that need energy there: \(named)\(others).")
        }
        if !changes.isEmpty {
            sentences.append("Smallest change: \(changes.map(text).joined(separator: "; ")).")
        }
        if let decided {
            sentences.append(isOfEveryDecision ? "It is so at every \(decided)." : "Other \(decided)s may do.")
        }
        return sentences
    }

    private var who: String {
        switch extent {
        case .follower(let name): "\(name) cannot satisfy its own rules"
        case .everybody: "not all rules can be satisfied"
        case .dispatch: "operator cannot serve what is asked of it"
        }
    }

    private func start(of day: String?) -> String { day.map { "On \($0), " } ?? "" }

    /// One sentence per party, carrier and day, of the hour at which most is missing.
    private var unmetSentences: [String] {
        var groups: [(key: [String], unmet: [Unmet])] = []
        for unmet in unmet {
            let key = [unmet.day ?? "", unmet.party, unmet.carrier, unmet.missing > 0 ? "" : "surplus"]
            if let k = groups.firstIndex(where: { $0.key == key }) {
                groups[k].unmet.append(unmet)
            } else {
                groups.append((key, [unmet]))
            }
        }
        return groups.compactMap { _, unmet in
            guard let worst = unmet.max(by: { abs($0.missing) < abs($1.missing) }) else { return nil }
            let (hour, missing) = (Self.number(worst.hour), Self.number(abs(worst.missing)))
            let others = unmet.count - 1
            let more = others == 0 ? "." : ", and less at \(others) other \(others == 1 ? "hour" : "hours")."
            let opening = "\(start(of: worst.day))\(worst.party) cannot"
            if worst.missing < 0 {
                return "\(opening) be rid of \(worst.carrier) at hour \(hour): \(missing) kW too much\(more)"
            }
            // More than the demand is missing where some of it may be moved, or others cannot be supplied through this
            // party.
            guard worst.demand >= worst.missing else {
                return "\(opening) meet \(worst.carrier) at hour \(hour): \(missing) kW are missing\(more)"
            }
            let (demand, available) = NumberText.compared(
                worst.demand, worst.demand - worst.missing, shown: Self.number)
            return
                "\(opening) meet \(worst.carrier) at hour \(hour): demand \(demand) kW, available \(available) kW\(more)"
        }
    }

    /// A rule with its hours.
    static func text(_ rule: Rule) -> String {
        let day = rule.day.map { " on \($0)" } ?? ""
        guard !rule.hours.isEmpty else { return rule.name + day }
        let shown = rule.hours.prefix(6).map(number).joined(separator: ", ")
        let rest = rule.hours.count - 6
        return
            "\(rule.name)\(day) at \(rule.hours.count == 1 ? "hour" : "hours") \(shown)\(rest > 0 ? " and \(rest) more" : "")"
    }

    private func text(_ change: Change) -> String {
        let verb = change.amount > 0 ? "raise" : "lower"
        let rule = change.rule
        let isDemand = rule.name.contains(" balance of ")
        if isDemand {
            let what = Self.text(rule).replacingOccurrences(of: " balance of ", with: " demand of ")
            return
                "\(verb) the \(what) by \(rule.hours.count > 1 ? "at most " : "")\(Self.enough(change.amount)) \(change.unit)"
        }
        guard rule.hours.count <= 1 else {
            return "\(verb) the \(Self.text(rule)) by at most \(Self.enough(change.amount)) \(change.unit)"
        }
        let (from, to) = NumberText.compared(
            change.limit, change.limit + (change.amount > 0 ? 1 : -1) * Self.rounded(change.amount),
            shown: Self.number)
        return "\(verb) the \(Self.text(rule)) from \(from) to \(to) \(change.unit)"
    }

    private static func enough(_ amount: Double) -> String { NumberText.plain(rounded(amount)) }

    /// The size of an amount to six digits, rounded up so that it suffices.
    private static func rounded(_ amount: Double) -> Double {
        let size = abs(amount)
        guard size > 1e-300 else { return size }
        let digits = pow(10, 5 - log10(size).rounded(.down))
        return (size * digits - 1e-4).rounded(.up) / digits
    }

    /// Six digits: what a solver's rounding leaves.
    private static func number(_ value: Double) -> String {
        NumberText.plain(Double(String(format: "%.6g", value)) ?? value)
    }
}
