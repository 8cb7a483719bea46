import EnergyGames
import ResultFiles

/// What cooperation is worth to each party.
enum PayoffTable: TableSchema {
    static let file = "payoffs.csv"
    static let party = Column<String>("party")
    static let alone = Column<Double>("cost alone", .money)
    static let together = Column<Double>("cost together", .money)
    static let payment = Column<Double>("pays for trades", .money)
    static let lumpSum = Column<Double>("pays beside", .money)
    static let after = Column<Double>("cost after payments", .money)
    static let gain = Column<Double>("gain", .money)
    static let share = Column<Double>("gain by the division", .money)
    static let independenceAlone = Column<Double>("independence alone")
    static let independence = Column<Double>("independence together")
    static let columns: [any TableColumn] = [
        party, alone, together, payment, lumpSum, after, gain, share, independenceAlone, independence,
        RowKind.column,
    ]

    /// The row of all parties.
    static let all = "all"
}

/// What is traded, at which price, within which band.
enum TradeTable: TableSchema {
    static let file = "trades.csv"
    static let step = Column<Int>("step")
    static let start = Column<Double>("start", "h")
    static let trade = Column<String>("trade")
    static let seller = Column<String>("seller")
    static let buyer = Column<String>("buyer")
    static let carrier = Column<String>("carrier")
    static let energy = Column<Double>("energy", "kWh")
    static let price = Column<Double>("price", .money(per: "kWh"))
    static let lower = Column<Double>("lower", .money(per: "kWh"))
    static let upper = Column<Double>("upper", .money(per: "kWh"))
    static let columns: [any TableColumn] = [
        step, start, trade, seller, buyer, carrier, energy, price, lower, upper,
    ]
}

/// What a distributed method went through.
enum RoundTable: TableSchema {
    static let file = "rounds.csv"
    static let round = Column<Int>("round")
    static let primal = Column<Double>("primal residual", "kWh")
    static let dual = Column<Double>("dual residual", .money(per: "kWh"))
    static let most = Column<Double>("most possible gain", .money)
    static let gain = Column<Double>("gain", .money)
    static let columns: [any TableColumn] = [round, primal, dual, most, gain]
}

/// What every group of parties would gain by itself.
enum GroupTable: TableSchema {
    static let file = "coalitions.csv"
    static let members = Column<String>("members")
    static let value = Column<Double>("gain", .money)
    static let received = Column<Double>("gain by the agreement", .money)
    static let columns: [any TableColumn] = [members, value, received]
}

/// What each party gains by other ways to divide.
enum DivisionTable: TableSchema {
    static let file = "divisions.csv"
    static let division = Column<String>("division")
    static let party = Column<String>("party")
    static let gain = Column<Double>("gain", .money)
    static let isStable = Column<String>("nobody would leave")
    static let leaving = Column<String>("would leave")
    static let complaint = Column<Double>("leaving gains more", .money)
    static let columns: [any TableColumn] = [division, party, gain, isStable, leaving, complaint]
}

extension CoalitionResult {
    public var tables: [ResultTable] {
        var tables = [payoffTable, tradeTable]
        if !run.rounds.isEmpty { tables.append(roundTable) }
        if let groups { tables += [groupTable(groups), divisionTable(groups)] }
        guard let operation else { return tables }
        let systems = SystemTables(
            currency: source.currency,
            parts: [
                .init(
                    day: nil, system: operation.dispatch.system, solution: operation.answer.solution,
                    fleets: operation.fleets)
            ], tellsFixedPrices: false)
        return tables + systems.all
    }

    private var payoffTable: ResultTable {
        var table = ResultTable(PayoffTable.self, money: source.currency)
        for row in payoffs {
            table.add([
                PayoffTable.party(row.party), PayoffTable.alone(row.alone), PayoffTable.together(row.together),
                PayoffTable.payment(row.payment), PayoffTable.lumpSum(row.lumpSum), PayoffTable.after(row.after),
                PayoffTable.gain(row.gain), PayoffTable.share(row.share),
                PayoffTable.independenceAlone(row.independenceAlone), PayoffTable.independence(row.independence),
                (row.party == PayoffTable.all ? RowKind.total : .item).cell,
            ])
        }
        return table
    }

    private var tradeTable: ResultTable {
        var table = ResultTable(TradeTable.self, money: source.currency)
        let time = source.system.time
        for (k, offer) in agreement.terms.offers.enumerated() {
            for t in time.indices {
                table.add([
                    TradeTable.step(t), TradeTable.start(time.start(of: t)), TradeTable.trade(offer.trade.name),
                    TradeTable.seller(offer.trade.seller), TradeTable.buyer(offer.trade.buyer),
                    TradeTable.carrier(offer.trade.carrier), TradeTable.energy(agreement.energy[k][t]),
                    TradeTable.price(agreement.prices.prices[k][t]), TradeTable.lower(offer.lower[t]),
                    TradeTable.upper(offer.upper[t]),
                ])
            }
        }
        return table
    }

    private var roundTable: ResultTable {
        var table = ResultTable(RoundTable.self, money: source.currency)
        for round in run.rounds {
            table.add([
                RoundTable.round(round.number), RoundTable.primal(round.primal), RoundTable.dual(round.dual),
                RoundTable.most(round.most), RoundTable.gain(round.gain),
            ])
        }
        return table
    }

    private func groupTable(_ groups: CoalitionGroups) -> ResultTable {
        var table = ResultTable(GroupTable.self, money: source.currency)
        for group in groups.values {
            table.add([
                GroupTable.members(group.members.joined(separator: " ")), GroupTable.value(group.gain),
                GroupTable.received(group.received),
            ])
        }
        return table
    }

    private func divisionTable(_ groups: CoalitionGroups) -> ResultTable {
        var table = ResultTable(DivisionTable.self, money: source.currency)
        for division in groups.divisions {
            for (party, gain) in zip(members, division.gains) {
                table.add([
                    DivisionTable.division(division.name), DivisionTable.party(party), DivisionTable.gain(gain),
                    DivisionTable.isStable(division.leaving == nil ? "yes" : "no"),
                    DivisionTable.leaving(division.leaving?.members.joined(separator: " ")),
                    DivisionTable.complaint(division.leaving?.complaint),
                ])
            }
        }
        return table
    }
}
