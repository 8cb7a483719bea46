import CaseFiles
import Energy
import Studies

/// The tidy tables of solved systems, such as the days of a year, one below the other.
struct SystemTables {
    /// One solved system.
    struct Part {
        /// What tells it from the others, one a key.
        let cells: [String]
        let solution: SystemSolution
        let fleets: [FleetResult]
    }

    let currency: String
    /// Headers of the columns that tell the systems apart, such as `day`; none for a single system.
    let keys: [String]
    let parts: [Part]

    var all: [(file: String, table: CSVTable)] {
        [("flows.csv", flows), ("costs.csv", costs), ("carbon.csv", carbon), ("ev.csv", fleet)]
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
