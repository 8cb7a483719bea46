import CaseFiles
import Foundation
import Games
import Reports
import ResultFiles
import Writing

/// A `prices.csv` read back: price, step, value.
enum PricesFile {
    enum Problem: Error, CustomStringConvertible {
        case row(path: String, line: Int, reason: String)
        case unknown(path: String, line: Int, price: String, known: [String])
        case missing(path: String, price: String, step: Int)
        case differs(path: String, price: String, steps: (Int, Int))
        case outside(path: String, problem: String)

        var description: String {
            switch self {
            case .row(let path, let line, let reason): "\(path):\(line)  \(reason)"
            case .unknown(let path, let line, let price, let known):
                known.isEmpty
                    ? "\(path):\(line)  '\(price)' is not a price that the case leaves to be decided; it leaves none. Take the row out."
                    : "\(path):\(line)  '\(price)' is not a price that the case leaves to be decided. These are: \(known.joined(separator: ", "))."
            case .missing(let path, let price, let step): "\(path): no value for \(price) at step \(step)."
            case .differs(let path, let price, let steps):
                "\(path): \(price) has two values at steps \(steps.0) and \(steps.1), but the case has one price for both. Make them equal, or change 'interval' or 'periods'."
            case .outside(let path, let problem): "\(path): \(problem)"
            }
        }
    }

    /// The decision in the file, in the order of the case's prices.
    ///
    /// - Parameter space: of the case's game; prices outside its bounds and caps are refused.
    static func read(_ path: String, for source: Case, in space: DecisionSpace) throws -> [Double] {
        var values: [String: [Int: Double]] = [:]
        let columns = [PriceTable.price.name, PriceTable.step.name, PriceTable.value.name]
        let time = source.system.time
        for row in try DecisionTable(path, columns: columns, for: source).rows {
            let incomplete = Problem.row(
                path: path, line: row.line, reason: "a price, a step and a value are needed.")
            guard let price = row.text(PriceTable.price.name), !price.isEmpty,
                let step = row.whole(PriceTable.step.name)
            else { throw incomplete }
            guard let posted = source.prices.first(where: { $0.name == price }) else {
                throw Problem.unknown(path: path, line: row.line, price: price, known: source.prices.map(\.name))
            }
            let steps = posted.index.indices
            guard let value = try row.number(PriceTable.value.name, as: posted.dimension) else {
                throw incomplete
            }
            guard steps.contains(step) else {
                throw Problem.row(
                    path: path, line: row.line,
                    reason:
                        "there is no step \(step) of \(price); its steps are \(steps.lowerBound) to \(steps.upperBound - 1)."
                )
            }
            // Prices of hours are none of quarter hours, though both have a step 1.
            if let start = try row.number(PriceTable.start.name, as: .duration),
                abs(start - time.start(of: step)) > 1e-6 * max(1, abs(start))
            {
                throw Problem.row(
                    path: path, line: row.line,
                    reason:
                        "step \(step) starts at \(NumberText.csv(start)) h here, but at "
                        + "\(NumberText.csv(time.start(of: step))) h in the case. Is the table of another case?")
            }
            guard values[price]?[step] == nil else {
                throw Problem.row(
                    path: path, line: row.line,
                    reason: "\(price) has a value at step \(step) already. Take one of them out.")
            }
            values[price, default: [:]][step] = value
        }
        var decision: [Double] = []
        for price in source.prices {
            for k in price.lower.indices {
                guard let step = price.index.firstIndex(of: k) else { continue }
                guard let value = values[price.name]?[step] else {
                    throw Problem.missing(path: path, price: price.name, step: step)
                }
                for other in price.index.indices where price.index[other] == k {
                    guard let same = values[price.name]?[other] else { continue }
                    guard abs(same - value) > 1e-9 * max(1, abs(value)) else { continue }
                    throw Problem.differs(path: path, price: price.name, steps: (step, other))
                }
                decision.append(value)
            }
        }
        if let problem = space.problem(with: decision) { throw Problem.outside(path: path, problem: problem) }
        return decision
    }
}
