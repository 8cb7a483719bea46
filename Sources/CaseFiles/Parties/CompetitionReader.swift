import Energy
import EnergyGames

/// Parties with prices: operators of their own, who post them to the same users.
struct CompetitionReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }

    /// - Parameters:
    ///   - drafts: operator and parties, as far as they are read.
    ///   - reading: gets the operators and all their prices.
    /// - Returns: the parties with prices.
    func read(
        _ root: [YamlEntry], _ drafts: [PartyDraft], into reading: inout PartiesReader.Reading
    ) -> [PartyDraft] {
        let competitors = drafts.filter { $0.prices != nil }
        guard let first = competitors.first else { return [] }
        checkSections(root, first)
        if competitors.count == 1 {
            error(
                first,
                "there is no other party with prices, and one operator alone is the case's 'operator'. Move what the party has "
                    + "there, or give another party prices.")
        }
        for draft in drafts where draft.prices == nil && draft.name != OperatorReader.name {
            log.error(
                draft.location, draft.path,
                "has no prices, and others have: nobody trades with it. Give it prices, or move it to 'users'.")
        }
        if context.isSizing {
            error(
                first,
                "are given in a case of sizing, by \(context.sizingCause). Give sizes as numbers, or take the prices out."
            )
        }
        for draft in competitors {
            guard let prices = draft.prices else { continue }
            reading.prices.entries += prices.entries
            reading.prices.isComplete = reading.prices.isComplete && prices.isComplete
            reading.operators.append(
                CompetingOperator(
                    name: draft.name, prices: prices.posted,
                    bought: Set(prices.entries.filter { !$0.isSale }.compactMap(\.posted?.name))))
        }
        return competitors
    }

    private func checkSections(_ root: [YamlEntry], _ first: PartyDraft) {
        let why = "\(first.path).prices makes the party one of several operators"
        for (section, advice) in [
            ("operator", "Make the operator a party with prices, or take the prices of parties out."),
            ("trades", "Operators post prices, or parties agree on them. Keep one of them."),
            ("ev_stations", "Their vehicles would have to choose an operator. Make them a user's 'fleets'."),
        ] {
            guard let entry = root[section] else { continue }
            log.error(entry.location, section, "is given, but \(why). \(advice)")
        }
        if root["users"] == nil { error(first, "there is nobody to buy at these prices. Add 'users'.") }
    }

    private func error(_ draft: PartyDraft, _ text: String) {
        log.error(draft.pricesLocation ?? draft.location, "\(draft.path).prices", text)
    }
}
