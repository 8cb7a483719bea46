import Foundation
import Games
import TestSupport

/// In which units a test writes rows, real variables and objectives.
enum OddUnits: CaseIterable, Sendable {
    case own, powersOfTwo, powersOfTen, any

    /// From 10^-6 to 10^6.
    func factor(_ numbers: inout SeededNumbers) -> Double {
        switch self {
        case .own: 1
        case .powersOfTwo: exp2(Double(numbers.whole(-20...20)))
        case .powersOfTen: pow(10, Double(numbers.whole(-6...6)))
        case .any: pow(10, numbers.uniform(in: -6...6))
        }
    }
}

extension BilevelProblem {
    /// The same problem with every row, real variable and objective in another unit.
    ///
    /// - Returns: also what a value counts in the unit of the leader's objective.
    func written(in factor: () -> Double) throws -> (problem: BilevelProblem, unit: Double) {
        let (xUnits, yUnits) = (x.map { $0.isInteger ? 1 : factor() }, y.map { $0.isInteger ? 1 : factor() })
        func variables(_ variables: [Variable], _ units: [Double]) -> [Variable] {
            zip(variables, units).map {
                Variable($0.name, lower: $0.lower / $1, upper: $0.upper / $1, isInteger: $0.isInteger)
            }
        }
        func objective(_ objective: Objective, _ unit: Double) -> Objective {
            var scaled = objective
            scaled.constant *= unit
            for i in x.indices { scaled.x[i] *= xUnits[i] * unit }
            for j in y.indices { scaled.y[j] *= yUnits[j] * unit }
            for k in scaled.products.indices {
                scaled.products[k].factor *= xUnits[scaled.products[k].x] * yUnits[scaled.products[k].y] * unit
            }
            return scaled
        }
        func rows(_ rows: [Row]) -> [Row] {
            rows.map { row in
                let unit = factor()
                return Row(
                    x: zip(row.x, xUnits).map { $0 * $1 * unit }, y: zip(row.y, yUnits).map { $0 * $1 * unit },
                    sense: row.sense, side: row.side * unit)
            }
        }
        let (own, others) = (factor(), factor())
        let problem = try BilevelProblem(
            name: name, category: category, x: variables(x, xUnits), y: variables(y, yUnits),
            leader: .init(objective: objective(leader.objective, own), rows: rows(leader.rows)),
            follower: .init(objective: objective(follower.objective, others), rows: rows(follower.rows)),
            optimistic: nil, isProven: false)
        return (problem, own)
    }
}
