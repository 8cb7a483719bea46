import Comparisons
import Disk
import Figures

/// The figures of a comparison. Their numbers stand in `convergence.csv`, `runtime.csv`, `fixed_budget.csv` and
/// `ranks.csv`.
struct ComparisonFigures {
    struct Picture {
        let file: String
        let title: String
        let svg: String
    }

    let report: ComparisonReport
    /// Names of the problems as names of files.
    private let fileNames: [String]
    private var analysis: ComparisonAnalysis { report.analysis }
    private var suite: BenchmarkSuite { report.suite }
    private var algorithms: [String] { report.settings.algorithms }

    init(report: ComparisonReport) {
        self.report = report
        fileNames = FileName.distinct(report.suite.problems.map(\.name))
    }

    var all: [Picture] {
        var pictures = [runtime]
        if let ranks { pictures.append(ranks) }
        for p in suite.problems.indices { pictures += [convergence(p), boxes(p)] }
        return pictures
    }

    /// The last three decades: before them, searches draw their first points.
    private var evaluations: Axis {
        let budget = Double(report.settings.evaluations)
        return Axis("evaluations", .logarithmic, range: max(1, budget / 1000)...max(2, budget))
    }

    private func picture(_ file: String, _ title: String, _ figure: some Figure) -> Picture {
        Picture(file: file, title: title, svg: figure.svg())
    }

    private var runtime: Picture {
        let points = analysis.checkpoints
        let series = algorithms.enumerated().map { a, name in
            LineSeries(
                report.label(name),
                zip(points, analysis.shareReached(a, after: points)).map { (x: Double($0), y: $1) }, form: .steps)
        }
        let title = "Share of targets reached, all problems"
        return picture(
            "runtime", title,
            LineChart(
                title: title, x: evaluations, y: Axis("share of targets", range: 0...1),
                series: series))
    }

    private var ranks: Picture? {
        guard let test = analysis.suiteTest, let difference = test.criticalDifference else { return nil }
        let title = "Mean ranks over problems, 1 is best; bars join what may be equal"
        return picture(
            "ranks", title,
            CriticalDifferenceDiagram(
                title: title,
                entries: zip(algorithms, test.friedman.meanRanks).map { .init($0, meanRank: $1) },
                criticalDifference: difference))
    }

    /// Median gaps along the runs. Quartiles of a dozen algorithms would hide each other; they stand in the table.
    private func convergence(_ p: Int) -> Picture {
        let points = analysis.checkpoints
        let series = algorithms.enumerated().map { a, name in
            LineSeries(
                report.label(name),
                points.map { (x: Double($0), y: analysis.convergence(p, a, after: $0)?.median ?? .nan) })
        }
        let title = "\(suite.problems[p].name): median gap along the runs"
        return picture(
            "convergence-\(fileNames[p])", title,
            LineChart(
                title: title, x: evaluations,
                y: Axis("gap to the best known value", .logarithmic), series: series))
    }

    private func boxes(_ p: Int) -> Picture {
        let categories = algorithms.enumerated().compactMap { a, name -> BoxPlot.Category? in
            guard let losses = analysis.fixedBudget(p, a) else { return nil }
            func gap(_ loss: Double) -> Double { analysis.gap(loss, on: p) }
            return BoxPlot.Category(
                report.label(name), minimum: gap(losses.minimum), lowerQuartile: gap(losses.lower),
                median: gap(losses.median), upperQuartile: gap(losses.upper), maximum: gap(losses.maximum))
        }
        let title = "\(suite.problems[p].name): gap at the end of the runs"
        return picture(
            "final-\(fileNames[p])", title,
            BoxPlot(
                title: title, y: Axis("gap to the best known value", .logarithmic), categories: categories))
    }
}
