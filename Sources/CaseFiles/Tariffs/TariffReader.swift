import Energy
import EnergyGames

/// Reads a tariff, prices and all its other parts: the operator's own, those of a menu, and what is offered outside.
struct TariffReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// What stands under `operator.prices`.
    ///
    /// - Parameter stations: whether somebody takes `ev_sell`.
    func common(_ entries: [YamlEntry], path: String, stations: Bool) -> OperatorPrices {
        read(entries, path: path, stations: stations)
    }

    private func read(
        _ entries: [YamlEntry], path: String, stations: Bool = false, owner: String? = nil, isGiven: Bool = false
    ) -> OperatorPrices {
        func isCharge(_ entry: YamlEntry) -> Bool {
            ChargeReader.meaning(of: entry.key, carriers: context.carriers) != nil
        }
        var prices = PriceReader(context: context, stations: stations, owner: owner)
            .read(entries.filter { !isCharge($0) }, path: path)
        ChargeReader(context: context, owner: owner, isGiven: isGiven)
            .read(entries.filter(isCharge), beside: &prices, path: path)
        return prices
    }

    // MARK: Menus

    /// - Parameter prices: what stands beside each tariff; gets the menu.
    func menu(_ entry: YamlEntry, path: String, into prices: inout OperatorPrices) {
        guard let entries = reader.map(entry.node, path: path) else {
            prices.isComplete = false
            return
        }
        if entries.count < 2 {
            log.error(
                entry.location, path,
                "must hold two tariffs or more, of which users take one. Add one, or move what it holds to operator.prices."
            )
            prices.isComplete = false
        }
        for entry in entries {
            let path = "\(path).\(entry.key)"
            guard reader.checkName(entry, path: path), checkName(entry, path: path),
                let map = reader.map(entry.node, path: path),
                checkKeys(map, beside: prices, path: path)
            else {
                prices.isComplete = false
                continue
            }
            if map.isEmpty {
                log.error(entry.location, path, "has no price. \(OperatorReader.addPrices)")
                prices.isComplete = false
            }
            let own = read(map, path: path, owner: entry.key)
            prices.menu.append(.init(name: entry.key, prices: own))
            if !own.isComplete { prices.isComplete = false }
        }
    }

    private func checkName(_ entry: YamlEntry, path: String) -> Bool {
        let taken = [EnergySystem.outsider, SupplyMenu.operatorSupply]
        guard taken.contains(entry.key) || entry.key == "one_supply" else { return true }
        log.error(entry.location, path, "is a word that results use themselves. Choose another name.")
        return false
    }

    /// A carrier is sold and bought in one place, so that it is clear what is paid for it.
    private func checkKeys(_ entries: [YamlEntry], beside common: OperatorPrices, path: String) -> Bool {
        var isFine = true
        for entry in entries {
            let path = "\(path).\(entry.key)"
            if entry.key == "ev_sell" {
                log.error(
                    entry.location, path,
                    "is a price of stations, which take no tariff of a menu. Move it to operator.prices.")
                isFine = false
            }
            guard let other = common.entries.first(where: { $0.key != "ev_sell" && entry.key.isAbout($0.carrier) })
            else { continue }
            log.error(
                entry.location, path,
                "is about \(other.carrier), as \(other.path) is, which stands beside every tariff. Keep all of \(other.carrier) in "
                    + "one place.")
            isFine = false
        }
        return isFine
    }

    // MARK: Outside

    /// What a user may do instead.
    func outside(_ entry: YamlEntry, path: String) -> OperatorPrices? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        if let own = entries.first(where: { $0.key == "ev_sell" }) {
            log.error(own.location, "\(path).ev_sell", "is a price of stations. Write electricity_sell.")
            return nil
        }
        let errors = log.errorCount
        let prices = read(entries, path: path, owner: EnergySystem.outsider, isGiven: true)
        for decided in prices.entries.filter({ $0.posted != nil }) {
            log.error(
                decided.location, decided.path,
                "is a range, but what is asked outside is given and not decided. Write a number or a series.")
        }
        return log.errorCount > errors ? nil : prices
    }
}

extension String {
    /// Whether a key of prices is about a carrier.
    fileprivate func isAbout(_ carrier: String) -> Bool {
        self == "\(carrier)_sell" || self == "\(carrier)_buy"
            || ChargeReader.meaning(of: self, carriers: [carrier]) != nil
    }
}
