import Comparisons
import Foundation
import Metaheuristics
import ResultFiles

/// The centre-bias test of several algorithms as a table.
public struct BiasReport: Sendable {
    let results: [CentreBias]

    public init(_ results: [CentreBias]) { self.results = results }

    private static let placements: [(TestProblem.Placement, String)] = [
        (.shifted, "shifted"), (.low, "at 10 %"), (.high, "at 90 %"), (.lowerCorner, "lower corner"),
        (.upperCorner, "upper corner"),
    ]

    public var summary: String {
        var table = ReportTable(
            title: "Centre bias",
            header: ["algorithm"] + Self.placements.map(\.1) + [
                "rejected", "deviation", "on bounds", "favours the centre",
            ])
        for result in results {
            table.add(
                [.init(result.algorithm)]
                    + Self.placements.map { .init(ComparisonReport.short(result.ratios[$0.0] ?? .nan)) }
                    + [
                        .init("\(result.rejected) of \(CentreBias.dimension)"),
                        .init(String(format: "%.3f", result.deviation)),
                        .init(String(format: "%.1f %%", 100 * result.onBounds)),
                        .init(result.favoursCentre ? "YES" : "no"),
                    ])
        }
        return """
            Mean final error with the optimum elsewhere, over that with the optimum in the centre; geometric mean over functions.
            On noise: coordinates whose best points are not uniform, their mean distance from the centre (0.25 is fair), share on bounds.

            \(table.text)
            """
    }

    public var csv: String {
        let algorithm = Column<String>("algorithm")
        let ratios = Self.placements.map { (placement: $0.0, column: Column<Double>("ratio_\($0.0.rawValue)")) }
        let (rejected, deviation) = (Column<Int>("rejected"), Column<Double>("deviation"))
        let onBounds = Column<Double>("on_bounds")
        var table = ResultTable(
            file: "bias.csv",
            headings: [algorithm.heading()] + ratios.map { $0.column.heading() }
                + [rejected.heading(), deviation.heading(), onBounds.heading()])
        for result in results {
            table.add(
                [algorithm(result.algorithm)] + ratios.map { $0.column(result.ratios[$0.placement] ?? .nan) }
                    + [rejected(result.rejected), deviation(result.deviation), onBounds(result.onBounds)])
        }
        return table.text
    }
}
