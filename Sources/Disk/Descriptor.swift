import Foundation

/// Bytes to and from an open file.
enum Descriptor {
    /// Writes all of it, and closes the file whatever happens.
    ///
    /// - Parameter isDurable: whether it has to be on the disk at the end, which pipes and devices cannot guarantee.
    static func fill(_ file: Int32, with data: Data, isDurable: Bool) throws(SystemFailure) {
        var failure: SystemFailure?
        do throws(SystemFailure) { try write(data, to: file) } catch { failure = error }
        if failure == nil, isDurable, fsync(file) != 0 { failure = SystemFailure() }
        // A network disk may report only here that it is full.
        if close(file) != 0, failure == nil { failure = SystemFailure() }
        if let failure { throw failure }
    }

    /// Writes all of it, however many calls that takes.
    static func write(_ data: Data, to file: Int32) throws(SystemFailure) {
        var failure: SystemFailure?
        data.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count, failure == nil {
                let count = systemWrite(file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count > 0 {
                    done += count
                } else if errno == EAGAIN {
                    // The descriptor was opened without waiting, so it can be full for a moment.
                    var waiting = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                    poll(&waiting, 1, -1)
                } else if errno != EINTR {
                    failure = SystemFailure()
                }
            }
        }
        if let failure { throw failure }
    }

    static func content(of file: Int32) throws(SystemFailure) -> Data {
        var content = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count > 0 { content.append(contentsOf: buffer[..<count]) }
            if count == 0 { return content }
            if count < 0, errno != EINTR { throw SystemFailure() }
        }
    }
}

/// What a path or a descriptor refers to.
enum FileKind {
    static func isSame(_ a: stat, _ b: stat) -> Bool { a.st_ino == b.st_ino && a.st_dev == b.st_dev }

    static func isRegular(_ file: stat) -> Bool { file.st_mode & S_IFMT == S_IFREG }

    static func isFolder(_ file: stat) -> Bool { file.st_mode & S_IFMT == S_IFDIR }

    static func isLink(_ file: stat) -> Bool { file.st_mode & S_IFMT == S_IFLNK }

    /// A plain file with one name: what is written into it is written nowhere else.
    static func isOwn(_ file: stat) -> Bool { isRegular(file) && file.st_nlink == 1 }

    static func isOwn(_ file: Int32) -> Bool {
        var found = stat()
        return fstat(file, &found) == 0 && isOwn(found)
    }
}

/// The system's report on a call that failed.
struct SystemFailure: Error {
    let reason: String
    /// Whether a pipe has nobody at its other end.
    let isOfReaderGone: Bool

    init() {
        let code = errno
        self.init(reason: String(cString: strerror(code)), isOfReaderGone: code == EPIPE)
    }

    private init(reason: String, isOfReaderGone: Bool) { (self.reason, self.isOfReaderGone) = (reason, isOfReaderGone) }

    static let foreign = SystemFailure(
        reason: "it is not a plain file with one name, but for example a link or a pipe", isOfReaderGone: false)
}

/// The system's `write`, which a method of the same name hides.
func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
