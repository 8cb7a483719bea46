import Figures
import ResultFiles
import Writing

/// How a search went.
struct ConvergenceSection {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Convergence")
            guard let log = record.table(ConvergenceTable.self), !log.rows.isEmpty,
                log.has(ConvergenceTable.generationBest)
            else { return section }
            let at = try log[ConvergenceTable.evaluations].map(Double.init)
            let best = try log[ConvergenceTable.best]
            let mean = try log[ConvergenceTable.generationMean]
            let (high, low) = (try log[ConvergenceTable.generationBest], try log[ConvergenceTable.generationWorst])
            func point(_ k: Int, _ y: Double) -> LineSeries.Point { LineSeries.Point(x: at[k], y: y) }
            let unit = log.unit(of: ConvergenceTable.best)
            let chart = LineChart(
                title: "Convergence of the search", x: Axis("evaluations"), y: Axis("value [\(unit)]"),
                series: [
                    LineSeries("best so far", points: log.rows.map { point($0, best[$0]) }, form: .steps),
                    LineSeries(
                        "mean, worst to best",
                        points: log.rows.map {
                            LineSeries.Point(
                                x: at[$0], y: mean[$0], lower: min(low[$0], high[$0]), upper: max(low[$0], high[$0]))
                        }),
                ], shape: .column)
            let known = log.rows.filter { best[$0].isFinite }
            var reading = "No generation was answered."
            if let first = known.first, let last = known.last {
                let settled = known.first { best[$0] == best[last] } ?? last
                reading =
                    "Best value \(NumberText.grouped(best[first], decimals: 2)) after \(NumberText.grouped(at[first])) evaluations, "
                    + "\(NumberText.grouped(best[last], decimals: 2)) \(unit) after \(NumberText.grouped(at[last])); "
                    + "nothing better was found after \(NumberText.grouped(at[settled]))."
            }
            section.figures = [PageFigure(name: "convergence", figure: chart, reading: reading)]
            return section
        }
    }
}
