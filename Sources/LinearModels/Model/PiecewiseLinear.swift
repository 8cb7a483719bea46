/// A continuous piecewise-linear function of one variable on a bounded interval.
///
/// `y(x)` runs through the points `(x[i], y[i])`, `x` strictly increasing. Domain: `x[0] ... x[last]`.
public struct PiecewiseLinear: Sendable, Hashable {
    public let x: [Double]
    public let y: [Double]

    /// - Throws: ``ModelError/badPiecewise(_:)`` for fewer than two points, unequal lengths, numbers that are not
    ///   finite, or abscissae that do not increase.
    public init(x: [Double], y: [Double]) throws {
        guard x.count == y.count else { throw ModelError.badPiecewise("\(x.count) abscissae but \(y.count) values.") }
        guard x.count >= 2 else { throw ModelError.badPiecewise("at least two points are needed.") }
        guard (x + y).allSatisfy(\.isFinite) else { throw ModelError.badPiecewise("every point must be finite.") }
        for i in 1..<x.count where x[i] <= x[i - 1] {
            throw ModelError.badPiecewise("abscissae must increase, but \(x[i - 1]) is followed by \(x[i]).")
        }
        self.x = x
        self.y = y
    }

    /// A function that starts at `(start, value)` and has the given slopes on consecutive intervals.
    public init(start: Double, value: Double = 0, widths: [Double], slopes: [Double]) throws {
        guard widths.count == slopes.count else {
            throw ModelError.badPiecewise("\(widths.count) widths but \(slopes.count) slopes.")
        }
        var x = [start]
        var y = [value]
        for (width, slope) in zip(widths, slopes) {
            x.append(x[x.count - 1] + width)
            y.append(y[y.count - 1] + width * slope)
        }
        try self.init(x: x, y: y)
    }

    /// One slope per piece, from left to right.
    public var slopes: [Double] {
        (1..<x.count).map { i -> Double in
            let rise: Double = y[i] - y[i - 1]
            return rise / (x[i] - x[i - 1])
        }
    }

    /// Slopes never fall: then minimising `y` needs no binary.
    public var isConvex: Bool {
        let slopes = slopes
        return zip(slopes, slopes.dropFirst()).allSatisfy { before, after -> Bool in
            let rounding: Double = 1e-12 * max(1, abs(before))
            return after >= before - rounding
        }
    }

    /// The value at a point of the domain; outside, the first or last slope goes on.
    public func value(at point: Double) -> Double {
        let slopes = slopes
        let piece = max(0, min(slopes.count - 1, (x.firstIndex { $0 >= point } ?? x.count) - 1))
        return y[piece] + slopes[piece] * (point - x[piece])
    }
}

/// How a piecewise-linear function enters a model.
public enum PiecewiseUse: Sendable {
    /// The value is only ever pushed down by the objective. A convex function then needs no binaries.
    case minimised
    /// The value must be the function's, whichever way the objective pulls.
    case exact
}

extension LinearModel {
    /// Adds `y = function(argument)` and returns `y`.
    ///
    /// The argument is written as `x[0] + sum(d[i])`, `0 <= d[i] <= width[i]`, and `y = y[0] + sum(slope[i] * d[i])`.
    /// A convex function that is minimised fills its pieces in order by itself. Otherwise a binary between neighbours
    /// says that piece `i` is full before piece `i + 1` begins (the incremental formulation, Markowitz and Manne 1957;
    /// its relaxation is the convex hull, Padberg 2000).
    ///
    /// - Parameters:
    ///   - argument: the expression whose value is the abscissa. It is confined to the function's domain.
    ///   - name: stem of the names of the new variables and rows.
    public mutating func piecewiseLinear(
        _ function: PiecewiseLinear, of argument: some LinearExpressible, use: PiecewiseUse, named name: String
    ) throws -> LinearExpression {
        try piecewiseLinear(function, of: argument, use: use, named: name, tag: nil)
    }

    /// The same with variables and rows that are tagged, under the tag's item and at its step.
    public mutating func piecewiseLinear(
        _ function: PiecewiseLinear, of argument: some LinearExpressible, use: PiecewiseUse, _ tag: ModelTag
    ) throws -> LinearExpression {
        try piecewiseLinear(function, of: argument, use: use, named: tag.name, tag: tag)
    }

    private mutating func piecewiseLinear(
        _ function: PiecewiseLinear, of argument: some LinearExpressible, use: PiecewiseUse, named name: String,
        tag: ModelTag?
    ) throws -> LinearExpression {
        let (variables, constraints) = (variableCount, constraintCount)
        do {
            return try addPieces(of: function, of: argument.linearExpression, use: use, named: name, tag)
        } catch {
            removeAll(afterVariables: variables, constraints: constraints)
            throw error
        }
    }

    private mutating func addPieces(
        of function: PiecewiseLinear, of argument: LinearExpression, use: PiecewiseUse, named name: String,
        _ tag: ModelTag?
    ) throws -> LinearExpression {
        func mark(_ row: Constraint, as word: String) { rows[row.index].tag = tag?.part(word) }
        let slopes = function.slopes
        var abscissa = LinearExpression(function.x[0])
        var value = LinearExpression(function.y[0])
        var pieces: [Variable] = []
        for (i, slope) in slopes.enumerated() {
            let width = function.x[i + 1] - function.x[i]
            let piece = try variable("\(name).piece@\(i)", in: 0...width)
            columns[piece.index].tag = tag?.part("piece")
            abscissa += piece
            value += slope * piece
            pieces.append(piece)
        }
        mark(try add(argument - abscissa == 0, named: "\(name).argument"), as: "argument")
        if use == .exact || !function.isConvex {
            for i in 1..<max(1, pieces.count) {
                let full = try variable("\(name).full@\(i)", kind: .binary)
                columns[full.index].tag = tag?.part("full")
                let before = function.x[i] - function.x[i - 1]
                let width = function.x[i + 1] - function.x[i]
                mark(try add(pieces[i - 1] >= before * full, named: "\(name).fill@\(i)"), as: "fill")
                mark(try add(pieces[i] <= width * full, named: "\(name).begin@\(i)"), as: "begin")
            }
        }
        return value
    }
}
