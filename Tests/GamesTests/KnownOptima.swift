import Testing

/// Small bilevel problems whose optima are known and were verified by enumeration.
enum KnownOptima {
    static var all: [SmallBilevelProblem] { pricing + classic }

    /// Shorthands for the tables.
    static func b(_ lower: Double, _ upper: Double, isInteger: Bool = false) -> SmallBilevelProblem.Bounds {
        .init(lower: lower, upper: upper, isInteger: isInteger)
    }

    static func r(
        _ x: [Double], _ y: [Double], _ sense: SmallBilevelProblem.Row.Sense, _ side: Double
    ) -> SmallBilevelProblem.Row {
        .init(x: x, y: y, sense: sense, side: side)
    }
}

extension SmallBilevelProblem: CustomTestStringConvertible {
    var testDescription: String { name }
}
