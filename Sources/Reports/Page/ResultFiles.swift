import CaseFiles
import Foundation
import Writing

/// Why there is no page.
public enum ReportError: Error, Equatable, CustomStringConvertible {
    case noResult(path: String)
    case unreadable(path: String, reason: String)
    case damaged(file: String, reason: String)

    public var description: String {
        switch self {
        case .noResult(let path):
            "'\(path)' holds no result: it has no manifest.json with tables beside it. Name a folder that price, size, sweep or compare "
                + "wrote."
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .damaged(let file, let reason): "\(file): \(reason) Run the command again that wrote it."
        }
    }
}

/// The tables and the manifest of a run, from its folder or as they are about to be written: all that a page is made of.
struct ResultFiles {
    /// By file name.
    let tables: [String: CSVTable]
    let manifest: RunManifest

    /// What a run has in memory.
    init(tables: [(file: String, table: CSVTable)], manifest: String) throws {
        self.tables = Dictionary(tables.map { ($0.file, $0.table) }) { first, _ in first }
        self.manifest = try RunManifest(manifest)
    }

    /// What a run left behind.
    init(folder: URL) throws {
        func text(_ file: URL) throws -> String {
            do {
                return try String(contentsOf: file, encoding: .utf8)
            } catch { throw ReportError.unreadable(path: file.relativePath, reason: error.localizedDescription) }
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard files.contains("manifest.json"), files.contains(where: { $0.hasSuffix(".csv") }) else {
            throw ReportError.noResult(path: folder.relativePath)
        }
        manifest = try RunManifest(text(folder.appendingPathComponent("manifest.json")))
        tables = try files.filter { $0.hasSuffix(".csv") }.reduce(into: [:]) { tables, file in
            tables[file] = try CSVTable(text: text(folder.appendingPathComponent(file)), file: file)
        }
    }

    /// Groups whose second word is a party, those of the leader first: it stands last in tables, and is what a reader looks for.
    func leaderFirst(_ groups: [(key: [String], rows: [Int])]) -> [(key: [String], rows: [Int])] {
        groups.filter { $0.key[1] == manifest.leader } + groups.filter { $0.key[1] != manifest.leader }
    }

    func columns(_ file: String) -> Columns? { tables[file].map { Columns(file: file, table: $0) } }
}

extension CSVTable {
    /// A table read back.
    init(text: String, file: String) throws {
        do {
            let rows = try CSVLine.rows(of: text).map { $0.map(CSVLine.plain) }
            self.init(rows[0])
            for (number, row) in rows.enumerated().dropFirst() {
                guard row.count == header.count else {
                    throw ReportError.damaged(
                        file: file,
                        reason: "row \(number) has \(row.count) cells, but the header has \(header.count).")
                }
                add(row)
            }
        } catch let error as ReportError {
            throw error
        } catch { throw ReportError.damaged(file: file, reason: "it is no table: \(error).") }
    }
}

/// A table by its columns, without the units in their headers.
struct Columns {
    let file: String
    let table: CSVTable

    var rows: Range<Int> { table.rows.indices }

    private func position(_ name: String) -> Int? {
        table.header.firstIndex { $0 == name || $0.hasPrefix(name + " [") }
    }

    func has(_ name: String) -> Bool { position(name) != nil }

    /// What stands in the header's brackets.
    func unit(_ name: String) -> String {
        guard let k = position(name), let open = table.header[k].lastIndex(of: "["), table.header[k].hasSuffix("]")
        else {
            return ""
        }
        return String(table.header[k][table.header[k].index(after: open)...].dropLast())
    }

    func texts(_ name: String) throws -> [String] {
        guard let k = position(name) else {
            throw ReportError.damaged(file: file, reason: "the column '\(name)' is missing.")
        }
        return table.rows.map { $0[k] }
    }

    /// One text a row; none where the table has no such column.
    func optionalTexts(_ name: String) -> [String] {
        position(name).map { k in table.rows.map { $0[k] } } ?? table.rows.map { _ in "" }
    }

    /// Empty cells are not a number.
    func numbers(_ name: String) throws -> [Double] {
        try texts(name).enumerated().map { row, cell in
            if cell.isEmpty { return .nan }
            guard let number = Double(cell) else {
                throw ReportError.damaged(file: file, reason: "row \(row + 1): '\(cell)' is not a number.")
            }
            return number
        }
    }

    /// The column `step`: whole numbers from 0 on.
    func steps() throws -> [Int] {
        try numbers("step").enumerated().map { row, number in
            guard let step = Int(exactly: number), (0..<1_000_000).contains(step) else {
                throw ReportError.damaged(file: file, reason: "row \(row + 1): '\(number)' is not a step.")
            }
            return step
        }
    }

    /// Rows that agree in some columns, in the order in which they first come. A column that the table has not got is empty.
    ///
    /// - Parameter rows: the ones to look at; nil for all.
    func groups(_ names: [String], among rows: [Int]? = nil) -> [(key: [String], rows: [Int])] {
        let columns = names.map(position)
        var places: [[String]: Int] = [:]
        var groups: [(key: [String], rows: [Int])] = []
        for row in rows ?? Array(self.rows) {
            let key = columns.map { $0.map { table.rows[row][$0] } ?? "" }
            if let place = places[key] {
                groups[place].rows.append(row)
            } else {
                places[key] = groups.count
                groups.append((key, [row]))
            }
        }
        return groups
    }
}

/// What a page needs of `manifest.json`, of a run or of a comparison.
struct RunManifest: Decodable {
    struct Settings: Decodable {
        let algorithm: String
        let seed: UInt64
        let evaluations: Int
        let population: Int
    }
    struct Input: Decodable {
        let file: String
        let sha256: String
    }

    let version: String?
    let solver: String?
    let caseName: String?
    let title: String?
    let currency: String?
    let variant: String?
    let stepHours: Double?
    let leader: String?
    let settings: Settings?
    let ties: String?
    let over: [String]?
    let inputs: [Input]?
    let payoff: Double?
    let optimisticPayoff: Double?
    let bound: Double?
    let robustPayoff: Double?
    let pessimisticPayoff: Double?
    let tiesAreSettled: Bool?
    let cost: Double?
    let verdicts: [Verdict]?
    /// Of a comparison.
    let suite: String?
    let suiteVersion: Int?
    let algorithms: [String]?
    let reference: String?
    let seeds: Int?
    let evaluations: Int?
    let runs: Int?

    init(_ json: String) throws {
        do {
            self = try JSONDecoder().decode(RunManifest.self, from: Data(json.utf8))
        } catch { throw ReportError.damaged(file: "manifest.json", reason: "it is not the manifest of a run.") }
    }
}
