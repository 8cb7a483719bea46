import Energy
import EnergyGames

/// Puts together under which tariffs users may be, and checks that a choice is theirs alone.
struct SupplyReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }

    /// - Parameters:
    ///   - prices: the operator's, with its menu.
    ///   - users: as far as they are read.
    func menu(_ prices: OperatorPrices, users: [PartyDraft]) -> SupplyMenu {
        SupplyMenu(
            of: OperatorReader.name, common: prices.tariff(), menu: prices.menu.map { $0.prices.tariff($0.name) },
            outside: Dictionary(
                users.compactMap { user in user.outside.map { (user.name, $0.tariff(EnergySystem.outsider)) } }
            ) { first, _ in first },
            users: users.map(\.name).filter { Identifier.isValid($0) })
    }

    /// Choices and charges belong to one operator whose prices users answer each for itself.
    func check(
        _ root: [YamlEntry], _ prices: OperatorPrices, users: [PartyDraft], stations: [StationReader.Station],
        isCompetition: Bool
    ) {
        let leaving = users.filter { $0.outsideLocation != nil }
        for user in leaving {
            let reason =
                isCompetition
                ? "several operators post prices, and users may take any of them"
                : root["trades"] != nil
                    ? "parties agree on prices, and nobody posts them"
                    : context.decidesSizes
                        ? "the case is one of sizing, by \(context.sizingCause), where all parties act together"
                        : root["operator"]?.node.entries?["prices"] == nil
                            && root["operator"]?.node.entries?["tariffs"] == nil
                            ? "the operator posts no prices" : nil
            guard let reason, let location = user.outsideLocation else { continue }
            log.error(location, "\(user.path).outside", "has no effect, because \(reason). Take it out.")
        }
        if context.decidesSizes {
            for charge in prices.everyCharge {
                log.error(
                    charge.location, charge.path,
                    "has no effect, because the case is one of sizing, by \(context.sizingCause), where payments between "
                        + "parties cancel. Take it out.")
            }
            if let tariff = prices.menu.first, let entry = root["operator"]?.node.entries?["tariffs"] {
                log.error(
                    entry.location, "operator.tariffs",
                    "has no effect, because the case is one of sizing, by \(context.sizingCause), where payments between "
                        + "parties cancel. Write the prices of \(tariff.name) as operator.prices.")
            }
        }
        guard !leaving.isEmpty || !prices.menu.isEmpty,
            let reseller = stations.first(where: { $0.prices.resale != nil })
        else { return }
        let cause = leaving.first.map { "\($0.path).outside" } ?? "operator.tariffs"
        log.error(
            reseller.draft.sources["fleet"]?.location(of: "sell_to_users") ?? reseller.draft.location,
            "\(reseller.draft.path).sell_to_users",
            "makes users and station answer together, and \(cause) lets a user choose for itself. Set it to false, or take "
                + "\(cause) out.")
    }

    /// A supply that may be closed has to say how much it carries.
    func checkLimits(_ choices: [SupplyChoice], trades: [Trade], users: [PartyDraft]) {
        for choice in choices {
            let contracts = choice.options.reduce(into: Set<String>()) { $0.formUnion($1.contracts) }
            guard let trade = trades.first(where: { contracts.contains($0.name) && $0.limit.contains(.infinity) }),
                let user = users.first(where: { $0.name == choice.party })
            else { continue }
            log.error(
                user.location, user.path,
                "may choose its supply, and nothing limits what it \(trade.buyer == user.name ? "takes" : "gives") of "
                    + "\(trade.carrier). Give every device that does a capacity.")
        }
    }

    /// A part of a tariff that no user ever pays would change nothing.
    func checkPaid(_ prices: OperatorPrices, charges: [Charge]) {
        let paid = Set(charges.flatMap(\.posted))
        for charge in prices.everyCharge {
            guard let posted = charge.posted, !paid.contains(posted.name) else { continue }
            log.error(
                charge.location, charge.path,
                "no user can buy \(charge.carrier), so that nobody pays it. Add a demand or a device that does, or take it out."
            )
        }
    }
}
