import LinearModels

/// The squares of a leader's objective as variables of a linear program: `value` stands for `root²`.
///
/// By itself the program knows of them little more than that a square is not negative; ``SquareRows`` says the rest.
struct SquareVariables {
    struct Held {
        /// The value's factor in the objective.
        let factor: Double
        let root: Variable
        let value: Variable
        /// Says what the root is.
        let link: Constraint
        /// To hold the value from above.
        let chord: Constraint
    }

    private(set) var squares: [Held] = []
    /// To hold values from below.
    private(set) var tangents: [Constraint] = []

    /// Tangents at a time, a square. Where more are asked for they take the place of those of no use for longest.
    private static let tangentCount = 32

    /// None.
    init() {}

    /// - Parameters:
    ///   - factor: by which all factors are multiplied.
    ///   - decisions: each decision in terms of the model.
    ///   - columns: the system's variables in the model.
    init(
        _ squares: [Square], times factor: Double = 1, decisions: [LinearExpression], columns: [Variable],
        in model: inout LinearModel
    ) throws {
        for (i, square) in squares.enumerated() {
            let expression =
                sum(square.decisions.map { $0.factor * decisions[$0.index] })
                + sum(square.variables.map { $0.factor * columns[$0.index] })
            let root = try model.variable("@root\(i)", in: model.reach(of: expression))
            let value = try model.variable("@square\(i)")
            let link = try model.add(expression - root == 0, named: "@root\(i)")
            // Until they are written, these rows say what is true of every square: the tangent at a half.
            func row(_ name: String) throws -> Constraint { try model.add(value - root >= -0.25, named: name) }
            self.squares.append(
                Held(
                    factor: factor * square.factor, root: root, value: value, link: link, chord: try row("@chord\(i)")))
            tangents += try (0..<Self.tangentCount).map { try row("@tangent\(i).\($0)") }
        }
    }

    var objective: LinearExpression { sum(squares.map { $0.factor * $0.value }) }
}
