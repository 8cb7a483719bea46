import Foundation

/// Decisions as rows of numbers with commas between; a first row that is no numbers is a header.
enum DecisionFile {
    enum Problem: Error, CustomStringConvertible {
        case row(path: String, line: Int)
        case empty(path: String)

        var description: String {
            switch self {
            case .row(let path, let line): "\(path):\(line)  a decision is numbers with commas between."
            case .empty(let path): "\(path): holds no decision."
            }
        }
    }

    static func read(_ path: String) throws -> [[Double]] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
        var decisions: [[Double]] = []
        for (number, line) in lines.enumerated() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let numbers = cells.compactMap { Double($0.trimmingPrefix(while: \.isWhitespace)) }
            if numbers.count == cells.count {
                decisions.append(numbers)
            } else if number > 0 {
                throw Problem.row(path: path, line: number + 1)
            }
        }
        guard !decisions.isEmpty else { throw Problem.empty(path: path) }
        return decisions
    }
}
