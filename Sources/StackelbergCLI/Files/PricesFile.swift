import CaseFiles
import Foundation

/// A `prices.csv` read back: price, step, value.
enum PricesFile {
    enum Problem: Error, CustomStringConvertible {
        case row(path: String, line: Int, reason: String)
        case missing(path: String, price: String, step: Int)

        var description: String {
            switch self {
            case .row(let path, let line, let reason): "\(path):\(line)  \(reason)"
            case .missing(let path, let price, let step): "\(path): no value for \(price) at step \(step)."
            }
        }
    }

    /// The decision in the file, in the order of the case's prices.
    static func read(_ path: String, for source: Case) throws -> [Double] {
        var values: [String: [Int: Double]] = [:]
        for (line, cells) in try DecisionTable(path, columns: ["price", "step", "start [h]", "value"]).rows {
            guard cells.count >= 4, let step = Int(cells[1]) else {
                throw Problem.row(path: path, line: line, reason: "a price, a step and a value are needed.")
            }
            guard let value = Double(cells[3]), value.isFinite else {
                throw Problem.row(path: path, line: line, reason: "'\(cells[3])' is not a number.")
            }
            values[String(cells[0]), default: [:]][step] = value
        }
        var decision: [Double] = []
        for price in source.prices {
            for k in price.lower.indices {
                guard let step = price.index.firstIndex(of: k) else { continue }
                guard let value = values[price.name]?[step] else {
                    throw Problem.missing(path: path, price: price.name, step: step)
                }
                decision.append(value)
            }
        }
        return decision
    }
}
