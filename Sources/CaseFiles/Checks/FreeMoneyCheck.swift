import Energy
import Writing

/// Finds parties that earn by buying in one place and selling in another at the same hour.
struct FreeMoneyCheck {
    let context: CaseContext
    let carriers: [Carrier]

    func check(_ draft: PartyDraft) {
        let markets = draft.sources.filter { $0.value.values.optionalSeries("buy_price") != nil }.sorted {
            $0.key < $1.key
        }
        for (name, market) in markets {
            guard let carrier = market.values.optionalText("carrier"),
                let sale = market.values.optionalSeries("sell_price")
            else { continue }
            for (other, location) in markets where other != name && location.values.optionalText("carrier") == carrier {
                guard let purchase = location.values.optionalSeries("buy_price") else { continue }
                warn(market, draft, carrier, sale, above: purchase, of: other)
            }
            if let supply = carriers.first(where: { $0.name == carrier })?.price {
                warn(market, draft, carrier, sale, above: supply, of: "carriers.\(carrier)")
            }
        }
    }

    private func warn(
        _ market: ReadValues, _ draft: PartyDraft, _ carrier: String, _ sale: [Double], above purchase: [Double],
        of seller: String
    ) {
        guard let step = sale.indices.first(where: { sale[$0] > purchase[$0] + 1e-12 }) else { return }
        let unit = context.units.engineSymbol(of: .energyPrice)
        let (paid, asked) = NumberText.compared(unit: unit, sale[step], purchase[step])
        context.log.warning(
            market.location(of: "sell_price"), market.path,
            "pays \(paid) for \(carrier) at hour "
                + "\(NumberText.rounded(context.time.start(of: step))), which \(seller) sells for "
                + "\(asked): \(draft.name) earns by buying there and selling here."
        )
    }
}
