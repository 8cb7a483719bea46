import Foundation
import Testing

/// What is cut is refused; what is damaged is refused, or read as something else. Nothing ends the process.
func expectNothingDamagedIsTaken(_ data: Data, _ read: (Data) throws -> some Any) {
    for length in 0..<data.count {
        #expect(throws: (any Error).self) { try read(data.prefix(length)) }
    }
    for place in data.indices {
        for byte: UInt8 in [0, 1, 127, 255] {
            var damaged = data
            damaged[place] = byte
            _ = try? read(damaged)
        }
    }
}
