import CaseFiles
import EnergyGames
import Foundation
import Reports
import ResultFiles

/// A `sizes.csv` read back: size, value.
enum SizesFile {
    enum Problem: Error, CustomStringConvertible {
        case row(path: String, line: Int, reason: String)
        case outside(path: String, line: Int, size: String, value: Double, range: ClosedRange<Double>)
        case missing(path: String, size: String)

        var description: String {
            switch self {
            case .row(let path, let line, let reason): "\(path):\(line)  \(reason)"
            case .outside(let path, let line, let size, let value, let range):
                "\(path):\(line)  \(size): \(value) is outside \(range.lowerBound) … \(range.upperBound), the range "
                    + "of the case."
            case .missing(let path, let size): "\(path): no value for \(size)."
            }
        }
    }

    /// The decision in the file, in the order of the game's sizes.
    static func read(_ path: String, of source: Case, for sizing: SizingGame) throws -> [Double] {
        var values: [String: (value: Double, line: Int)] = [:]
        let columns = [SizeTable.size.name, SizeTable.value.name]
        for row in try DecisionTable(path, columns: columns, for: source).rows {
            let incomplete = Problem.row(path: path, line: row.line, reason: "a size and a number are needed.")
            guard let name = row.text(SizeTable.size.name), !name.isEmpty else { throw incomplete }
            guard let size = sizing.sizes.first(where: { $0.name == name }) else {
                throw Problem.row(
                    path: path, line: row.line,
                    reason: "'\(name)' is not a size that the case leaves to be decided. These are: "
                        + sizing.sizes.map(\.name).joined(separator: ", ") + ".")
            }
            guard values[name] == nil else {
                throw Problem.row(
                    path: path, line: row.line, reason: "\(name) has a value already. Take one of them out.")
            }
            guard let value = try row.number(SizeTable.value.name, as: size.dimension) else { throw incomplete }
            values[name] = (value, row.line)
        }
        return try sizing.sizes.map { size in
            guard let (value, line) = values[size.name] else { throw Problem.missing(path: path, size: size.name) }
            // A value rounded to ten digits may be slightly outside the range.
            let slack = 1e-9 * max(1, abs(value))
            guard (size.range.lowerBound - slack...size.range.upperBound + slack).contains(value) else {
                throw Problem.outside(path: path, line: line, size: size.name, value: value, range: size.range)
            }
            return value
        }
    }
}
