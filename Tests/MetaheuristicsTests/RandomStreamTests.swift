import Foundation
import Testing

@testable import Metaheuristics

@Suite struct RandomStreamTests {
    /// First numbers of xoshiro256** from the state 1, 2, 3, 4, as its authors' C program gives them.
    @Test func publishedSequence() {
        var stream = RandomStream(state: [1, 2, 3, 4])
        let expected: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
        ]
        #expect(expected == expected.indices.map { _ in stream.next() })
    }

    /// SplitMix64 from state 0: its first output scrambles one golden step.
    @Test func splitMixScrambles() {
        #expect(RandomStream.scramble(0x9E37_79B9_7F4A_7C15) == 0xE220_A839_7B1D_CDAF)
    }

    @Test func uniformAndNormalHaveTheirMoments() {
        var stream = RandomStream(seed: 42)
        let count = 100_000
        let uniform = (0..<count).map { _ in stream.uniform() }
        let normal = (0..<count).map { _ in stream.normal() }
        func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
        // Five standard errors.
        #expect(abs(mean(uniform) - 0.5) < 5 * (1.0 / 12 / Double(count)).squareRoot())
        #expect(abs(mean(normal)) < 5 / Double(count).squareRoot())
        #expect(abs(mean(normal.map { $0 * $0 }) - 1) < 5 * (2 / Double(count)).squareRoot())
        #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
    }

    @Test func indicesAreEquallyLikely() {
        var stream = RandomStream(seed: 7)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[stream.index(below: 7)] += 1 }
        // Chi squared with 6 degrees of freedom: 27.9 is passed once in 10,000.
        #expect(counts.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 } < 27.9)
    }

    @Test func permutationsHoldEverybodyOnce() {
        var stream = RandomStream(seed: 3)
        #expect(Set(stream.permutation(50)) == Set(0..<50))
    }

    @Test func streamsOfOtherPathsDiffer() {
        let paths: [[UInt64]] = [[], [0], [1], [0, 1], [1, 0], [0, 0]]
        let firsts = paths.map { path -> UInt64 in
            var stream = RandomStream(seed: 1, path: path)
            return stream.next()
        }
        #expect(Set(firsts).count == paths.count)
    }
}
