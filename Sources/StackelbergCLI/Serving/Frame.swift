import Foundation
import LinearModels

/// What `serve` sends and is sent: sixteen bytes that say what follows, then that.
///
///     bytes  0-3    STKB
///     bytes  4-7    the kind, an unsigned whole number
///     bytes  8-15   how many bytes follow, an unsigned whole number
///
/// All numbers have their lowest byte first.
struct Frame {
    var kind: UInt32
    var content: [UInt8]

    static let mark = Array("STKB".utf8)
    static let headLength = 16
    /// The most bytes behind a head.
    static let most = 1 << 28

    var bytes: [UInt8] {
        var bytes = Self.mark
        bytes.reserveCapacity(Self.headLength + content.count)
        withUnsafeBytes(of: kind.littleEndian) { bytes += $0 }
        withUnsafeBytes(of: UInt64(content.count).littleEndian) { bytes += $0 }
        return bytes + content
    }

    /// A frame of real numbers.
    init(kind: UInt32, _ numbers: [Double]) {
        self.kind = kind
        content = numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
    }

    init(kind: UInt32, content: [UInt8] = []) { (self.kind, self.content) = (kind, content) }

    /// The content as real numbers; nil where it is no whole number of them.
    var numbers: [Double]? {
        guard content.count.isMultiple(of: 8) else { return nil }
        return content.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
            }
        }
    }
}

/// Reads frames of a file descriptor. While it waits, it may be interrupted.
struct FrameReader {
    let file: Int32

    /// What came instead of a frame.
    enum Problem: Error, Equatable {
        /// Where the next frame begins is not known any more.
        case noFrame(found: [UInt8])
        case cutShort(wanted: UInt64, found: UInt64)
        /// Its content was passed over, so that the next frame can be read.
        case tooLong(kind: UInt32, length: UInt64)
    }

    /// Waits for the next frame.
    ///
    /// - Returns: nil at the end of the input.
    /// - Throws: ``Problem``; `Interrupted`.
    func next() throws -> Frame? {
        let head = try read(Frame.headLength)
        if head.isEmpty { return nil }
        guard head.prefix(4).elementsEqual(Frame.mark.prefix(head.count)) else { throw Problem.noFrame(found: head) }
        guard head.count == Frame.headLength else {
            throw Problem.cutShort(wanted: UInt64(Frame.headLength), found: UInt64(head.count))
        }
        let (kind, length) = head.withUnsafeBytes {
            (
                UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
                UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        guard length <= UInt64(Frame.most) else {
            try pass(length)
            throw Problem.tooLong(kind: kind, length: length)
        }
        let content = try read(Int(length))
        guard content.count == length else { throw Problem.cutShort(wanted: length, found: UInt64(content.count)) }
        return Frame(kind: kind, content: content)
    }

    private func pass(_ length: UInt64) throws {
        var left = length
        while left > 0 {
            let wanted = Int(min(left, 1 << 20))
            let found = try read(wanted).count
            left -= UInt64(found)
            guard found == wanted else { throw Problem.cutShort(wanted: length, found: length - left) }
        }
    }

    /// So many bytes; fewer where the input ends before.
    private func read(_ wanted: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, found in
            while found < wanted {
                try wait()
                let count = Foundation.read(file, buffer.baseAddress?.advanced(by: found), wanted - found)
                if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { return }
                found += max(0, count)
            }
        }
    }

    private func wait() throws {
        var waiting = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        repeat { try Interruption.check() } while poll(&waiting, 1, Self.patience) == 0
    }

    /// Milliseconds between two looks at the request to stop.
    private static let patience: Int32 = 100
}
