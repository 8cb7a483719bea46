import Foundation
import Games

/// What a search asked for together, and what came of it.
package struct StoredGeneration: Sendable, Equatable {
    /// As asked; decisions before they are projected into the space.
    package let proposals: [Proposal]
    /// The decision of each answer: as asked, or what a climb found.
    package let decisions: [[Double]]
    /// nil where there was none.
    package let payoffs: [Double?]
    /// Evaluations spent on each.
    package let efforts: [Int]
    /// Of the last decision without a payoff, in words.
    package let failure: String?
    /// Wall-clock seconds that answering took.
    package let seconds: Double

    package init(
        proposals: [Proposal], decisions: [[Double]], payoffs: [Double?], efforts: [Int], failure: String?,
        seconds: Double
    ) {
        self.proposals = proposals
        self.decisions = decisions
        self.payoffs = payoffs
        self.efforts = efforts
        self.failure = failure
        self.seconds = seconds
    }

    /// Evaluations spent on all of it.
    package var effort: Int { efforts.reduce(0, +) }
}

/// Numbers as bytes, so that they come back to the last bit: IEEE 754 double precision, little-endian, one after the
/// other.
enum NumberBytes {
    static func data(_ numbers: some Sequence<Double>) -> Data {
        numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
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
    /// Its row in the store. Missing payoffs are not a number; what was asked for stands beside the decisions only
    /// where it was more than they.
    func insert(_ database: Database, number: Int, evaluations: Int, best: Double?) throws {
        let isPlain = proposals == decisions.map { .decision($0) } && efforts.allSatisfy { $0 == 1 }
        try database.execute(
            """
            INSERT INTO generation (number, evaluations, best, seconds, failure, payoffs, decisions, climbs)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(number), .integer(evaluations), best.map { .real($0) }, .real(seconds),
                failure.map { .text($0) }, .bytes(NumberBytes.data(payoffs.map { $0 ?? .nan })),
                .bytes(NumberBytes.data(decisions.joined())),
                isPlain ? nil : .bytes(try PhaseCoding.encode(zip(proposals, efforts).map(Climb.init))),
            ])
    }

    private struct Climb: Codable {
        let proposal: Proposal
        let effort: Int
    }

    /// - Returns: nil where there is no row of this number.
    /// - Throws: ``StudyStoreError/damaged(path:reason:)`` where its columns contradict each other.
    static func fetch(_ database: Database, number: Int, path: String) throws -> StoredGeneration? {
        guard
            let row = try database.rows(
                "SELECT seconds, failure, payoffs, decisions, climbs FROM generation WHERE number = ?",
                [.integer(number)]
            ).first
        else { return nil }
        guard let payoffs = (row["payoffs"]?.bytes).flatMap(NumberBytes.numbers),
            let numbers = (row["decisions"]?.bytes).flatMap(NumberBytes.numbers),
            !payoffs.isEmpty, numbers.count.isMultiple(of: payoffs.count), let seconds = row["seconds"]?.number,
            seconds.isFinite, seconds >= 0, numbers.allSatisfy(\.isFinite), !payoffs.contains(where: \.isInfinite)
        else { throw StudyStoreError.damaged(path: path, reason: "generation \(number) cannot be read") }
        let width = numbers.count / payoffs.count
        let decisions = payoffs.indices.map { Array(numbers[$0 * width..<($0 + 1) * width]) }
        var climbs = decisions.map { Climb(proposal: .decision($0), effort: 1) }
        if let stored = row["climbs"] {
            guard let data = stored.bytes, let read = try? PhaseCoding.decode([Climb].self, data),
                read.count == payoffs.count,
                read.allSatisfy({ SearchLimits.effort.contains($0.effort) })
            else {
                throw StudyStoreError.damaged(path: path, reason: "the climbs of generation \(number) cannot be read")
            }
            climbs = read
        }
        return StoredGeneration(
            proposals: climbs.map(\.proposal), decisions: decisions, payoffs: payoffs.map { $0.isNaN ? nil : $0 },
            efforts: climbs.map(\.effort), failure: row["failure"]?.text, seconds: seconds)
    }
}
