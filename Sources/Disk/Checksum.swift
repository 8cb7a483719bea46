import Foundation

/// SHA-256 (FIPS 180-4), to tell whether two files are the same.
///
/// The inputs of a run are a few megabytes at most, so that a package for it would cost every first build more than it
/// ever saves.
///
///     var checksum = Checksum()
///     checksum.update(Data("abc".utf8))
///     checksum.hexadecimal  // "ba7816bf…"
package struct Checksum {
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    /// The input that does not yet fill a block.
    private var rest: [UInt8] = []
    /// Bytes.
    private var length: UInt64 = 0

    package init() {}

    /// The checksum of data that is complete in memory, as 64 hexadecimal digits.
    package static func sha256(_ data: Data) -> String {
        var checksum = Checksum()
        checksum.update(data)
        return checksum.hexadecimal
    }

    package mutating func update(_ data: Data) {
        length += UInt64(data.count)
        rest.append(contentsOf: data)
        let whole = rest.count / Self.block * Self.block
        guard whole > 0 else { return }
        rest.withUnsafeBufferPointer { bytes in
            for start in stride(from: 0, to: whole, by: Self.block) {
                Self.compress(&state, UnsafeBufferPointer(rebasing: bytes[start..<start + Self.block]))
            }
        }
        rest.removeFirst(whole)
    }

    /// Of everything so far.
    package var hexadecimal: String {
        var last = self
        var padding: [UInt8] = [0x80]
        while (rest.count + padding.count) % Self.block != Self.block - 8 { padding.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            padding.append(UInt8(truncatingIfNeeded: (8 * length) >> UInt64(shift)))
        }
        last.update(Data(padding))
        return last.state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    // MARK: The compression function

    /// Bytes.
    private static let block = 64

    /// Section 6.2.2.
    private static func compress(_ state: inout [UInt32], _ bytes: UnsafeBufferPointer<UInt8>) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
            for t in 0..<16 {
                words[t] = (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[4 * t + $1]) }
            }
            for t in 16..<64 {
                let (early, late) = (words[t - 15], words[t - 2])
                let first = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
                let second = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
                words[t] = words[t - 16] &+ first &+ words[t - 7] &+ second
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            for t in 0..<64 {
                let mixed = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
                let first = h &+ mixed &+ ((e & f) ^ (~e & g)) &+ constants[t] &+ words[t]
                let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ ((a & b) ^ (a & c) ^ (b & c))
                (h, g, f, e) = (g, f, e, d &+ first)
                (d, c, b, a) = (c, b, a, first &+ second)
            }
            for (k, word) in [a, b, c, d, e, f, g, h].enumerated() { state[k] &+= word }
        }
    }

    private static func rotated(_ word: UInt32, _ places: UInt32) -> UInt32 { word >> places | word << (32 - places) }

    /// Section 4.2.2: the first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = {
        var primes: [UInt64] = []
        var candidate: UInt64 = 2
        while primes.count < 64 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { UInt32(truncatingIfNeeded: cubeRoot($0)) }
    }()

    /// Of a number below 512, times 2^32, rounded down.
    private static func cubeRoot(_ number: UInt64) -> UInt64 {
        var root: UInt64 = 0
        for bit in (0..<35).reversed() {
            let next = root | 1 << UInt64(bit)
            // next^3 <= number * 2^96, with 2^96 = 2^32 * 2^64.
            let square = next.multipliedFullWidth(by: next)
            let low = square.low.multipliedFullWidth(by: next)
            let (high, overflow) = square.high.multipliedReportingOverflow(by: next)
            let (sum, carry) = high.addingReportingOverflow(low.high)
            if !overflow, !carry, sum < number << 32 || sum == number << 32 && low.low == 0 { root = next }
        }
        return root
    }
}
