/// Random numbers from a seed and a path of stream numbers: xoshiro256** (Blackman and Vigna, 2021) with its state
/// filled by SplitMix64 (Steele, Lea and Flood, 2014).
///
/// An algorithm derives one stream per generation and individual. The numbers that an individual gets then depend
/// neither on the order of evaluation nor on how many numbers its neighbours have used.
public struct RandomStream: RandomNumberGenerator, Sendable, Equatable, Codable {
    private var state: [UInt64]
    private var spareNormal: Double?

    /// - Parameter path: distinguishes this stream from others of the same seed.
    public init(seed: UInt64, path: [UInt64] = []) {
        var mixer = seed
        for number in path {
            // Scrambled before the number comes in: a plain sum or difference of equal numbers would cancel.
            mixer = Self.scramble(Self.scramble(mixer &+ Self.golden) ^ (number &* Self.golden &+ 1))
        }
        state = (0..<4).map { _ in
            mixer &+= Self.golden
            return Self.scramble(mixer)
        }
    }

    /// State given directly, for comparison with published sequences.
    init(state: [UInt64]) { self.state = state }

    private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Output function of SplitMix64.
    static func scramble(_ number: UInt64) -> UInt64 {
        var z = number
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    public mutating func next() -> UInt64 {
        func rotated(_ x: UInt64, by k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
        let result = rotated(state[1] &* 5, by: 7) &* 9
        let shifted = state[1] << 17
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = rotated(state[3], by: 45)
        return result
    }

    /// Uniform in `0 ..< 1`, in steps of 2^-53.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    public mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
    }

    /// A whole number in `0 ..< count`, each equally likely: numbers of the incomplete last round are drawn again.
    public mutating func index(below count: Int) -> Int {
        let bound = UInt64(count)
        let incomplete = (0 &- bound) % bound
        while true {
            let (high, low) = next().multipliedFullWidth(by: bound)
            if low >= incomplete { return Int(high) }
        }
    }

    /// Standard normal, by Marsaglia's polar method; the second number of a pair is kept for the next call.
    public mutating func normal() -> Double {
        if let spare = spareNormal {
            spareNormal = nil
            return spare
        }
        while true {
            let u = 2 * uniform() - 1
            let v = 2 * uniform() - 1
            let s = u * u + v * v
            guard s > 0, s < 1 else { continue }
            let factor = (-2 * logarithm(s) / s).squareRoot()
            spareNormal = v * factor
            return u * factor
        }
    }

    /// `0 ..< count` in random order (Fisher and Yates).
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, index(below: i + 1)) }
        return order
    }
}
