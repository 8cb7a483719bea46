import Foundation
import LinearModels

/// A bilevel problem in units in which its numbers are near 1, and what these units are.
///
/// A solver's tolerances are absolute, and those of a search over parts are too. In the units that a file happens to
/// have, a row in millionths is held by nothing, and one in millions is never met. So every real variable, every row
/// and both objectives get a unit of their own (``Magnitudes``). All are powers of two: multiplying by one rounds
/// nothing, so that the problem is the same, and so are its answers.
struct NaturalUnits {
    /// In natural units.
    let problem: BilevelProblem
    /// What 1 of a variable is in the file's units; whole numbers stay as they are.
    private let x: [Double]
    private let y: [Double]
    /// What 1 of the leader's objective is.
    private let value: Double

    init(_ original: BilevelProblem) throws {
        var model = LinearModel()
        let columns = try (original.x + original.y).map { try model.variable($0.name, in: $0.lower...$0.upper) }
        for (i, row) in (original.leader.rows + original.follower.rows).enumerated() {
            let terms = zip(row.x + row.y, columns).filter { $0.0 != 0 }
            guard !terms.isEmpty else { continue }
            try model.add(sum(terms.map { $0 * $1 }) == row.side, named: "row\(i)")
        }
        let magnitudes = Magnitudes(model).columns
        let (ofX, ofY) = (Array(magnitudes[..<original.x.count]), Array(magnitudes[original.x.count...]))
        let ownX = zip(original.x, ofX).map { $0.isInteger ? 1 : $1 }
        let ownY = zip(original.y, ofY).map { $0.isInteger ? 1 : $1 }
        let terms = Self.terms(original.leader.objective, ofX, ofY)
        let own = Self.power(terms.isEmpty ? 1 : exp2(terms.reduce(0) { $0 + log2($1) } / Double(terms.count)))
        let cost = Self.power(Self.terms(original.follower.objective, ofX, ofY, countingX: false).max())

        func variables(_ variables: [BilevelProblem.Variable], _ units: [Double]) -> [BilevelProblem.Variable] {
            zip(variables, units).map {
                .init($0.name, lower: $0.lower / $1, upper: $0.upper / $1, isInteger: $0.isInteger)
            }
        }
        var units = zip(original.x + original.y, ownX + ownY).filter { !$0.0.isInteger }.map(\.1) + [own, cost]
        func rows(_ rows: [BilevelProblem.Row]) -> [BilevelProblem.Row] {
            rows.map { row in
                let (left, right) = (zip(row.x, ownX).map { $0 * $1 }, zip(row.y, ownY).map { $0 * $1 })
                let unit = Self.power((left + right).map(abs).max())
                units.append(unit)
                return .init(
                    x: left.map { $0 / unit }, y: right.map { $0 / unit }, sense: row.sense, side: row.side / unit)
            }
        }
        func objective(_ objective: BilevelProblem.Objective, _ unit: Double) -> BilevelProblem.Objective {
            .init(
                isMaximised: objective.isMaximised, constant: objective.constant / unit,
                x: zip(objective.x, ownX).map { $0 * $1 / unit }, y: zip(objective.y, ownY).map { $0 * $1 / unit },
                products: objective.products.map {
                    .init(x: $0.x, y: $0.y, factor: $0.factor * ownX[$0.x] * ownY[$0.y] / unit)
                },
                xProducts: objective.xProducts.map {
                    .init(
                        first: $0.first, second: $0.second,
                        factor: $0.factor * ownX[$0.first] * ownX[$0.second] / unit)
                },
                yProducts: objective.yProducts.map {
                    .init(
                        first: $0.first, second: $0.second,
                        factor: $0.factor * ownY[$0.first] * ownY[$0.second] / unit)
                })
        }
        let scaled = try? BilevelProblem(
            name: original.name, category: original.category, x: variables(original.x, ownX),
            y: variables(original.y, ownY),
            leader: .init(objective: objective(original.leader.objective, own), rows: rows(original.leader.rows)),
            follower: .init(
                objective: objective(original.follower.objective, cost), rows: rows(original.follower.rows)),
            optimistic: nil, isProven: false)
        // What is near enough to natural units stays as it is, to be told to the last digit. Beyond the reach of a
        // computer's numbers even powers of two round.
        if let scaled, units.contains(where: { !Self.usual.contains($0) }),
            zip(Self.numbers(original), Self.numbers(scaled)).allSatisfy({ ($0 == 0) == ($1 == 0) }),
            Self.numbers(scaled).allSatisfy({ $0 == 0 || $0.isInfinite || $0.isNormal })
        {
            (problem, x, y, value) = (scaled, ownX, ownY, own)
        } else {
            (problem, x, y, value) = (original, ownX.map { _ in 1 }, ownY.map { _ in 1 }, 1)
        }
    }

    /// Tolerances are below what matters of numbers of this size. They suffer less from great numbers than from small
    /// ones.
    private static let usual = 0x1p-4...0x1p13

    private static func numbers(_ problem: BilevelProblem) -> [Double] {
        var numbers: [Double] = []
        for variable in problem.x + problem.y { numbers += [variable.lower, variable.upper] }
        for level in [problem.leader, problem.follower] {
            let objective = level.objective
            numbers += objective.x
            numbers += objective.y
            numbers.append(objective.constant)
            for product in objective.products { numbers.append(product.factor) }
            for product in objective.xProducts + objective.yProducts { numbers.append(product.factor) }
            for row in level.rows {
                numbers += row.x
                numbers += row.y
                numbers.append(row.side)
            }
        }
        return numbers
    }

    /// How great the terms of an objective are by nature.
    private static func terms(
        _ objective: BilevelProblem.Objective, _ x: [Double], _ y: [Double], countingX: Bool = true
    ) -> [Double] {
        var terms = zip(objective.y, y).map { $0 * $1 } + objective.products.map { $0.factor * x[$0.x] * y[$0.y] }
        if countingX {
            terms += zip(objective.x, x).map { $0 * $1 }
            terms += objective.xProducts.map { $0.factor * x[$0.first] * x[$0.second] }
            terms += objective.yProducts.map { $0.factor * y[$0.first] * y[$0.second] }
        }
        return terms.map(abs).filter { $0 != 0 }
    }

    private static func power(_ number: Double?) -> Double {
        guard let number, number > 0, number.isFinite else { return 1 }
        return exp2(log2(number).rounded())
    }

    /// Decisions near one that are written with fewer digits in the units of the file, where those are within bounds.
    func roundings(of decision: [Double]) -> [[Double]] {
        [1e9, 1e7, 1e5, 1e3].map { digits in
            zip(decision, zip(x, problem.x)).map { value, unit in
                let rounded = (value * unit.0 * digits).rounded() / digits / unit.0
                return min(max(rounded, unit.1.lower), unit.1.upper)
            }
        }
    }

    /// What was found in natural units, in those of the file.
    func certificate(_ natural: Certificate) -> Certificate {
        var certificate = Certificate(
            bound: natural.bound * value, reasoning: natural.reasoning,
            best: natural.best.map { ($0.payoff * value, zip($0.decision, x).map { $0 * $1 }) },
            curve: natural.curve.map {
                .init(
                    nodes: $0.nodes, seconds: $0.seconds, bound: $0.bound * value, payoff: $0.payoff.map { $0 * value })
            },
            grounds: natural.grounds, slack: natural.slack * value, hangsOnRounding: natural.hangsOnRounding,
            values: zip(natural.values, y).map { $0 * $1 })
        certificate.isAttained = natural.isAttained
        return certificate
    }
}
