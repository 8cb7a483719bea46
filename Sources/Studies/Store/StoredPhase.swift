import Foundation

/// What became of a phase after a search: its outcome as JSON, and the seconds that it took.
///
///     phase       a row per phase, by name; of a long one, what it has come to so far
struct StoredPhase {
    let outcome: Data
    let isDone: Bool
    let seconds: Double

    static let table = """
        CREATE TABLE IF NOT EXISTS phase (
            name TEXT PRIMARY KEY, seconds REAL NOT NULL, done INTEGER NOT NULL, outcome BLOB NOT NULL)
        """

    /// - Returns: nil where there is no such phase, or the file is from before phases were stored.
    static func fetch(_ database: Database, named name: String) throws -> StoredPhase? {
        guard try database.tableExists("phase"),
            let row = try database.rows("SELECT seconds, done, outcome FROM phase WHERE name = ?", [.text(name)]).first,
            let seconds = row["seconds"]?.number, let outcome = row["outcome"]?.bytes
        else { return nil }
        return StoredPhase(outcome: outcome, isDone: row["done"] == 1, seconds: seconds)
    }

    func put(_ database: Database, named name: String) throws {
        try database.execute(Self.table)
        try database.execute(
            "INSERT OR REPLACE INTO phase (name, seconds, done, outcome) VALUES (?, ?, ?, ?)",
            [.text(name), .real(seconds), isDone ? 1 : 0, .bytes(outcome)])
    }

    /// What the answer pays; nil while it is not proved. The last proof counts.
    static func answer(_ database: Database) throws -> Double? {
        for phase in [AnswerPhase.proof, .first] {
            guard let stored = try fetch(database, named: phase.rawValue) else { continue }
            if let payoff = try? PhaseCoding.decode(ProvedPayoff.self, stored.outcome).payoff { return payoff }
        }
        return nil
    }

    private struct ProvedPayoff: Decodable { let payoff: Double }
}

/// JSON that holds every number, infinite ones included.
enum PhaseCoding {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(value)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(type, from: data)
    }
}
