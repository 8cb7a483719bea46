import Foundation
import TestSupport

/// Mutated inputs by number: the same seed and number give the same input on any machine.
public struct FuzzRun: Sendable {
    public let seed: UInt64
    private let originals: [FuzzCase]
    /// The small cases are tried more often: an evaluation of them takes a moment.
    private static let share = [8, 8, 3, 5, 1, 1, 1]

    public init(seed: UInt64) throws {
        self.seed = seed
        originals = try FuzzCase.all()
    }

    public struct Input: Sendable {
        public let original: FuzzCase
        public let mutation: Mutation
    }

    public func input(_ number: Int) -> Input {
        var numbers = SeededNumbers(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number))
        var place = numbers.whole(0...Self.share.reduce(0, +) - 1)
        var k = 0
        while place >= Self.share[k] { (place, k) = (place - Self.share[k], k + 1) }
        var original = originals[k]
        if numbers.whole(0...1) == 0 { original.variant = nil }
        return Input(original: original, mutation: Mutation(of: original, &numbers))
    }
}
