import Figures
import ResultFiles
import Writing

/// One chart per column of a sweep's table: over the first axis that has numbers, with one line for each combination of
/// the others; where all axes are words, a bar for each variant.
struct SweepCharts {
    let title: String
    /// Axes first, then quantities, then why a point has no answer.
    let table: ResultTable
    let axisCount: Int
    var shape = FigureShape.wide

    struct Chart {
        let quantity: String
        let figure: any Figure
        /// What is drawn, with the words for where it is.
        let points: [(place: String, value: Double)]
    }

    /// The column that charts run over; nil where there is none with numbers.
    private var across: Int? {
        (0..<min(axisCount, table.headings.count)).first { table.headings[$0].name != "variant" }
    }

    var all: [Chart] {
        table.headings.indices.dropFirst(axisCount).dropLast().map { column in
            across.map { lines(column, across: $0) } ?? bars(column)
        }
    }

    private func title(of quantity: String) -> String { title.isEmpty ? quantity : "\(title): \(quantity)" }

    private func lines(_ column: Int, across: Int) -> Chart {
        var lines: [LineSeries] = []
        for row in table.cells {
            guard let x = row[across].number else { continue }
            let name = (0..<axisCount).filter { $0 != across }.map { label($0, row[$0].text) }.joined(separator: ", ")
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
            title: title(of: quantity), x: Axis(table.headings[across].text), y: Axis(table.headings[column].text),
            series: lines, shape: shape)
        let points = lines.flatMap { line in
            line.points.map { point in
                (place: NumberText.csv(point.x) + (line.name.isEmpty ? "" : " (\(line.name))"), value: point.y)
            }
        }
        return Chart(quantity: quantity, figure: chart, points: points)
    }

    private func bars(_ column: Int) -> Chart {
        let heading = table.headings[column]
        let names = table.cells.map { row in row.prefix(axisCount).map(\.text).joined(separator: ", ") }
        let values = table.cells.map { $0[column].number ?? .nan }
        let chart = BarChart(
            title: title(of: heading.name), y: Axis(heading.text), groups: names,
            series: [.init(heading.name, values)], shape: shape)
        return Chart(
            quantity: heading.name, figure: chart, points: zip(names, values).map { (place: $0, value: $1) })
    }

    /// A variant by its name, a number with the last word of its path.
    private func label(_ axis: Int, _ cell: String) -> String {
        let path = table.headings[axis].name
        guard path != "variant" else { return cell }
        return "\(path.split(separator: ".").last.map(String.init) ?? path) \(cell)"
    }
}
