import Energy
import Writing

/// Warns of numbers that are a thousand times what the rest of the case would let expect: a W for a kW, a MWh for a
/// kWh.
struct MagnitudeCheck {
    let context: CaseContext
    /// What a number has to be away from others of its kind. They are seldom as far apart, and a number that is a
    /// thousand times off need not have been the greatest of them.
    private static let suspicion = 100.0
    /// Hours that no store or vehicle takes to fill at full power.
    private static let longest = 1_000.0
    private var log: DiagnosticLog { context.log }

    func check(_ drafts: [PartyDraft], _ prices: OperatorPrices, _ carriers: [Carrier]) {
        checkDemands(drafts)
        let peaks = drafts.map(Self.peak)
        let whole = peaks.reduce(0, +)
        for (draft, peak) in zip(drafts, peaks) {
            for component in draft.components {
                guard let source = draft.sources[component.name] else { continue }
                checkStorage(source)
                checkCapacity(source, own: peak, whole: whole)
                if let fleet = component as? EVFleet { checkVehicles(fleet, source) }
            }
        }
        checkPrices(drafts, prices, carriers)
    }

    /// kW, all carriers together.
    private static func peak(_ draft: PartyDraft) -> Double { draft.demand.reduce(0) { $0 + ($1.power.max() ?? 0) } }

    /// A power of the demand that is far from every other demand of the case.
    private func checkDemands(_ drafts: [PartyDraft]) {
        let demands = drafts.flatMap { draft in
            draft.demand.map { (draft: draft, carrier: $0.carrier, peak: $0.power.max() ?? 0) }
        }.filter { $0.peak > 0 }
        let sorted = demands.map(\.peak).sorted()
        guard sorted.count > 1 else { return }
        for demand in demands {
            // The others' least and greatest: those of all, or the next where it is the demand's own.
            let least = demand.peak == sorted[0] ? sorted[1] : sorted[0]
            let most = demand.peak == sorted[sorted.count - 1] ? sorted[sorted.count - 2] : sorted[sorted.count - 1]
            let path = "\(demand.draft.path).demand.\(demand.carrier)"
            let peak = NumberText.rounded(demand.peak)
            if demand.peak >= Self.suspicion * most {
                log.warning(
                    demand.draft.location, path,
                    "reaches \(peak) kW, and no other demand of the case more than \(NumberText.rounded(most)) kW. Is the unit right?"
                )
            } else if demand.peak * Self.suspicion <= least {
                log.warning(
                    demand.draft.location, path,
                    "reaches \(peak) kW, and every other demand of the case \(NumberText.rounded(least)) kW or more. Is the unit right?"
                )
            }
        }
    }

    /// A device of one user may be small beside a thousand of them, but not beside what that user needs.
    ///
    /// - Parameters:
    ///   - own: kW, what the demands of the device's party come to; 0 where it has none.
    ///   - whole: kW, what all demands come to.
    private func checkCapacity(_ source: ReadValues, own: Double, whole: Double) {
        let isPower = source.values["charge_efficiency"] == nil || source.values["tank"] != nil
        guard isPower, whole > 0, let size = source.values.optionalSize("capacity"), size.largest > 0 else { return }
        let isSmall = size.largest * 10 * Self.suspicion <= (own > 0 ? own : whole)
        guard isSmall || size.largest >= Self.suspicion * whole else { return }
        let (whose, needed) =
            isSmall && own > 0
            ? ("the demands of its party come", own) : ("all demands of the case together come", whole)
        log.warning(
            source.location(of: "capacity"), "\(source.path).capacity",
            "is \(NumberText.rounded(size.largest)) kW, but \(whose) to \(NumberText.rounded(needed)) kW. "
                + "Is the unit right?")
    }

    private func checkStorage(_ source: ReadValues) {
        guard source.values["charge_efficiency"] != nil, let power = source.values.optionalNumber("power"), power > 0,
            let capacity = source.values.optionalSize("capacity")?.largest, capacity > 0
        else { return }
        let hours = capacity / power
        guard hours >= Self.longest || hours <= 1 / Self.longest else { return }
        log.warning(
            source.location(of: "capacity"), "\(source.path).capacity",
            "would take \(NumberText.duration(hours: hours)) to fill at full power. Are the units right?")
    }

    private func checkVehicles(_ fleet: EVFleet, _ source: ReadValues) {
        let odd = fleet.vehicles.filter {
            $0.maximumCharge > 0
                && ($0.battery >= Self.longest * $0.maximumCharge || $0.battery * Self.longest <= $0.maximumCharge)
        }
        guard let first = odd.first else { return }
        log.warning(
            source.location, source.path,
            "\(first.name) would take \(NumberText.duration(hours: first.battery / first.maximumCharge)) to charge from empty to full"
                + "\(odd.count > 1 ? ", and so it is with \(odd.count - 1) more" : ""). Are the units right?")
    }

    /// Prices of energy, each against the middle one of all.
    private func checkPrices(_ drafts: [PartyDraft], _ prices: OperatorPrices, _ carriers: [Carrier]) {
        var found: [(location: SourceLocation, path: String, price: Double)] = []
        func add(_ location: SourceLocation, _ path: String, _ series: [Double]?) {
            guard let most = series?.map(abs).max(), most > 0 else { return }
            found.append((location, path, most))
        }
        for draft in drafts {
            for (_, source) in draft.sources.sorted(by: { $0.key < $1.key }) {
                for key in ["buy_price", "sell_price"] {
                    let written = source.path == "grid" ? key.replacing("_", with: ".") : key
                    add(source.location(of: key), "\(source.path).\(written)", source.values.optionalSeries(key))
                }
            }
        }
        for entry in prices.everyEntry {
            let series: [Double]? = if case .fixed(let fixed) = entry.price { fixed } else { entry.posted?.upper }
            add(entry.location, entry.path, series)
        }
        for carrier in carriers {
            add(
                context.carrierLocations[carrier.name] ?? SourceLocation(file: ""), "carriers.\(carrier.name).price",
                carrier.price)
        }
        guard found.count >= 3 else { return }
        let middle = found.map(\.price).sorted()[found.count / 2]
        let unit = context.units.engineSymbol(of: .energyPrice)
        for (location, path, price) in found where price >= Self.suspicion * middle || price * Self.suspicion <= middle
        {
            log.warning(
                location, path,
                "reaches \(NumberText.with(unit: unit, price)), and the middle one of the case's prices "
                    + "\(NumberText.with(unit: unit, middle)). Is the unit right?")
        }
    }
}
