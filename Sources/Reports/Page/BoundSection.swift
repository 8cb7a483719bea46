import Figures
import ResultFiles
import Writing

/// How the bound of a certificate came down to the payoff, over time and over the programs solved.
struct BoundSection {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "How the bound came down")
            guard let table = record.table(BoundTable.self) else { return section }
            let (nodes, seconds) = (try table[BoundTable.nodes].map(Double.init), try table[BoundTable.seconds])
            let (bound, payoff) = (try table[BoundTable.bound], try table[BoundTable.payoff])
            let unit = table.unit(of: BoundTable.bound)
            let known = table.rows.filter { bound[$0].isFinite }
            section.text = record.manifest.boundGrounds ?? []
            let manifest = record.manifest
            let name =
                CertificateResult.isBest(manifest.givenPayoff, of: manifest.payoff)
                ? "these prices" : "best prices known"
            guard let first = known.first, let last = known.last else {
                section.text.append("No bound was found: give it more --time.")
                return section
            }
            func chart(_ title: String, _ label: String, _ places: [Double]) -> LineChart {
                func line(_ name: String, _ values: [Double]) -> LineSeries? {
                    let points = table.rows.filter { values[$0].isFinite }.map { (x: places[$0], y: values[$0]) }
                    return points.isEmpty ? nil : LineSeries(name, points, form: .steps, owner: SeriesOwner(name))
                }
                return LineChart(
                    title: title, x: Axis(label), y: Axis("payoff [\(unit)]"),
                    series: [line("no prices pay more than", bound), line(name, payoff)]
                        .compactMap(\.self), shape: .column)
            }
            let way =
                "From \(NumberText.grouped(bound[first], decimals: 2)) to \(NumberText.grouped(bound[last], decimals: 2)) \(unit)"
            section.figures = [
                PageFigure(
                    name: "bound over time", figure: chart("Bound over time", "time [s]", seconds),
                    reading: "\(way) in \(NumberText.fixed(seconds[last] - seconds[first], decimals: 1)) s."),
                PageFigure(
                    name: "bound over programs",
                    figure: chart("Bound over programs solved", "programs solved", nodes),
                    reading: "\(way) with \(NumberText.grouped(nodes[last])) programs."),
            ]
            return section
        }
    }
}
