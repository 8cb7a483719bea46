import Foundation

/// The file `known_optima.json`: small bilevel problems with their verified optima.
///
/// Terms quadratic in one party's own variables have no place in a game of linear programs; problems that hold some
/// convert to nil.
struct SmallBilevelFile: Decodable {
    struct Level: Decodable {
        struct Variable: Decodable {
            var lb: Double?
            var ub: Double?
            var integer: Bool
        }
        struct Objective: Decodable {
            var const: Double
            var cx: [Double]
            var cy: [Double]
            var qxy: [[Double]]?
            var qxx: [[Double]]?
            var qyy: [[Double]]?
        }
        struct Row: Decodable {
            var ax: [Double]
            var ay: [Double]
            var sense: String
            var rhs: Double
        }
        var sense: String
        var vars: [Variable]
        var objective: Objective
        var constraints: [Row]
    }

    struct Optimum: Decodable {
        var value: Double?
        var x: [Double]?
        var attained: Bool?
    }

    var name: String
    var source: String
    var status: String
    var verified: Bool
    var upper: Level
    var lower: Level
    var optimistic: Optimum?
    var pessimistic: Optimum?

    static func read() throws -> [SmallBilevelFile] {
        try JSONDecoder().decode([SmallBilevelFile].self, from: SharedFiles.data("known_optima.json"))
    }

    /// The problem, or nil where it is not verified, has no attained optimum or is not linear.
    var problem: SmallBilevelProblem? {
        let squares = [upper.objective.qxx, upper.objective.qyy, lower.objective.qxx, lower.objective.qyy]
        guard verified, status == "optimal", squares.allSatisfy({ $0?.isEmpty ?? true }),
            let value = optimistic?.value, let x = optimistic?.x
        else { return nil }
        var pessimum: SmallBilevelProblem.Point?
        if let value = pessimistic?.value, let x = pessimistic?.x, pessimistic?.attained == true {
            pessimum = .init(value: value, x: x)
        }
        return SmallBilevelProblem(
            name: name, source: source, x: bounds(upper.vars), y: bounds(lower.vars), upper: objective(upper),
            lower: objective(lower), upperRows: rows(upper), lowerRows: rows(lower),
            optimistic: .init(value: value, x: x), pessimistic: pessimum)
    }

    private func bounds(_ variables: [Level.Variable]) -> [SmallBilevelProblem.Bounds] {
        variables.map { .init(lower: $0.lb ?? -.infinity, upper: $0.ub ?? .infinity, isInteger: $0.integer) }
    }

    private func objective(_ level: Level) -> SmallBilevelProblem.Objective {
        .init(
            maximised: level.sense == "max", constant: level.objective.const, x: level.objective.cx,
            y: level.objective.cy,
            products: (level.objective.qxy ?? []).map { (Int($0[0]), Int($0[1]), $0[2]) })
    }

    private func rows(_ level: Level) -> [SmallBilevelProblem.Row] {
        level.constraints.map {
            .init(x: $0.ax, y: $0.ay, sense: .init(rawValue: $0.sense) ?? .equal, side: $0.rhs)
        }
    }
}
