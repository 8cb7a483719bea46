import Energy
import ResultFiles

/// The tidy tables of solved systems, such as the days of a year, one below the other.
struct SystemTables {
    /// One solved system.
    struct Part {
        /// What tells it from the others; nil for a single system.
        let day: String?
        let system: EnergySystem
        let solution: SystemSolution
        let fleets: [FleetResult]
    }

    let currency: String
    let parts: [Part]
    /// Whether prices between parties stand in them; not where they are agreed on, and have a table of their own.
    var tellsFixedPrices = true

    /// Of every table of several systems.
    static let day = Column<String>("day")

    var all: [ResultTable] { [flows, load, regions, markets, costs, carbon, ladder, fleet] }

    private func table<Schema: TableSchema>(_ schema: Schema.Type, _ rows: (Part) -> [[ColumnCell]]) -> ResultTable {
        ResultTable(schema, of: parts, day: \.day, money: currency, rows)
    }

    private var flows: ResultTable {
        table(FlowTable.self) { part in
            let time = part.solution.time
            let masses = Set(part.system.carriers.filter(\.isMass).map(\.name))
            return part.solution.parties.flatMap { party in
                let flows = party.flows.flatMap { flow in
                    let unit = masses.contains(flow.carrier) ? FlowTable.massRate : FlowTable.power
                    return time.indices.map { t in
                        [
                            FlowTable.step(t), FlowTable.start(time.start(of: t)), FlowTable.party(party.name),
                            FlowTable.carrier(flow.carrier), FlowTable.component(flow.component),
                            FlowTable.quantity(flow.name), FlowTable.counterparty(flow.counterparty),
                            FlowTable.value(flow.power[t]), FlowTable.unit(unit),
                        ]
                    }
                }
                let states = party.states.flatMap { state in
                    time.indices.map { t in
                        [
                            FlowTable.step(t), FlowTable.start(time.start(of: t)), FlowTable.party(party.name),
                            FlowTable.component(state.component), FlowTable.quantity(state.name),
                            FlowTable.value(state.values[t]), FlowTable.unit(state.unit),
                        ]
                    }
                }
                return flows + states
            }
        }
    }

    private var load: ResultTable {
        table(LoadTable.self) { part in
            let time = part.solution.time
            return part.system.parties.flatMap { party in
                party.demand.flatMap { demand in
                    let served = (part.solution.party(party.name)?.flows ?? []).filter {
                        $0.carrier == demand.carrier && $0.kind == .demand
                    }
                    return time.indices.map { t in
                        [
                            LoadTable.step(t), LoadTable.start(time.start(of: t)), LoadTable.party(party.name),
                            LoadTable.carrier(demand.carrier), LoadTable.before(demand.power[t]),
                            LoadTable.after(served.reduce(0) { $0 - $1.power[t] }),
                        ]
                    }
                }
            }
        }
    }

    private var regions: ResultTable {
        table(RegionTable.self) { part in
            part.system.parties.flatMap { party in
                party.components.compactMap { $0 as? CombinedHeatAndPower }.flatMap { unit in
                    let decided = part.solution.party(party.name)?.size("capacity", of: unit.name)
                    return unit.operatingRegion(decided: decided).enumerated().map { k, corner in
                        [
                            RegionTable.party(party.name), RegionTable.component(unit.name), RegionTable.corner(k),
                            RegionTable.heat(corner.x), RegionTable.power(corner.y),
                        ]
                    }
                }
            }
        }
    }

    private var markets: ResultTable {
        table(MarketTable.self) { part in
            let time = part.solution.time
            let outer = part.system.parties.flatMap { party in
                party.components.compactMap { $0 as? MarketExchange }.flatMap { market in
                    [("buying price", market.buyPrice), ("selling price", market.sellPrice ?? [])].flatMap {
                        name, price in
                        price.indices.map { t in
                            [
                                MarketTable.party(party.name), MarketTable.component(market.name),
                                MarketTable.carrier(market.carrier), MarketTable.quantity(name), MarketTable.step(t),
                                MarketTable.start(time.start(of: t)), MarketTable.value(price[t]),
                            ]
                        }
                    }
                }
            }
            return outer
                + (tellsFixedPrices ? FixedPrice.all(in: part.system) : []).flatMap { fixed in
                    time.indices.map { t in
                        [
                            MarketTable.party(fixed.party), MarketTable.carrier(fixed.carrier),
                            MarketTable.quantity(fixed.name), MarketTable.step(t),
                            MarketTable.start(time.start(of: t)), MarketTable.value(fixed.values[t]),
                        ]
                    }
                }
        }
    }

    private var ladder: ResultTable {
        table(LadderTable.self) { part in
            part.solution.parties.flatMap { party -> [[ColumnCell]] in
                guard let carbon = party.carbon else { return [] }
                let excess = carbon.emission - carbon.quota
                let interval = carbon.account.width(quota: carbon.quota)
                let rungs = carbon.account.rungs(
                    from: min(excess, 0) - interval, to: max(excess, 0) + interval, quota: carbon.quota)
                return rungs.map {
                    [
                        LadderTable.party(party.name), LadderTable.from($0.from), LadderTable.to($0.to),
                        LadderTable.price($0.price),
                    ]
                }
            }
        }
    }

    private var costs: ResultTable {
        table(CostTable.self) { part in
            part.solution.parties.flatMap { party in
                party.costs.map {
                    [
                        CostTable.party(party.name), CostTable.item($0.item), CostTable.counterparty($0.counterparty),
                        CostTable.amount($0.amount), RowKind.item.cell,
                    ]
                } + [
                    [
                        CostTable.party(party.name), CostTable.item(CostTable.total),
                        CostTable.amount(party.totalCost), RowKind.total.cell,
                    ]
                ]
            }
        }
    }

    private var carbon: ResultTable {
        table(CarbonTable.self) { part in
            part.solution.parties.filter { !$0.emissions.isEmpty || $0.carbon != nil }.flatMap { party in
                func row(_ quantity: CarbonTable.Quantity, _ value: Double, _ unit: String = "kg") -> [ColumnCell] {
                    row(quantity.rawValue, value, unit)
                }
                func row(_ quantity: String, _ value: Double, _ unit: String = "kg") -> [ColumnCell] {
                    [
                        CarbonTable.party(party.name), CarbonTable.quantity(quantity), CarbonTable.value(value),
                        CarbonTable.unit(unit),
                    ]
                }
                let emissions =
                    party.emissions.flatMap { emission in
                        [row("emission from \(emission.source)", emission.mass)]
                            + (emission.error > 0
                                ? [row("greatest error of emission from \(emission.source)", emission.error)] : [])
                    }
                    + [row(.emission, party.totalEmission)]
                guard let carbon = party.carbon else { return emissions }
                return emissions + [
                    row(.quota, carbon.quota), row(.excess, carbon.emission - carbon.quota),
                    row(.cost, carbon.cost, currency),
                ]
            }
        }
    }

    private var fleet: ResultTable {
        table(FleetTable.self) { part in
            let time = part.solution.time
            return part.fleets.flatMap { fleet in
                fleet.series.flatMap { series in
                    time.indices.map { t in
                        [
                            FleetTable.station(fleet.station), FleetTable.vehicle(series.vehicle), FleetTable.step(t),
                            FleetTable.start(time.start(of: t)), FleetTable.quantity(series.quantity),
                            FleetTable.value(series.values[t]), FleetTable.unit(series.unit),
                        ]
                    }
                }
            }
        }
    }
}

extension ResultTable {
    /// The rows of several days, one below the other; without a column of days where a single system has none.
    init<Schema: TableSchema, Part>(
        _ schema: Schema.Type, of parts: [Part], day: (Part) -> String?, money currency: String,
        _ rows: (Part) -> [[ColumnCell]]
    ) {
        let haveDays = parts.contains { day($0) != nil }
        self.init(
            schema, columns: schema.columns.filter { haveDays || $0.name != SystemTables.day.name }, money: currency)
        for part in parts {
            let day = day(part).map { [SystemTables.day($0)] } ?? []
            for row in rows(part) { add(day + row) }
        }
    }
}
