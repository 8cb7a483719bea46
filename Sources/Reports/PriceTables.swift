import CaseFiles
import Energy
import Games
import Studies

/// The tidy tables of a price result, one a file.
extension PriceResult {
    private var time: TimeGrid { solution.time }
    private var currency: String { source.currency }

    /// File names with their tables, in the order of writing.
    public var tables: [(file: String, table: CSVTable)] {
        [
            ("prices.csv", pricesTable), ("flows.csv", flowsTable), ("costs.csv", costsTable),
            ("carbon.csv", carbonTable), ("ev.csv", fleetTable), ("convergence.csv", convergenceTable),
        ]
    }

    /// The decision: one row a price and step, inside its bounds.
    private var pricesTable: CSVTable {
        let unit = "[\(currency)/kWh]"
        var table = CSVTable(["price", "step", "start [h]", "value \(unit)", "lower \(unit)", "upper \(unit)"])
        var first = 0
        for price in source.prices {
            for t in time.indices {
                let k = price.index[t]
                table.add([
                    price.name, "\(t)", NumberText.csv(time.start(of: t)),
                    NumberText.csv(study.best.decision[first + k]), NumberText.csv(price.lower[k]),
                    NumberText.csv(price.upper[k]),
                ])
            }
            first += price.lower.count
        }
        return table
    }

    /// Every flow (kW, positive into the party's balance) and every stored energy (kWh, at the end of the step).
    private var flowsTable: CSVTable {
        var table = CSVTable([
            "step", "start [h]", "party", "carrier", "component", "quantity", "counterparty", "value", "unit",
        ])
        for party in solution.parties {
            for flow in party.flows {
                for t in time.indices {
                    table.add([
                        "\(t)", NumberText.csv(time.start(of: t)), party.name, flow.carrier, flow.component, flow.name,
                        flow.counterparty ?? "", NumberText.csv(flow.power[t]), "kW",
                    ])
                }
            }
            for state in party.states {
                for t in time.indices {
                    table.add([
                        "\(t)", NumberText.csv(time.start(of: t)), party.name, "", state.component, state.name, "",
                        NumberText.csv(state.values[t]), state.unit,
                    ])
                }
            }
        }
        return table
    }

    /// Every cost; income is negative. A party's rows sum to its total.
    private var costsTable: CSVTable {
        var table = CSVTable(["party", "item", "counterparty", "amount [\(currency)]"])
        for party in solution.parties {
            for cost in party.costs {
                table.add([party.name, cost.item, cost.counterparty ?? "", NumberText.csv(cost.amount)])
            }
            table.add([party.name, "total", "", NumberText.csv(party.totalCost)])
        }
        return table
    }

    private var carbonTable: CSVTable {
        var table = CSVTable(["party", "quantity", "value", "unit"])
        for party in solution.parties where !party.emissions.isEmpty || party.carbon != nil {
            for emission in party.emissions {
                table.add([party.name, "emission from \(emission.source)", NumberText.csv(emission.mass), "kg"])
            }
            table.add([party.name, "emission", NumberText.csv(party.totalEmission), "kg"])
            guard let carbon = party.carbon else { continue }
            table.add([party.name, "quota", NumberText.csv(carbon.quota), "kg"])
            table.add([party.name, "excess", NumberText.csv(carbon.emission - carbon.quota), "kg"])
            table.add([party.name, "cost", NumberText.csv(carbon.cost), currency])
        }
        return table
    }

    /// The fleet's envelope and path, and the schedule of each vehicle.
    private var fleetTable: CSVTable {
        var table = CSVTable(["station", "vehicle", "step", "start [h]", "quantity", "value", "unit"])
        for fleet in fleets {
            for series in fleet.series {
                for t in time.indices {
                    table.add([
                        fleet.station, series.vehicle, "\(t)", NumberText.csv(time.start(of: t)), series.quantity,
                        NumberText.csv(series.values[t]), series.unit,
                    ])
                }
            }
        }
        return table
    }

    private var convergenceTable: CSVTable {
        let unit = "[\(currency)]"
        var table = CSVTable([
            "generation", "evaluations", "best \(unit)", "generation best \(unit)", "generation mean \(unit)",
            "generation worst \(unit)", "unanswered",
        ])
        for generation in study.log.generations {
            let numbers = [
                generation.best, generation.generationBest, generation.generationMean, generation.generationWorst,
            ]
            table.add(
                ["\(generation.number)", "\(generation.evaluations)"] + numbers.map { $0.map(NumberText.csv) ?? "" }
                    + ["\(generation.unanswered)"])
        }
        return table
    }
}
