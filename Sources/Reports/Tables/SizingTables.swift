import CaseFiles
import Energy
import Writing

/// The tidy tables of decided sizes, one a file.
extension SizingResult {
    public var tables: [(file: String, table: CSVTable)] {
        let systems = SystemTables(
            currency: source.currency, keys: ["day"],
            parts: system.days.map {
                .init(cells: [$0.day.name], system: $0.day.system, solution: $0.solution, fleets: $0.fleets)
            })
        return [
            ("sizes.csv", sizesTable), ("investments.csv", investmentsTable), ("year.csv", yearTable),
            ("days.csv", daysTable),
        ] + systems.all
            + (study.map { [("convergence.csv", CSVTable($0.log, unit: yearly, sign: -1))] } ?? [])
            + [("exact.csv", exactTable)]
    }

    /// Money a year.
    var yearly: String { "\(source.currency)/a" }

    private var sizesTable: CSVTable {
        var table = CSVTable(["size", "value", "unit", "lower", "upper"])
        for (decision, size) in zip(sizing.game.space.decisions, system.sizes) {
            table.add(
                [decision.name, NumberText.exact(size), decision.unit]
                    + [decision.lower, decision.upper].map(NumberText.exact))
        }
        return table
    }

    /// All that is bought, of a size that was decided or not.
    private var investmentsTable: CSVTable {
        var table = CSVTable(["device", "size", "unit", "outlay [\(source.currency)]", "annual [\(yearly)]"])
        for purchase in system.purchases {
            table.add(
                [purchase.device, NumberText.csv(purchase.size), purchase.unit]
                    + [purchase.outlay, purchase.annual].map(NumberText.csv))
        }
        return table
    }

    /// The year in sums.
    private var yearTable: CSVTable {
        var table = CSVTable(["party", "quantity", "value", "unit"])
        for item in system.items { table.add([item.party, item.name, NumberText.csv(item.cost), yearly]) }
        table.add(["", "operation", NumberText.csv(system.operation), yearly])
        table.add(["", "investment", NumberText.csv(system.investment), yearly])
        table.add(["", "cost", NumberText.csv(system.cost), yearly])
        table.add(["", "emission", NumberText.csv(system.emission), "kg/a"])
        if let cost = system.carbonCost { table.add(["", "carbon cost", NumberText.csv(cost), yearly]) }
        if let cost = scenarioCheck?.all { table.add(["", "cost over all scenarios", NumberText.csv(cost), yearly]) }
        for (carrier, energy) in system.unserved {
            table.add(["", "unserved \(carrier)", NumberText.csv(energy), "kWh/a"])
        }
        return table
    }

    private var daysTable: CSVTable {
        var table = CSVTable(["day", "weight [1/a]", "cost [\(source.currency)]", "emission [kg]"])
        for day in system.days {
            let parties = day.solution.parties
            table.add(
                [day.day.name]
                    + [
                        day.day.weight, parties.reduce(0) { $0 + $1.totalCost },
                        parties.reduce(0) { $0 + $1.totalEmission },
                    ].map(NumberText.csv))
        }
        return table
    }

    /// What the joint program gave. Where its seconds ended it, the computer has a say in this table.
    private var exactTable: CSVTable {
        var table = CSVTable(["quantity", "value", "unit"])
        guard let best = exact.best else { return table }
        table.add(["cost", NumberText.csv(best.cost), yearly])
        table.add(["least possible cost", NumberText.csv(best.bound), yearly])
        for (decision, size) in zip(sizing.game.space.decisions, best.sizes) {
            table.add([decision.name, NumberText.csv(size), decision.unit])
        }
        return table
    }
}
