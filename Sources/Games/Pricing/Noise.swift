/// Numbers in -1 ... 1 without a pattern, the same ones every time.
struct Noise: Sendable, Equatable, Codable {
    private var state: UInt64 = 0x2545_F491_4F6C_DD1D

    init() {}

    /// Others for each number.
    init(stream: Int) {
        state ^= UInt64(bitPattern: Int64(stream)) &* 0x9E37_79B9_7F4A_7C15
        if state == 0 { state = 1 }
        // Neighbouring numbers begin alike.
        for _ in 0..<8 { _ = next() }
    }

    mutating func next() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) * 0x1p-52 - 1
    }
}
