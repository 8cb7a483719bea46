import LinearModels
import Testing

/// Every mistake that a model refuses, with its sentence; a refused call leaves the model as it was.
@Suite struct ModelErrorTests {
    private var model = LinearModel()
    private let x: Variable
    private let p: Parameter
    private let foreign: Variable
    private let foreignParameter: Parameter

    init() throws {
        x = try model.variable("x", in: 0...10)
        p = try model.parameter("p", value: 3)
        var other = LinearModel()
        foreign = try other.variable("x")
        foreignParameter = try other.parameter("p")
    }

    private func expect(
        _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ action: (inout LinearModel) throws -> Void
    ) {
        var copy = model
        let error = #expect(throws: ModelError.self, sourceLocation: sourceLocation) { try action(&copy) }
        #expect(error?.description == sentence, sourceLocation: sourceLocation)
        #expect(copy.variableCount == 1 && copy.constraintCount == 0, sourceLocation: sourceLocation)
    }

    @Test func notANumber() {
        expect("parameter 'q' is not a number (NaN). Check what it was computed from.") {
            _ = try $0.parameter("q", value: .nan)
        }
        expect("upper bound of 'y' is not a number (NaN). Check what it was computed from.") {
            _ = try $0.variable("y", from: .init(0), to: .init(.nan))
        }
        expect("coefficient of 'x' in constraint 'c' is not a number (NaN). Check what it was computed from.") {
            try $0.add(.nan * x >= 1, named: "c")
        }
        expect("constant of constraint 'c' is not a number (NaN). Check what it was computed from.") {
            try $0.add(x >= .nan, named: "c")
        }
        expect("a side of constraint 'c' is not a number (NaN). Check what it was computed from.") {
            try $0.add(range(0, x, .nan), named: "c")
        }
        expect("coefficient of 'x' in objective is not a number (NaN). Check what it was computed from.") {
            try $0.minimise(.nan * (p * x))
        }
        expect("upper bound of 'y' is not a number (NaN). Check what it was computed from.") {
            _ = try $0.variable("y", from: .init(0), to: .nan * ParameterExpression(p))
        }
    }

    @Test func infinite() {
        let tail = " is infinite. Only bounds may be, and a row needs a finite side."
        expect("parameter 'q'" + tail) { _ = try $0.parameter("q", value: .infinity) }
        expect("coefficient of 'x' in constraint 'c'" + tail) { try $0.add(.infinity * x >= 1, named: "c") }
        expect("constant of constraint 'c'" + tail) { try $0.add(x <= .infinity, named: "c") }
        expect("a side of constraint 'c'" + tail) { try $0.add(range(-.infinity, x, .infinity), named: "c") }
        expect("coefficient of 'x' in objective" + tail) { try $0.maximise(-.infinity * (p * x)) }
        expect("constant of objective" + tail) { try $0.minimise(x + .infinity) }
        expect("lower bound of 'y'" + tail) {
            _ = try $0.variable("y", from: .init(-.infinity) + .init(p), to: .init(0))
        }
        // Finite terms whose sum is not.
        expect("coefficient of 'x' in constraint 'c'" + tail) { try $0.add(1e308 * x + 1e308 * x >= 1, named: "c") }
        expect("coefficient of 'x' in objective" + tail) { try $0.minimise(1e308 * x + 1e308 * x) }
    }

    @Test func crossedBounds() {
        expect("bounds of 'y' leave no number: 2.0 ... 1.0.") {
            _ = try $0.variable("y", from: .init(2), to: .init(1))
        }
        expect("bounds of 'c' leave no number: 5.0 ... 3.0.") { try $0.add(range(5, x, 3), named: "c") }
        expect("bounds of 'y' leave no number: inf ... inf.") {
            _ = try $0.variable("y", in: .infinity ... .infinity)
        }
    }

    @Test func binaryBounds() {
        expect("binary variable 'y': bounds 0.0 ... 2.0 must lie within 0 ... 1.") {
            _ = try $0.variable("y", in: 0...2, kind: .binary)
        }
    }

    @Test func foreigners() throws {
        expect("constraint 'c' uses a variable that belongs to another model.") {
            try $0.add(foreign >= 1, named: "c")
        }
        expect("objective uses a variable that belongs to another model.") { try $0.minimise(p * foreign) }
        expect("objective uses a parameter that belongs to another model.") { try $0.minimise(foreignParameter * x) }
        expect("constant of constraint 'c' uses a parameter that belongs to another model.") {
            try $0.add(x >= foreignParameter, named: "c")
        }
        // Made on a copy after the copy was taken: the same model by name, but not there.
        var copy = model
        let late = try copy.variable("late")
        let lateParameter = try copy.parameter("late")
        expect("constraint 'c' uses a variable that belongs to another model.") { try $0.add(late >= 1, named: "c") }
        expect("lower bound of 'y' uses a parameter that belongs to another model.") {
            _ = try $0.variable("y", from: .init(lateParameter), to: .init(9))
        }
    }

    @Test func parametersInCoefficients() {
        expect(
            "constraint 'c': a parameter multiplies a variable. Parameters may stand in the objective, in bounds and "
                + "in right-hand sides only."
        ) { try $0.add(p * x >= 1, named: "c") }
        expect("a product of two parameters is not linear in the parameters.") { _ in
            _ = try ParameterExpression(p).times(p * x)
        }
        expect("a product of two parameters is not linear in the parameters.") { _ in
            _ = try ParameterExpression(p).times(x + p)
        }
    }

    @Test func emptyConstraints() {
        let sentence = "constraint 'c' holds no variable, so it can only be true or false for ever."
        expect(sentence) { try $0.add(LinearExpression(1) >= 0, named: "c") }
        expect(sentence) { try $0.add(x - x <= 2, named: "c") }
        expect(sentence) { try $0.add(0 * x <= 2, named: "c") }
    }

    @Test(arguments: [
        "", "1x", ".x", "a b", "a-b", "price[1]", "é", "x\n", String(repeating: "x", count: 256), "free", "End", "INF",
        "st",
    ])
    func badNames(_ name: String) {
        let sentence =
            "the name '\(name.prefix(60))' cannot be written to an LP file: use 1 to 255 letters, digits or any of "
            + "._@#, no digit or dot first, and no word of that format such as 'free' or 'end'."
        expect(sentence) { _ = try $0.variable(name) }
        expect(sentence) { try $0.add(x >= 1, named: name) }
    }

    @Test func longNamesUpToTheLimitAreKept() throws {
        var model = model
        let name = String(repeating: "x", count: 255)
        let long = try model.variable(name)
        #expect(model.name(of: long) == name)
        #expect(try SolverSession(model).solve() == .optimal)
    }

    @Test func duplicateNames() throws {
        expect("the name 'x' is used twice.") { _ = try $0.variable("x") }
        var model = model
        try model.add(x >= 1, named: "x")
        let error = #expect(throws: ModelError.self) { try model.add(x <= 2, named: "x") }
        #expect(error == .duplicateName("x"))
    }

    /// A name is taken by what stands in the model, not by an attempt.
    @Test func refusedCallsDoNotTakeTheirName() throws {
        var model = model
        #expect(throws: ModelError.self) { try model.add(.nan * x >= 1, named: "c") }
        try model.add(x >= 1, named: "c")
        #expect(throws: ModelError.self) { try model.variable("y", from: .init(2), to: .init(1)) }
        _ = try model.variable("y")
    }

    @Test func badPiecewise() throws {
        func reason(_ make: () throws -> PiecewiseLinear) -> String? {
            #expect(throws: ModelError.self) { try make() }?.description
        }
        let stem = "piecewise-linear function: "
        #expect(reason { try PiecewiseLinear(x: [0, 1], y: [0]) } == stem + "2 abscissae but 1 values.")
        #expect(reason { try PiecewiseLinear(x: [0], y: [0]) } == stem + "at least two points are needed.")
        #expect(reason { try PiecewiseLinear(x: [0, .nan], y: [0, 1]) } == stem + "every point must be finite.")
        #expect(
            reason { try PiecewiseLinear(x: [0, 1, 1], y: [0, 1, 2]) } == stem
                + "abscissae must increase, but 1.0 is followed by 1.0.")
        #expect(
            reason { try PiecewiseLinear(start: 0, widths: [1], slopes: [1, 2]) } == stem + "1 widths but 2 slopes.")
    }

    @Test func variablesAndConstraintsAreFoundByName() throws {
        var model = model
        let row = try model.add(x >= 1, named: "row")
        #expect(model.variable(named: "x") == x)
        #expect(model.constraint(named: "row") == row)
        #expect(model.variable(named: "row") == nil)
        #expect(model.name(of: row) == "row")
        #expect(model.name(of: p) == "p")
        #expect(model.parameters == [p])
    }
}
