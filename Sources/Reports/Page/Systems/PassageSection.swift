import ResultFiles
import Writing

/// What each party buys from others, makes and uses itself, and sells: whether it sells more than its own, hour by
/// hour.
struct PassageSection {
    let record: ResultRecord
    let time: PageTime

    var section: PageSection {
        get throws {
            var section = PageSection(title: "What passes through each party")
            guard let flows = record.table(FlowTable.self) else { return section }
            let units = try flows[FlowTable.unit]
            let counterparties = flows.optional(FlowTable.counterparty)
            let power = flows.rows.filter { units[$0] == FlowTable.power }
            let (steps, values) = (try flows.steps(FlowTable.step), try flows[FlowTable.value])
            let components = try flows[FlowTable.component]
            let groups = record.leaderFirst(
                flows.groups([FlowTable.day, FlowTable.party, FlowTable.carrier], among: power))
            let rows = groups.compactMap { key, rows -> [String]? in
                guard rows.contains(where: { !counterparties[$0].isEmpty && abs(values[$0]) > 1e-9 }) else {
                    return nil
                }
                var (bought, given, taken, sold, beyond) = (0.0, 0.0, 0.0, 0.0, 0.0)
                for step in Set(rows.map { steps[$0] }).sorted() {
                    var (own, sale) = (0.0, 0.0)
                    for row in rows where steps[row] == step {
                        let value = values[row]
                        if !counterparties[row].isEmpty || components[row] == "supply" {
                            bought += max(0, value)
                            sale -= min(0, value)
                        } else {
                            own += max(0, value)
                            taken -= min(0, value)
                        }
                    }
                    given += own
                    sold += sale
                    beyond += max(0, sale - own)
                }
                let place = key[0].isEmpty ? [] : [key[0]]
                return place + [key[1], key[2]]
                    + [bought, given, taken, sold, beyond].map { NumberText.grouped($0 * time.hours) }
            }
            guard !rows.isEmpty, rows.count <= 400 else { return section }
            let days = flows.has(FlowTable.day) ? ["day"] : []
            section.text = [
                "Everybody but the operator sells at most what its own devices and vehicles give in the same hour: then nothing is sold "
                    + "beyond its own."
            ]
            section.tables = [
                .table(
                    "Energy in kWh",
                    header: days + [
                        "party", "carrier", "bought from others", "given by its own", "taken by its own",
                        "sold to others",
                        "sold beyond its own",
                    ], words: 2 + days.count, rows)
            ]
            return section
        }
    }
}
