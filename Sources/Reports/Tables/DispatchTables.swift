import EnergyGames
import ResultFiles
import Writing

/// Each horizon that was operated: the case's own, or its typical days.
enum OperationTable: TableSchema {
    static let file = "operation.csv"
    static let day = SystemTables.day
    static let weight = Column<Double>("weight", "1/a")
    static let cost = Column<Double>("cost", .money)
    static let emission = Column<Double>("emission", "kg")
    static let bound = Column<Double>("bound")
    static let columns: [any TableColumn] = [day, weight, cost, emission, bound]
}

/// What one more kWh of a party's demand would cost and emit.
enum MarginalTable: TableSchema {
    static let file = "marginals.csv"
    static let day = SystemTables.day
    static let step = Column<Int>("step")
    static let start = Column<Double>("start", "h")
    static let party = Column<String>("party")
    static let carrier = Column<String>("carrier")
    static let price = Column<Double>("marginal price", .money(per: "kWh"))
    static let emission = Column<Double>("marginal emission", "kg/kWh")
    static let columns: [any TableColumn] = [day, step, start, party, carrier, price, emission]
}

/// From the cheapest operation to the cleanest.
enum FrontTable: TableSchema {
    static let file = "front.csv"
    static let point = Column<Int>("point")
    static let cost = Column<Double>("cost", .money)
    static let emission = Column<Double>("emission", "kg")
    static let bound = Column<Double>("least possible cost", .money)
    static let columns: [any TableColumn] = [point, cost, emission, bound]
}

/// What it is worth to plan for scenarios.
enum PlanTable: TableSchema {
    static let file = "plans.csv"
    static let day = SystemTables.day
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value", .money)
    static let columns: [any TableColumn] = [day, quantity, value]
}

extension DispatchResult {
    public var tables: [ResultTable] {
        let systems = SystemTables(
            currency: source.currency,
            parts: parts.map {
                .init(day: $0.day, system: $0.dispatch.system, solution: $0.answer.solution, fleets: $0.fleets)
            })
        return [operationTable, indices.table, marginalTable] + systems.all + (front.isEmpty ? [] : [frontTable])
            + (plans.isEmpty ? [] : [planTable])
    }

    private var operationTable: ResultTable {
        ResultTable(OperationTable.self, of: parts, day: \.day, money: source.currency) { part in
            [
                [
                    OperationTable.weight(part.weight), OperationTable.cost(part.answer.cost),
                    OperationTable.emission(part.answer.emission), OperationTable.bound(part.answer.bound),
                ]
            ]
        }
    }

    private var marginalTable: ResultTable {
        ResultTable(MarginalTable.self, of: parts, day: \.day, money: source.currency) { part in
            let time = part.dispatch.system.time
            return part.answer.marginals.flatMap { marginal in
                time.indices.map { t in
                    [
                        MarginalTable.step(t), MarginalTable.start(time.start(of: t)),
                        MarginalTable.party(marginal.party), MarginalTable.carrier(marginal.carrier),
                        MarginalTable.price(marginal.price[t]), MarginalTable.emission(marginal.emission[t]),
                    ]
                }
            }
        }
    }

    /// In the order in which a summary tells them.
    func numbers(of plan: Plan) -> [(quantity: String, value: Double)] {
        let answer = plan.answer
        return [
            ("expected cost of the plan", answer.cost), ("each scenario known beforehand", answer.waitAndSee),
            ("value of perfect information", answer.valueOfPerfectInformation),
        ]
            + (answer.planForForecast.map { [("plan made for the forecast", $0)] } ?? [])
            + (answer.valueOfStochasticSolution.map { [("value of the stochastic solution", $0)] } ?? [])
    }

    private var planTable: ResultTable {
        var table = ResultTable(PlanTable.self, money: source.currency)
        for plan in plans {
            for (quantity, value) in numbers(of: plan) {
                table.add([PlanTable.day(plan.day), PlanTable.quantity(quantity), PlanTable.value(value)])
            }
        }
        return table
    }

    private var frontTable: ResultTable {
        var table = ResultTable(FrontTable.self, money: source.currency)
        for (k, point) in front.enumerated() {
            table.add([
                FrontTable.point(k), FrontTable.cost(point.cost), FrontTable.emission(point.emission),
                FrontTable.bound(point.bound),
            ])
        }
        return table
    }
}
