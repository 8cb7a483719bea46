import Energy
import EnergyGames
import Games
import Writing

/// The forms of a price, and caps beside that on its mean.
extension PriceReader {
    /// Reads what a price's keys say beside its band.
    ///
    /// - Returns: false, with sentences in the log, where that is not consistent.
    func readRules(_ read: ReadValues, _ entries: [YamlEntry], into draft: inout Draft, path: String) -> Bool {
        let values = read.values
        var isFine = true
        func refuse(_ key: String, _ message: String) {
            log.error(entries[key]?.location ?? read.location, "\(path).\(key)", message)
            isFine = false
        }
        func needs(_ key: String, _ other: String, _ why: String) {
            if entries[key] != nil, entries[other] == nil { refuse(key, why) }
        }
        needs(
            "mean_weights", "mean_max",
            "weighs the mean that 'mean_max' caps, which is missing. Add it, or take this out.")
        needs(
            "revenue_max", "revenue_demand",
            "needs the consumption that pays it. Add revenue_demand, as a series in kW.")
        needs("revenue_demand", "revenue_max", "has no effect without 'revenue_max'. Add it, or take this out.")
        needs("change_around", "change_max", "has no effect without 'change_max'. Add it, or take this out.")
        if let weights = values.optionalSeries("mean_weights") {
            if weights.contains(where: { $0 > 0 }) {
                draft.rules.meanWeights = weights
            } else {
                refuse("mean_weights", "is 0 throughout, so that there is no mean. Give one that is above 0 somewhere.")
            }
        }
        if let maximum = values.optionalNumber("revenue_max"), let demand = values.optionalSeries("revenue_demand") {
            draft.rules.revenue = .init(maximum: maximum, demand: demand)
        }
        if let maximum = values.optionalNumber("change_max") {
            draft.rules.change = .init(
                maximum: maximum, isAround: values["change_around"] == AttributeValue.flag(true))
        }
        draft.rules.reference = values.optionalSeries("reference")
        if entries["interval"] != nil, let periods = entries["periods"],
            periods.node.entries != nil || periods.node.items != nil
        {
            refuse("periods", "says which steps share a price, and so does 'interval'. Keep one of them.")
        }
        if entries["interval"] != nil, entries["weekend"] != nil {
            refuse("weekend", "says which steps share a price, and so does 'interval'. Keep one of them.")
        }
        if entries["periods"] != nil || entries["weekend"] != nil {
            switch TariffPeriods(context: context).read(entries["periods"], weekend: entries["weekend"], path: path) {
            case .given(let index): draft.periods = index
            case .chosen(let count): draft.chosen = count
            case nil: isFine = false
            }
        }
        if case .count(let levels)? = values["levels"] {
            if draft.chosen != nil {
                refuse(
                    "levels", "and 'periods' are both to be chosen. Keep one of them, or give the periods their hours.")
            }
            draft.rules.form = .levels(atMost: levels)
        }
        draft.formLocation = (entries["levels"] ?? entries["periods"])?.location ?? read.location
        return isFine
    }

    /// The interval of each step, and the form with it. Who says nothing has those of the price that bounds it.
    ///
    /// - Parameter above: the price that bounds it.
    /// - Returns: nil, with a sentence in the log, where prices do not fit each other.
    func intervals(of draft: inout Draft, below above: Draft?, width: Int, path: String) -> [Int]? {
        let bound = above.flatMap { $0.fixed == nil ? $0 : nil }
        let isOpen = draft.periods == nil && draft.chosen == nil
        guard let own = intervals(of: isOpen ? bound ?? draft : draft, width: width) else {
            log.error(
                draft.formLocation, "\(path).periods",
                "hold every day, but a day of 24 h does not consist of intervals of "
                    + "\(duration(width)). Choose an interval that divides it, or give periods their hours.")
            return nil
        }
        if let bound, intervals(of: bound, width: width)?.index != own.index {
            log.error(
                draft.upperLocation, "\(path).max",
                "'\(bound.key)', which bounds it, has other periods. Give both the same ones.")
            return nil
        }
        if let count = draft.chosen { draft.rules.form = .periods(atMost: count, isAround: own.isAround) }
        return own.index
    }

    private func intervals(of draft: Draft, width: Int) -> (index: [Int], isAround: Bool)? {
        if let periods = draft.periods { return (periods, false) }
        if draft.chosen != nil { return TariffPeriods(context: context).daily(width: width) }
        return (context.time.indices.map { $0 / width }, false)
    }

    /// Whether there are prices that meet band, form and caps.
    func checkRules(_ draft: Draft, _ posted: PostedPrice, path: String) -> Bool {
        let rules = posted.rules
        let isJoined = rules.form != nil || rules.revenue != nil || rules.change != nil || rules.reference != nil
        guard !isJoined || posted.lower.count <= Self.mostJoined else {
            log.error(
                draft.entry.location, path,
                "has \(posted.lower.count) numbers to decide, and rules that join them all are kept for \(Self.mostJoined) at most. "
                    + "Give it a longer 'interval' or 'periods' with their hours, or take the rules out.")
            return false
        }
        if let fewest = posted.fewestParts {
            let (key, most) =
                switch draft.rules.form {
                case .periods(let most, _)?: ("periods", most)
                case .levels(let most)?: ("levels", most)
                case nil: ("", Int.max)
                }
            guard fewest <= most else {
                log.error(
                    draft.formLocation, "\(path).\(key)",
                    "\(most) \(most == 1 ? "is" : "are") too few: min and max leave no common price for so many hours. At least "
                        + "\(fewest) are needed, or wider bounds.")
                return false
            }
        }
        let alone = PostedPrice(
            name: posted.name, carrier: posted.carrier, lower: posted.lower, upper: posted.upper,
            meanMaximum: posted.meanMaximum, index: posted.index, intervalHours: posted.intervalHours,
            rules: posted.rules)
        return isPossible([alone], at: draft.entry.location, path: path)
    }

    /// Each point is projected under all rules together, which takes the cube of their number.
    private static let mostJoined = 400

    /// Whether there are prices that meet all rules together.
    func isPossible(_ prices: [PostedPrice], at location: SourceLocation, path: String) -> Bool {
        do {
            _ = try DecisionSpace(prices, hours: context.time.hours)
            return true
        } catch {
            log.error(location, path, "\(error)")
            return false
        }
    }
}
