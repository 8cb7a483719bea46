import CaseFiles
import Energy
import Games

extension EnergyGame {
    /// The case with every follower answering alone.
    ///
    /// In the case the fleet's discharge goes to the users, who therefore clear together with it. Here the fleet sells
    /// to the operator at the operator's own price instead. Wherever users buy at least what the fleet discharges, the
    /// operator's payoff is the same; the models are small and many.
    public init(decomposing source: Case) throws {
        let resales = source.system.trades.filter {
            $0.seller != source.operatorName && $0.buyer != source.operatorName
        }
        var system = source.system
        system.trades.removeAll { trade in resales.contains { $0.name == trade.name } }
        for station in Set(resales.map(\.seller)).sorted() {
            guard let purchase = source.system.trades.first(where: { $0.buyer == station }) else { continue }
            var discharge = purchase
            discharge.name = "discharge.\(station)"
            (discharge.seller, discharge.buyer) = (station, purchase.seller)
            system.trades.append(discharge)
        }
        try self.init(
            name: source.name, system: system, operatorName: source.operatorName, prices: source.prices,
            ties: TieRule(rawValue: source.game.ties) ?? .optimistic)
    }
}
