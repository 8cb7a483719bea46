import CaseFiles
import EnergyGames
import Games
import ResultFiles
import Studies

/// What each operator is paid at the headline's prices.
enum OperatorTable: TableSchema {
    static let file = "operators.csv"
    static let operator_ = Column<String>("operator")
    static let payoff = Column<Double>("payoff", .money)
    static let bound = Column<Double>("bound", .money)
    static let regret = Column<Double>("regret", .money)
    static let share = Column<Double>("regret share", "%")
    static let reasoning = Column<String>("bound by")
    static let columns: [any TableColumn] = [operator_, payoff, bound, regret, share, reasoning]
}

/// What each user pays at the headline's prices: to each operator, and in all, which is more than that where something
/// of its own costs.
enum BillTable: TableSchema {
    static let file = "bills.csv"
    static let user = Column<String>("user")
    static let seller = Column<String>("operator")
    static let amount = Column<Double>("bill", .money)
    static let columns: [any TableColumn] = [user, seller, amount, RowKind.column]
    /// In place of an operator.
    static let total = "total cost"
}

/// Every turn of every operator.
enum ResponseTable: TableSchema {
    static let file = "responses.csv"
    static let start = Column<String>("start")
    static let round = Column<Int>("round")
    static let operator_ = Column<String>("operator")
    static let tick = Column<Double>("tick", .money(per: "kWh"))
    static let before = Column<Double>("payoff before", .money)
    static let after = Column<Double>("payoff after", .money)
    static let moved = Column<String>("moved")
    static let columns: [any TableColumn] = [start, round, operator_, tick, before, after, moved]
}

/// Where starts ended; the first is the headline.
enum EquilibriumTable: TableSchema {
    static let file = "equilibria.csv"
    static let number = Column<Int>("number")
    static let end = Column<String>("end")
    static let starts = Column<String>("starts")
    static let operator_ = Column<String>("operator")
    static let price = Column<String>("price")
    static let mean = Column<Double>("mean", .money(per: "kWh"))
    static let payoff = Column<Double>("payoff", .money)
    static let bound = Column<Double>("bound", .money)
    static let regret = Column<Double>("regret", .money)
    static let columns: [any TableColumn] = [number, end, starts, operator_, price, mean, payoff, bound, regret]
}

/// Prices and payoffs after each round of a cycle.
enum CycleTable: TableSchema {
    static let file = "cycle.csv"
    static let number = EquilibriumTable.number
    static let place = Column<Int>("place")
    static let operator_ = Column<String>("operator")
    static let payoff = Column<Double>("payoff", .money)
    static let price = Column<String>("price")
    static let step = Column<Int>("step")
    static let value = Column<Double>("value", .money(per: "kWh"), exact: true)
    static let columns: [any TableColumn] = [number, place, operator_, payoff, price, step, value]
}

extension CompetitionResult {
    public var tables: [ResultTable] {
        let systems = SystemTables(
            currency: source.currency, parts: [.init(day: nil, system: source.system, solution: solution, fleets: [])])
        return [prices, payoffs, bills, equilibria, rounds] + (cycle.map { [$0] } ?? []) + systems.all
    }

    /// Operators' names beside their prices.
    private var owned: [(name: String, price: PostedPrice)] {
        source.operators.flatMap { one in one.prices.map { (one.name, $0) } }
    }

    private var prices: ResultTable {
        let owner = OperatorTable.operator_
        var table = ResultTable(
            PriceTable.self, columns: [owner] + PriceTable.columns, money: source.currency)
        let time = source.system.time
        for (owned, values) in zip(owned, source.byPrice(headline.answer.decision)) {
            for t in time.indices {
                table.add([owner(owned.name)] + PriceTable.row(owned.price, values, at: t, time))
            }
        }
        return table
    }

    private var payoffs: ResultTable {
        var table = ResultTable(OperatorTable.self, money: source.currency)
        for (one, regret) in zip(source.operators, headline.regrets) {
            table.add([
                OperatorTable.operator_(one.name), OperatorTable.payoff(regret.payoff),
                OperatorTable.bound(regret.bound.ifFinite), OperatorTable.regret(regret.regret?.ifFinite),
                OperatorTable.share(regret.share.map { 100 * $0 }), OperatorTable.reasoning(regret.reasoning.rawValue),
            ])
        }
        return table
    }

    private var bills: ResultTable {
        var table = ResultTable(BillTable.self, money: source.currency)
        for bill in userBills {
            for (seller, amount) in bill.bySeller {
                table.add([
                    BillTable.user(bill.user), BillTable.seller(seller), BillTable.amount(amount), RowKind.item.cell,
                ])
            }
            table.add([
                BillTable.user(bill.user), BillTable.seller(BillTable.total), BillTable.amount(bill.total),
                RowKind.total.cell,
            ])
        }
        return table
    }

    private var equilibria: ResultTable {
        var table = ResultTable(EquilibriumTable.self, money: source.currency)
        for (number, end) in found.ends.enumerated() {
            let values = source.byPrice(end.answer.decision)
            for (owned, values) in zip(owned, values) {
                guard let k = source.operators.firstIndex(where: { $0.name == owned.name }) else { continue }
                let regret = end.regrets[k]
                table.add([
                    EquilibriumTable.number(number + 1), EquilibriumTable.end(end.path.end.rawValue),
                    EquilibriumTable.starts(end.paths.map(\.start.rawValue).joined(separator: " ")),
                    EquilibriumTable.operator_(owned.name), EquilibriumTable.price(owned.price.name),
                    EquilibriumTable.mean(owned.price.mean(values)), EquilibriumTable.payoff(regret.payoff),
                    EquilibriumTable.bound(regret.bound.ifFinite), EquilibriumTable.regret(regret.regret?.ifFinite),
                ])
            }
        }
        return table
    }

    private var rounds: ResultTable {
        var table = ResultTable(ResponseTable.self, money: source.currency)
        let paths = found.ends.flatMap(\.paths)
        for start in CompetitionStart.allCases {
            for move in paths.first(where: { $0.start == start })?.moves ?? [] {
                table.add([
                    ResponseTable.start(start.rawValue), ResponseTable.round(move.round),
                    ResponseTable.operator_(source.operators[move.leader].name), ResponseTable.tick(move.tick),
                    ResponseTable.before(move.before), ResponseTable.after(move.after),
                    ResponseTable.moved(move.hasMoved ? "yes" : "no"),
                ])
            }
        }
        return table
    }

    /// nil where nothing cycles.
    private var cycle: ResultTable? {
        var table = ResultTable(CycleTable.self, money: source.currency)
        for (number, end) in found.ends.enumerated() {
            for (place, answer) in end.path.cycle.enumerated() {
                for (owned, values) in zip(owned, source.byPrice(answer.decision)) {
                    guard let k = source.operators.firstIndex(where: { $0.name == owned.name }) else { continue }
                    for t in source.system.time.indices {
                        table.add([
                            CycleTable.number(number + 1), CycleTable.place(place + 1),
                            CycleTable.operator_(owned.name), CycleTable.payoff(answer.payoffs[k]),
                            CycleTable.price(owned.price.name), CycleTable.step(t),
                            CycleTable.value(values[owned.price.index[t]]),
                        ])
                    }
                }
            }
        }
        return found.ends.contains { !$0.path.cycle.isEmpty } ? table : nil
    }
}

extension CompetitionRegret {
    /// The regret as a share of the payoff's size; nil where there is none, or a payoff that is shown as nothing.
    var share: Double? {
        guard let payoff, let regret, regret.isFinite, abs(payoff) >= 0.005 else { return nil }
        return regret / abs(payoff)
    }
}
