import Energy
import EnergyGames

/// Reads the operator with its outer market.
struct OperatorReader {
    static let name = Park.leaderName
    let context: CaseContext
    let parties: PartyReader
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    func read(_ root: [YamlEntry], stations: Bool) -> (draft: PartyDraft, prices: OperatorPrices) {
        let entry = root["operator"]
        var draft = PartyDraft(
            name: Self.name, location: entry?.location ?? root["grid"]?.location ?? SourceLocation(file: ""),
            path: "operator")
        draft.resells = true
        var prices = OperatorPrices()
        if let grid = root["grid"] { GridReader(context: context).read(grid, path: "grid", into: &draft) }
        guard let entry, let entries = reader.map(entry.node, path: "operator") else {
            draft.isComplete = false
            prices.isComplete = false
            return (draft, prices)
        }
        let section = CaseSchema.operator_
        let read = reader.read(
            entries, at: entry.location, path: "operator", schema: section.attributes, others: section.partNames)
        if !read.isComplete { draft.isComplete = false }
        parties.readParts(entries, into: &draft)
        if let fleets = entries["fleets"] { parties.readFleets(fleets.node, into: &draft) }
        if let node = entries["prices"]?.node, let map = reader.map(node, path: "operator.prices") {
            prices = TariffReader(context: context).common(map, path: "operator.prices", stations: stations)
            if map.isEmpty { log.error(node.location, "operator.prices", "has no price. \(Self.addPrices)") }
        } else if entries["prices"] != nil {
            prices.isComplete = false
        }
        if let menu = entries["tariffs"] {
            TariffReader(context: context).menu(menu, path: "operator.tariffs", into: &prices)
        }
        prices.billRise = read.values.optionalNumber("bill_rise_max")
        checkReferences(&prices, at: entries["bill_rise_max"])
        return (draft, prices)
    }

    /// A limit on bills needs what they are compared with, of each price that is decided, and that needs a limit.
    private func checkReferences(_ prices: inout OperatorPrices, at entry: YamlEntry?) {
        if let entry, prices.isComplete, prices.posted.isEmpty {
            log.error(
                entry.location, "operator.bill_rise_max", "has no effect without a price that is decided. Take it out.")
        }
        for price in prices.entries {
            guard let posted = price.posted, (posted.rules.reference == nil) == (entry != nil) else { continue }
            log.error(
                price.location, price.path,
                entry == nil
                    ? "has a 'reference', but no bill is compared with it. Add operator.bill_rise_max, as 5 %, or take it out."
                    : "needs a 'reference', the tariff that bills are compared with, for operator.bill_rise_max. Add one, as "
                        + "tables.today.")
            prices.isComplete = false
        }
    }

    static let addPrices =
        "Add at least one, as electricity_sell: {min: 0.3, max: 1.1}."
}
