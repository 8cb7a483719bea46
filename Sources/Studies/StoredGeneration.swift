import Foundation
import GRDB

/// Decisions that a search asked for together, and what they were worth.
public struct StoredGeneration: Sendable, Equatable {
    /// As asked, before they are projected into the space.
    public let decisions: [[Double]]
    /// nil where there was none.
    public let payoffs: [Double?]
    /// Of the last decision without a payoff, in words.
    public let failure: String?
    /// Wall-clock seconds that answering took.
    public let seconds: Double

    public init(decisions: [[Double]], payoffs: [Double?], failure: String?, seconds: Double) {
        self.decisions = decisions
        self.payoffs = payoffs
        self.failure = failure
        self.seconds = seconds
    }
}

/// Numbers as bytes, so that they come back to the last bit: IEEE 754 double precision, little-endian, one after the other.
enum NumberBytes {
    static func data(_ numbers: some Sequence<Double>) -> Data {
        var data = Data()
        for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
        return data
    }

    /// - Returns: nil where the bytes are no whole number of numbers.
    static func numbers(_ data: Data) -> [Double]? {
        guard data.count.isMultiple(of: 8) else { return nil }
        return data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
            }
        }
    }
}

extension StoredGeneration {
    /// Its row in the store. Missing payoffs are not a number.
    func insert(_ database: Database, number: Int, evaluations: Int, best: Double?) throws {
        try database.execute(
            sql: """
                INSERT INTO generation (number, evaluations, best, seconds, failure, payoffs, decisions)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, evaluations, best, seconds, failure, NumberBytes.data(payoffs.map { $0 ?? .nan }),
                NumberBytes.data(decisions.joined()),
            ])
    }

    /// - Returns: nil where there is no row of this number.
    /// - Throws: ``StudyStoreError/damaged(path:reason:)`` where its columns contradict each other.
    static func fetch(_ database: Database, number: Int, path: String) throws -> StoredGeneration? {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT seconds, failure, payoffs, decisions FROM generation WHERE number = ?",
                arguments: [number])
        else { return nil }
        guard let payoffs = (row.value("payoffs") as Data?).flatMap(NumberBytes.numbers),
            let numbers = (row.value("decisions") as Data?).flatMap(NumberBytes.numbers),
            !payoffs.isEmpty, numbers.count.isMultiple(of: payoffs.count), let seconds = row.value("seconds") as Double?
        else { throw StudyStoreError.damaged(path: path, reason: "generation \(number) cannot be read") }
        let width = numbers.count / payoffs.count
        return StoredGeneration(
            decisions: payoffs.indices.map { Array(numbers[$0 * width..<($0 + 1) * width]) },
            payoffs: payoffs.map { $0.isNaN ? nil : $0 }, failure: row.value("failure"), seconds: seconds)
    }
}
