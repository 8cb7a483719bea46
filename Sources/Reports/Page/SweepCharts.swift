import Figures
import ResultFiles

/// One chart per column of a sweep's table, over the first axis that has numbers, with one line for each combination of
/// the others.
struct SweepCharts {
    let title: String
    /// Axes first, then quantities, then why a point has no answer.
    let table: ResultTable
    let axisCount: Int

    /// The column that charts run over; nil where there is none with numbers.
    private var across: Int? {
        (0..<min(axisCount, table.headings.count)).first { table.headings[$0].name != "variant" }
    }

    var all: [(quantity: String, chart: LineChart)] {
        guard let across else { return [] }
        return table.headings.indices.dropFirst(axisCount).dropLast().map { column in
            var lines: [LineSeries] = []
            for row in table.cells {
                guard let x = row[across].number else { continue }
                let name = (0..<axisCount).filter { $0 != across }.map { label($0, row[$0].text) }.joined(
                    separator: ", ")
                let point = LineSeries.Point(x: x, y: row[column].number ?? .nan)
                if let k = lines.firstIndex(where: { $0.name == name }) {
                    lines[k].points.append(point)
                } else {
                    lines.append(LineSeries(name, points: [point]))
                }
            }
            for k in lines.indices { lines[k].points.sort { $0.x < $1.x } }
            let quantity = table.headings[column].name
            let chart = LineChart(
                title: title.isEmpty ? quantity : "\(title): \(quantity)", x: Axis(table.headings[across].text),
                y: Axis(table.headings[column].text), series: lines)
            return (quantity, chart)
        }
    }

    /// A variant by its name, a number with the last word of its path.
    private func label(_ axis: Int, _ cell: String) -> String {
        let path = table.headings[axis].name
        guard path != "variant" else { return cell }
        return "\(path.split(separator: ".").last.map(String.init) ?? path) \(cell)"
    }
}
