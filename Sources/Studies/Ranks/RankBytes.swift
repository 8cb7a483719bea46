import Foundation

/// Writes what ranks tell each other, and what a certificate leaves on disk. Numbers are written as their bytes, so
/// that they arrive to the last bit.
struct ByteWriter {
    private(set) var data = Data()

    mutating func put(_ number: Int) { putInteger(Int64(number)) }

    /// Half as long.
    mutating func put(_ number: Int32) { putInteger(number) }

    mutating func put(_ part: Data) {
        put(part.count)
        data.append(part)
    }

    mutating func put(_ text: String) { put(Data(text.utf8)) }

    /// Missing numbers have the length -1.
    mutating func put(_ numbers: [Double]?) {
        guard let numbers else { return put(-1) }
        put(numbers.count)
        data.append(NumberBytes.data(numbers))
    }

    private mutating func putInteger(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }
}

/// Reads what a ``ByteWriter`` wrote, in the same order.
struct ByteReader {
    struct Damage: Error {}

    private var rest: Data

    init(_ data: Data) { rest = data }

    /// What is left, in bytes.
    var length: Int { rest.count }

    private mutating func take(_ count: Int) throws -> Data {
        guard count >= 0, count <= rest.count else { throw Damage() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func integer() throws -> Int { Int(try take(Int64.self)) }

    mutating func shortInteger() throws -> Int32 { try take(Int32.self) }

    private mutating func take<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let bytes = try take(MemoryLayout<Number>.size)
        return Number(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(as: Number.self) })
    }

    /// Of things that take a byte each at least.
    mutating func count() throws -> Int {
        guard let count = try countOrNone() else { throw Damage() }
        return count
    }

    /// The same; nil for -1, which stands for missing things.
    mutating func countOrNone() throws -> Int? {
        let count = try integer()
        if count == -1 { return nil }
        guard (0...rest.count).contains(count) else { throw Damage() }
        return count
    }

    mutating func data() throws -> Data { Data(try take(integer())) }

    mutating func text() throws -> String { String(decoding: try data(), as: UTF8.self) }

    mutating func numbers() throws -> [Double]? {
        guard let count = try countOrNone() else { return nil }
        guard count <= rest.count / 8, let numbers = NumberBytes.numbers(try take(8 * count)) else { throw Damage() }
        return numbers
    }

    /// - Throws: ``Damage`` where something is left.
    func end() throws { guard rest.isEmpty else { throw Damage() } }
}
