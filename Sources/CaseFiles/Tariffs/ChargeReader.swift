import Energy
import EnergyGames
import Writing

/// Reads what a tariff asks beside its prices per kWh.
struct ChargeReader {
    /// The parts that a key may name behind its carrier.
    enum Part: String, CaseIterable {
        case fee, blocks, net
        case demandCharge = "demand_charge"
        case takeOrPay = "take_or_pay"
        case minimumBill = "minimum_bill"
    }

    let context: CaseContext
    /// The tariff's name in a menu.
    var owner: String?
    /// Whether all is given, as what somebody outside asks.
    var isGiven = false
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// What a key says: whose carrier, and which part.
    static func meaning(of key: String, carriers: [String]) -> (carrier: String, part: Part)? {
        for part in Part.allCases where key.hasSuffix("_\(part.rawValue)") {
            let carrier = String(key.dropLast(part.rawValue.count + 1))
            if carriers.contains(carrier) { return (carrier, part) }
        }
        return nil
    }

    static func keys(_ carriers: [String]) -> [String] {
        carriers.flatMap { carrier in Part.allCases.map { "\(carrier)_\($0.rawValue)" } }
    }

    /// - Parameter prices: of the same tariff; gets the charges.
    func read(_ entries: [YamlEntry], beside prices: inout OperatorPrices, path: String) {
        for entry in entries {
            guard let (carrier, part) = Self.meaning(of: entry.key, carriers: context.carriers) else { continue }
            let path = "\(path).\(entry.key)"
            let errors = log.errorCount
            guard checkSale(carrier, part, prices, at: entry.location, path: path) else {
                prices.isComplete = false
                continue
            }
            prices.charges += read(entry, carrier, part, prices, path: path)
            if log.errorCount > errors { prices.isComplete = false }
        }
    }

    private func read(
        _ entry: YamlEntry, _ carrier: String, _ part: Part, _ prices: OperatorPrices, path: String
    ) -> [OperatorPrices.Charge] {
        func charge(
            _ basis: Charge.Basis, _ node: YamlNode, _ dimension: Dimension, key: String? = nil, path: String
        ) -> [OperatorPrices.Charge] {
            let key = key ?? entry.key
            guard let (price, posted) = amount(node, dimension, of: carrier, key: key, at: node.location, path: path)
            else { return [] }
            return [
                .init(
                    key: key, path: path, location: entry.location, carrier: carrier, basis: basis, price: price,
                    posted: posted)
            ]
        }
        switch part {
        case .fee: return charge(.contract, entry.node, .money, path: path)
        case .demandCharge: return charge(.peak, entry.node, .powerPrice, path: path)
        case .blocks:
            guard let blocks = reader.map(entry.node, path: path) else { return [] }
            if blocks.isEmpty {
                log.error(entry.location, path, "has no block. Add one, as more: {above: 100 kWh, surcharge: 0.1}.")
            }
            return blocks.flatMap { block -> [OperatorPrices.Charge] in
                let path = "\(path).\(block.key)"
                guard reader.checkName(block, path: path),
                    let (limit, node) = pair(block, CaseSchema.block, of: carrier, path: path),
                    checkRise(node, path: "\(path).surcharge")
                else { return [] }
                return charge(
                    .above(limit), node, .energyPrice, key: "\(entry.key).\(block.key)", path: "\(path).surcharge")
            }
        case .takeOrPay:
            guard let (limit, node) = pair(entry, CaseSchema.takeOrPay, of: carrier, path: path) else { return [] }
            return charge(.below(limit), node, .energyPrice, path: "\(path).price")
        case .minimumBill: return minimumBill(entry, carrier, prices, path: path)
        case .net: return net(entry, carrier, prices, path: path)
        }
    }

    /// What is about purchases needs a price at which to buy.
    private func checkSale(
        _ carrier: String, _ part: Part, _ prices: OperatorPrices, at location: SourceLocation, path: String
    ) -> Bool {
        let needed = part == .net ? ["\(carrier)_sell", "\(carrier)_buy"] : ["\(carrier)_sell"]
        for key in needed where prices[key] == nil {
            if prices.isComplete {
                log.error(
                    location, path, "has no effect without \(key), which is not there. Add it, or take this out.")
            }
            return false
        }
        return true
    }

    /// A quantity with what is paid for it.
    private func pair(
        _ entry: YamlEntry, _ section: CaseSchema.Section, of carrier: String, path: String
    ) -> (limit: Double, node: YamlNode)? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let read = reader.about(carrier).read(
            entries, at: entry.node.location, path: path, schema: section.attributes, others: section.partNames)
        let (attribute, part) = (section.attributes[0], section.parts[0])
        guard let amount = entries[part.name] else {
            log.error(entry.node.location, path, Sentence.missing(part.name, part.meaning))
            return nil
        }
        return read.values.optionalNumber(attribute.name).map { ($0, amount.node) }
    }

    /// Blocks that become cheaper would have to be filled in order, by binaries.
    private func checkRise(_ node: YamlNode, path: String) -> Bool {
        let least = node.entries?["min"]?.node ?? node
        guard least.text?.trimmingSpaces.hasPrefix("-") == true else { return true }
        log.error(
            least.location, path,
            "is below 0: each block must cost no less than the one below it, since a user would otherwise be billed for the "
                + "cheaper one first. Write 0 or more, or a menu of tariffs with fees.")
        return false
    }

    // MARK: Amounts

    /// A number, or a range in which it is decided.
    private func amount(
        _ node: YamlNode, _ dimension: Dimension, of carrier: String, key: String, at location: SourceLocation,
        path: String
    ) -> (price: Price, posted: PostedPrice?)? {
        let reader = reader.about(carrier)
        guard let entries = node.entries else {
            guard let value = reader.quantity(node, dimension, CaseSchema.chargeRange, path: path) else { return nil }
            context.list(
                path, AttributeReader.shown(.number(value)), unit: context.units.engineSymbol(of: dimension),
                at: location)
            return (.fixed([value]), nil)
        }
        guard !isGiven else {
            log.error(
                node.location, path,
                "is a range, but what is asked outside is given and not decided. Write one number.")
            return nil
        }
        let read = reader.read(
            entries, at: node.location, path: path, schema: CaseSchema.band(of: dimension))
        guard read.isComplete, let low = read.values.optionalNumber("min"), let high = read.values.optionalNumber("max")
        else { return nil }
        guard low <= high else {
            let unit = context.units.engineSymbol(of: dimension)
            log.error(read.location(of: "min"), "\(path).min", Attribute.crossed(low, high, unit: unit))
            return nil
        }
        guard context.hasTime else { return nil }
        let posted = PostedPrice(
            name: "prices.\(OperatorPrices.name(key, of: owner))", carrier: carrier, in: low...high, of: dimension,
            time: context.time)
        return (posted.price, posted)
    }

    // MARK: Minimum bills

    private func minimumBill(
        _ entry: YamlEntry, _ carrier: String, _ prices: OperatorPrices, path: String
    ) -> [OperatorPrices.Charge] {
        guard case .fixed(let series)? = prices["\(carrier)_sell"]?.price else {
            // A follower's least cost is concave in prices that stand in objectives alone, and the greater of a bill
            // and a number is not, where what is bought does not change.
            log.error(
                entry.location, path,
                "needs a given \(carrier)_sell: at a price to be decided, the greater of bill and minimum is no linear program "
                    + "of the user. Give \(carrier)_sell as numbers, or write \(carrier)_take_or_pay, which asks for a "
                    + "quantity.")
            return []
        }
        guard entry.node.entries == nil else {
            log.error(
                entry.node.location, path,
                "is a range, but a minimum bill cannot be decided: it would change what users may do, and not only what it "
                    + "costs. Write one number.")
            return []
        }
        guard let least = reader.quantity(entry.node, .money, CaseSchema.chargeRange, path: path) else { return [] }
        context.list(
            path, AttributeReader.shown(.number(least)), unit: context.units.engineSymbol(of: .money),
            at: entry.location)
        return [
            .init(
                key: entry.key, path: path, location: entry.location, carrier: carrier,
                basis: .bill(atLeast: least, at: series), price: .fixed([1]), posted: nil)
        ]
    }

    // MARK: Net metering

    private func net(
        _ entry: YamlEntry, _ carrier: String, _ prices: OperatorPrices, path: String
    ) -> [OperatorPrices.Charge] {
        guard let hours = reader.quantity(entry.node, .duration, 1.0 / 3600...1e6, path: path), context.hasTime,
            let sale = prices["\(carrier)_sell"], let purchase = prices["\(carrier)_buy"]
        else { return [] }
        let ratio = hours / context.time.hours
        guard ratio.rounded() >= 1, abs(ratio - ratio.rounded()) < 1e-6 else {
            log.error(
                entry.node.location, path,
                "is \(NumberText.duration(hours: hours)), but must be a multiple of the step of "
                    + "\(NumberText.duration(hours: context.time.hours)).")
            return []
        }
        context.list(path, AttributeReader.shown(.number(hours)), unit: "h", at: entry.location)
        let steps = Int(min(ratio.rounded(), Double(context.time.steps)))
        let periods = stride(from: 0, to: context.time.steps, by: steps).map {
            $0..<min($0 + steps, context.time.steps)
        }
        for price in [sale, purchase] {
            guard let change = periods.lazy.compactMap({ price.price.change(within: $0) }).first else { continue }
            let period = NumberText.duration(hours: Double(steps) * context.time.hours)
            log.error(
                entry.node.location, path,
                "nets over \(period), but \(price.key) may change within, at hour "
                    + "\(NumberText.rounded(context.time.start(of: change))). Keep it the same over each \(period)"
                    + (price.posted == nil ? "." : ", as interval: \(period)."))
            return []
        }
        return [
            .init(
                key: entry.key, path: path, location: entry.location, carrier: carrier,
                basis: .surplus(periods, paidAt: purchase.price), price: sale.price, posted: nil)
        ]
    }
}

extension Price {
    /// The first of some steps at which the price may be another one than at the step before.
    fileprivate func change(within steps: Range<Int>) -> Int? {
        steps.dropFirst().first { step in
            switch self {
            case .fixed(let series): series[step] != series[step - 1]
            case .posted(_, let index, _): index[step] != index[step - 1]
            }
        }
    }
}
