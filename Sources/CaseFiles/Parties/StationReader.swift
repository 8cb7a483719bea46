import Energy
import EnergyGames

/// Reads EV stations: the fleet, what it pays, and what users pay it.
struct StationReader {
    let context: CaseContext
    let prices: OperatorPrices
    /// Whether it must have a price to buy at: not where parties agree on prices among themselves.
    var needsPrice = true
    var log: DiagnosticLog { context.log }
    var reader: AttributeReader { AttributeReader(context: context) }

    /// A station with the prices of its trades; nil where they could not be read.
    struct Station {
        var draft: PartyDraft
        var prices: StationPrices
    }

    func read(_ entry: YamlEntry) -> Station {
        let path = "ev_stations.\(entry.key)"
        var station = Station(
            draft: PartyDraft(name: entry.key, location: entry.location, path: path),
            prices: StationPrices(station: entry.key))
        guard reader.checkName(entry, path: path), let entries = reader.map(entry.node, path: path) else {
            station.draft.isComplete = false
            return station
        }
        let section = CaseSchema.station
        let read = reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
        station.draft.isComplete = read.isComplete
        station.draft.sources["fleet"] = read
        readPrices(read, into: &station)
        let fleet = VehicleReader(context: context).fleet(
            "fleet", entries, at: entry.location, path: path, values: read)
        guard let fleet else {
            station.draft.isComplete = false
            return station
        }
        station.draft.components = [fleet]
        return station
    }

    // MARK: Prices

    private func readPrices(_ read: ReadValues, into station: inout Station) {
        if let named = read.values.optionalText("buys_at") {
            guard let entry = prices[named], entry.isSale, entry.carrier == "electricity" else {
                if prices.isComplete {
                    let known = prices.entries.filter { $0.isSale && $0.carrier == "electricity" }.map(\.key)
                    log.error(
                        read.location(of: "buys_at"), "\(read.path).buys_at",
                        "'\(named)' is no price at which the operator sells electricity."
                            + Sentence.suggestion(for: named, among: known, called: "Such prices"))
                }
                station.draft.isComplete = false
                return
            }
            station.prices.purchase = entry.price
        } else if let entry = prices["ev_sell"] ?? prices["electricity_sell"] {
            station.prices.purchase = entry.price
        } else if prices.isComplete, needsPrice {
            log.error(
                read.location, read.path,
                "has no price to buy at. Add ev_sell or electricity_sell to operator.prices.")
            station.draft.isComplete = false
        }
        readResale(read, into: &station)
    }

    private func readResale(_ read: ReadValues, into station: inout Station) {
        let share = read.values.optionalNumber("sell_share")
        let series = read.values.optionalSeries("sell_price")
        guard case .flag(true)? = read.values["sell_to_users"] else {
            for key in ["sell_share", "sell_price"] where read.values.written.contains(key) {
                log.error(
                    read.location(of: key), "\(read.path).\(key)",
                    "has no effect, because sell_to_users is false. Set it to true.")
            }
            return
        }
        if share != nil, series != nil {
            log.error(
                read.location(of: "sell_price"), "\(read.path).sell_price",
                "and sell_share are both given. Keep one of them.")
            station.draft.isComplete = false
        } else if let series {
            station.prices.resale = .fixed(series)
        } else if let entry = prices["electricity_sell"] {
            station.prices.resale = entry.price.times(share ?? 0.9)
        } else if prices.isComplete {
            log.error(
                read.location(of: "sell_to_users"), "\(read.path).sell_to_users",
                "users pay a share of electricity_sell, which is not among operator.prices. Add it, or give sell_price."
            )
            station.draft.isComplete = false
        }
    }
}
