import Figures
import ResultFiles
import Writing

/// What each user pays the others, and in all: before and after, where there is something to compare with.
struct Bills {
    private let record: ResultRecord
    private let bills: [Bill]
    private let unit: String

    /// Of a user: what it pays to others, less what it is paid by them, and all its costs, those of comfort and wear
    /// included.
    private struct Bill {
        let user: String
        var paid = 0.0
        var all = 0.0
        var paidBefore: Double?
        var allBefore: Double?
    }

    init(record: ResultRecord) throws {
        self.record = record
        guard record.table(PriceTable.self) != nil, let table = record.table(CostTable.self), !table.rows.isEmpty else {
            (bills, unit) = ([], "")
            return
        }
        unit = table.unit(of: CostTable.amount)
        var operators = Set(try record.table(OperatorTable.self)?[OperatorTable.operator_] ?? [])
        operators.formUnion(record.manifest.leader.map { [$0] } ?? [])
        let (parties, counterparties) = (try table[CostTable.party], table.optional(CostTable.counterparty))
        let amounts = try table[CostTable.amount]
        let areTotals = table.areTotals(CostTable.item, called: CostTable.total)
        var bills: [Bill] = []
        for row in table.rows where !areTotals[row] && !operators.contains(parties[row]) {
            let k = bills.firstIndex { $0.user == parties[row] } ?? bills.count
            if k == bills.count { bills.append(Bill(user: parties[row])) }
            bills[k].all += amounts[row]
            if !counterparties[row].isEmpty { bills[k].paid += amounts[row] }
        }
        if let before = try Self.before(record) {
            for k in bills.indices {
                (bills[k].paidBefore, bills[k].allBefore) = before[bills[k].user] ?? (nil, nil)
            }
        }
        self.bills = bills
    }

    /// What parties pay others, and in all, at the prices that the result was set beside; nil where there are none.
    private static func before(_ record: ResultRecord) throws -> [String: (Double?, Double?)]? {
        guard let table = record.table(AgainstTable.self), table.has(AgainstTable.counterparty) else { return nil }
        let (parties, quantities) = (try table[AgainstTable.party], try table[AgainstTable.quantity])
        let (there, counterparties) = (try table[AgainstTable.there], table.optional(AgainstTable.counterparty))
        let areTotals = table.areTotals(AgainstTable.quantity, called: AgainstTable.cost)
        var before: [String: (Double?, Double?)] = [:]
        for row in table.rows {
            var known = before[parties[row]] ?? (0, nil)
            if areTotals[row] {
                if quantities[row] == AgainstTable.cost { known.1 = there[row] }
            } else if !counterparties[row].isEmpty {
                known.0 = (known.0 ?? 0) + there[row]
            }
            before[parties[row]] = known
        }
        return before
    }

    private var isCompared: Bool { bills.contains { $0.paidBefore != nil } }

    private var reference: String { record.against.map { " (\($0))" } ?? "" }

    private func money(_ amount: Double?) -> String {
        amount.map { NumberText.grouped($0, decimals: 2) } ?? ""
    }

    /// nil where nobody has a bill.
    var figure: PageFigure? {
        guard !bills.isEmpty else { return nil }
        let shown = Array(bills.prefix(24))
        var series = [BarChart.Series(isCompared ? "after" : "bill", shown.map(\.paid))]
        if isCompared { series.insert(.init("before\(reference)", shown.map { $0.paidBefore ?? .nan }), at: 0) }
        let sum = bills.reduce(0) { $0 + $1.paid }
        let before = bills.reduce(0) { $0 + ($1.paidBefore ?? 0) }
        let reading =
            isCompared
            ? "All bills together go from \(money(before)) to \(money(sum)) \(unit)."
            : "All bills together are \(money(sum)) \(unit)."
        return PageFigure(
            name: "bills",
            figure: BarChart(
                title: isCompared ? "Bills before and after" : "Bills", y: Axis("bill [\(unit)]"),
                groups: shown.map(\.user), series: series, shape: .column),
            reading: reading
                + (bills.count > shown.count ? " \(bills.count - shown.count) more stand in \(CostTable.file)." : ""))
    }

    var tables: [HTML] {
        guard !bills.isEmpty, bills.count <= 200 else { return [] }
        guard isCompared else {
            return [
                .table(
                    "Bills in \(unit); income is negative",
                    header: ["user", "pays others", "own costs", "in all"],
                    bills.map { [$0.user, money($0.paid), money($0.all - $0.paid), money($0.all)] })
            ]
        }
        return [
            .table(
                "Bills in \(unit), before\(reference) and after; income is negative",
                header: [
                    "user", "bill before", "bill after", "change", "change [%]", "all costs before", "all costs after",
                ],
                bills.map { bill in
                    let change = bill.paidBefore.map { bill.paid - $0 }
                    let share = bill.paidBefore.flatMap { abs($0) > 1e-9 ? 100 * (bill.paid - $0) / abs($0) : nil }
                    return [
                        bill.user, money(bill.paidBefore), money(bill.paid), money(change), money(share),
                        money(bill.allBefore), money(bill.all),
                    ]
                })
        ]
    }

    /// How to see what is missing.
    var text: [String] {
        guard !bills.isEmpty, !isCompared, record.table(OperatorTable.self) == nil else { return [] }
        return [
            "To see every bill before and after, set these prices beside those that stand now: stackelberg evaluate with "
                + "this folder and --against, followed by a variant of the case or a file like prices.csv."
        ]
    }
}
