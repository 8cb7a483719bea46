import Figures

/// One chart a column of a sweep's table, over the first axis that has numbers, with one line for each combination of the others.
struct SweepCharts {
    let title: String
    /// Axes first, then quantities, then why a point has no answer.
    let table: CSVTable
    let axisCount: Int

    /// The column that charts run over; nil where there is none with numbers.
    private var across: Int? {
        (0..<min(axisCount, table.header.count)).first { table.header[$0] != "variant" }
    }

    var all: [(quantity: String, chart: LineChart)] {
        guard let across else { return [] }
        return table.header.indices.dropFirst(axisCount).dropLast().map { column in
            var lines: [LineSeries] = []
            for row in table.rows {
                guard let x = Double(row[across]) else { continue }
                let name = (0..<axisCount).filter { $0 != across }.map { label($0, row[$0]) }.joined(separator: ", ")
                let point = LineSeries.Point(x: x, y: Double(row[column]) ?? .nan)
                if let k = lines.firstIndex(where: { $0.name == name }) {
                    lines[k].points.append(point)
                } else {
                    lines.append(LineSeries(name, points: [point]))
                }
            }
            for k in lines.indices { lines[k].points.sort { $0.x < $1.x } }
            let quantity = Self.name(table.header[column])
            let chart = LineChart(
                title: title.isEmpty ? quantity : "\(title): \(quantity)", x: Axis(table.header[across]),
                y: Axis(table.header[column]), series: lines)
            return (quantity, chart)
        }
    }

    /// A heading without its unit.
    static func name(_ heading: String) -> String {
        heading.hasSuffix("]") ? heading.components(separatedBy: " [").dropLast().joined(separator: " [") : heading
    }

    /// A variant by its name, a number with the last word of its path.
    private func label(_ axis: Int, _ cell: String) -> String {
        guard table.header[axis] != "variant" else { return cell }
        let path = Self.name(table.header[axis])
        return "\(path.split(separator: ".").last.map(String.init) ?? path) \(cell)"
    }
}
