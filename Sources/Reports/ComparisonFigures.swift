import Comparisons

/// The figures of a comparison.
struct ComparisonFigures {
    struct Figure {
        let file: String
        let title: String
        let svg: String
    }

    let analysis: ComparisonAnalysis

    var all: [Figure] { [] }
}
