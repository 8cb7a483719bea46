import CaseFiles
import Energy
import Studies

/// The tidy tables of solved systems, such as the days of a year, one below the other.
struct SystemTables {
    /// One solved system.
    struct Part {
        /// What tells it from the others, one a key.
        let cells: [String]
        let system: EnergySystem
        let solution: SystemSolution
        let fleets: [FleetResult]
    }

    let currency: String
    /// Headers of the columns that tell the systems apart, such as `day`; none for a single system.
    let keys: [String]
    let parts: [Part]

    var all: [(file: String, table: CSVTable)] {
        [
            ("flows.csv", flows), ("load.csv", load), ("regions.csv", regions), ("markets.csv", markets),
            ("costs.csv", costs), ("carbon.csv", carbon), ("ladder.csv", ladder), ("ev.csv", fleet),
        ]
    }

    private func table(_ header: [String], _ rows: (Part) -> [[String]]) -> CSVTable {
        var table = CSVTable(keys + header)
        for part in parts {
            for row in rows(part) { table.add(part.cells + row) }
        }
        return table
    }

    /// Every flow (kW, positive into the party's balance) and every stored energy (kWh, at the end of the step).
    private var flows: CSVTable {
        table(["step", "start [h]", "party", "carrier", "component", "quantity", "counterparty", "value", "unit"]) {
            part in
            let time = part.solution.time
            return part.solution.parties.flatMap { party in
                let flows = party.flows.flatMap { flow in
                    time.indices.map { t in
                        [
                            "\(t)", NumberText.csv(time.start(of: t)), party.name, flow.carrier, flow.component,
                            flow.name, flow.counterparty ?? "", NumberText.csv(flow.power[t]), "kW",
                        ]
                    }
                }
                let states = party.states.flatMap { state in
                    time.indices.map { t in
                        [
                            "\(t)", NumberText.csv(time.start(of: t)), party.name, "", state.component, state.name, "",
                            NumberText.csv(state.values[t]), state.unit,
                        ]
                    }
                }
                return flows + states
            }
        }
    }

    /// Demand as the case gives it and as it was served, kW.
    private var load: CSVTable {
        table(["step", "start [h]", "party", "carrier", "before [kW]", "after [kW]"]) { part in
            let time = part.solution.time
            return part.system.parties.flatMap { party in
                party.demand.flatMap { demand in
                    let served = (part.solution.party(party.name)?.flows ?? []).filter {
                        $0.carrier == demand.carrier && $0.kind == .demand
                    }
                    return time.indices.map { t in
                        [
                            "\(t)", NumberText.csv(time.start(of: t)), party.name, demand.carrier,
                            NumberText.csv(demand.power[t]),
                            NumberText.csv(served.reduce(0) { $0 - $1.power[t] }),
                        ]
                    }
                }
            }
        }
    }

    /// What each combined-heat-and-power unit can give while it runs: corners in order, two for the ends of a line.
    private var regions: CSVTable {
        table(["party", "component", "corner", "heat [kW]", "power [kW]"]) { part in
            part.system.parties.flatMap { party in
                party.components.compactMap { $0 as? CombinedHeatAndPower }.flatMap { unit in
                    let decided = part.solution.party(party.name)?.size("capacity", of: unit.name)
                    return unit.operatingRegion(decided: decided).enumerated().map { k, corner in
                        [party.name, unit.name, "\(k)", NumberText.csv(corner.x), NumberText.csv(corner.y)]
                    }
                }
            }
        }
    }

    /// Prices of outer markets, such as the public grid's.
    private var markets: CSVTable {
        table(["party", "component", "carrier", "quantity", "step", "start [h]", "value [\(currency)/kWh]"]) { part in
            let time = part.solution.time
            return part.system.parties.flatMap { party in
                party.components.compactMap { $0 as? MarketExchange }.flatMap { market in
                    [("buying price", market.buyPrice), ("selling price", market.sellPrice ?? [])].flatMap {
                        name, price in
                        price.indices.map { t in
                            [
                                party.name, market.name, market.carrier, name, "\(t)",
                                NumberText.csv(time.start(of: t)), NumberText.csv(price[t]),
                            ]
                        }
                    }
                }
            }
        }
    }

    /// What a kilogram above or below the quota costs or earns, around where each party stands.
    private var ladder: CSVTable {
        table(["party", "from [kg]", "to [kg]", "price [\(currency)/kg]"]) { part in
            part.solution.parties.flatMap { party -> [[String]] in
                guard let carbon = party.carbon else { return [] }
                let excess = carbon.emission - carbon.quota
                let rungs = carbon.account.rungs(
                    from: min(excess, 0) - carbon.account.interval, to: max(excess, 0) + carbon.account.interval)
                return rungs.map { [party.name] + [$0.from, $0.to, $0.price].map(NumberText.csv) }
            }
        }
    }

    /// Every cost; income is negative. A party's rows sum to its total.
    private var costs: CSVTable {
        table(["party", "item", "counterparty", "amount [\(currency)]"]) { part in
            part.solution.parties.flatMap { party in
                party.costs.map { [party.name, $0.item, $0.counterparty ?? "", NumberText.csv($0.amount)] }
                    + [[party.name, "total", "", NumberText.csv(party.totalCost)]]
            }
        }
    }

    private var carbon: CSVTable {
        table(["party", "quantity", "value", "unit"]) { part in
            part.solution.parties.filter { !$0.emissions.isEmpty || $0.carbon != nil }.flatMap { party in
                var rows = party.emissions.map {
                    [party.name, "emission from \($0.source)", NumberText.csv($0.mass), "kg"]
                }
                rows.append([party.name, "emission", NumberText.csv(party.totalEmission), "kg"])
                guard let carbon = party.carbon else { return rows }
                rows.append([party.name, "quota", NumberText.csv(carbon.quota), "kg"])
                rows.append([party.name, "excess", NumberText.csv(carbon.emission - carbon.quota), "kg"])
                rows.append([party.name, "cost", NumberText.csv(carbon.cost), currency])
                return rows
            }
        }
    }

    /// The fleet's envelope and path, and the schedule of each vehicle.
    private var fleet: CSVTable {
        table(["station", "vehicle", "step", "start [h]", "quantity", "value", "unit"]) { part in
            let time = part.solution.time
            return part.fleets.flatMap { fleet in
                fleet.series.flatMap { series in
                    time.indices.map { t in
                        [
                            fleet.station, series.vehicle, "\(t)", NumberText.csv(time.start(of: t)), series.quantity,
                            NumberText.csv(series.values[t]), series.unit,
                        ]
                    }
                }
            }
        }
    }
}

extension CSVTable {
    /// What a search saw, one row a generation.
    ///
    /// - Parameter sign: -1 where the payoff is the negative of what is shown.
    init(_ log: SearchLog, unit: String, sign: Double = 1) {
        self.init([
            "generation", "evaluations", "best [\(unit)]", "generation best [\(unit)]", "generation mean [\(unit)]",
            "generation worst [\(unit)]", "unanswered",
        ])
        for generation in log.generations {
            let numbers = [
                generation.best, generation.generationBest, generation.generationMean, generation.generationWorst,
            ]
            add(
                ["\(generation.number)", "\(generation.evaluations)"]
                    + numbers.map { $0.map { NumberText.csv(sign * $0) } ?? "" } + ["\(generation.unanswered)"])
        }
    }
}
