/// Numbers in -1 ... 1 without a pattern, the same ones every time.
struct Noise: Sendable, Equatable, Codable {
    private var state: UInt64 = 0x2545_F491_4F6C_DD1D

    mutating func next() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) * 0x1p-52 - 1
    }
}
