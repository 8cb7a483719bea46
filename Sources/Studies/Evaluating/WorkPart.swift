/// One of several parts that long work is dealt into, such as the runs of a comparison, to be done apart and merged.
public struct WorkPart: Sendable, Hashable, Codable, CustomStringConvertible {
    /// From 1 to ``count``.
    public let number: Int
    public let count: Int

    public static let counts = 1...10_000

    /// - Returns: nil where there is no such part.
    public init?(number: Int, of count: Int) {
        guard Self.counts.contains(count), (1...count).contains(number) else { return nil }
        (self.number, self.count) = (number, count)
    }

    /// Reads `I/N`, such as `3/8`.
    ///
    /// - Returns: nil where the text names no part.
    public init?(_ text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
        self.init(number: number, of: count)
    }

    public var description: String { "\(number)/\(count)" }

    /// Whether a piece of work is of this part. Each is of one part, and parts differ by one piece at most.
    ///
    /// Pieces are dealt round by round. Each round begins farther on, by the golden section: neighbours are alike, and
    /// where the deal and the order of the work have the same rhythm, a part would get the dear pieces alone.
    ///
    /// - Parameter index: of the piece in the order of all work, from 0 on.
    public func holds(_ index: Int) -> Bool {
        let shift = Int(Double(count) * 0.618) | 1
        return (index % count + index / count * shift) % count == number - 1
    }

    // MARK: Text

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let part = try WorkPart(container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "it names no part")
        }
        self = part
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension WorkPart {
    /// Checks that folders hold all parts of one piece of work, each once.
    ///
    /// - Throws: ``PartsError``.
    public static func check(_ folders: [(path: String, part: WorkPart)]) throws(PartsError) {
        guard let first = folders.first else { return }
        var seen: [WorkPart: String] = [:]
        for (path, part) in folders {
            guard part.count == first.part.count else {
                throw .otherDeal(path: path, part: part, otherPath: first.path, otherPart: first.part)
            }
            if let other = seen.updateValue(path, forKey: part) { throw .twice(part, paths: [other, path]) }
        }
        let missing = (1...first.part.count).compactMap { WorkPart(number: $0, of: first.part.count) }
            .filter { seen[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing) }
    }
}

/// Why folders are not the parts of one piece of work.
public enum PartsError: Error, Equatable, CustomStringConvertible {
    /// Nothing, or something else.
    case noPart(path: String, reason: String)
    case other(path: String, part: WorkPart, difference: String)
    case otherDeal(path: String, part: WorkPart, otherPath: String, otherPart: WorkPart)
    case twice(WorkPart, paths: [String])
    case missing([WorkPart])
    /// - Parameter done: how much of it is there, such as `3 of 5 runs`.
    case unfinished(path: String, part: WorkPart, done: String)
    /// - Parameter piece: what is in it, and in another part too.
    case notItsOwn(path: String, part: WorkPart, piece: String)

    public var description: String {
        switch self {
        case .noPart(let path, let reason):
            "'\(path)' \(reason), and only folders that --part has made can be merged. Name these alone."
        case .other(let path, let part, let difference):
            "'\(path)' holds part \(part) of something else: \(difference). Repeat the options with which the part was made, or make "
                + "it again with these."
        case .otherDeal(let path, let part, let otherPath, let otherPart):
            "'\(path)' holds part \(part), but '\(otherPath)' holds part \(otherPart): they overlap. Name the parts of one deal alone."
        case .twice(let part, let paths):
            "part \(part) is in '\(paths[0])' and in '\(paths[1])'. Name it once."
        case .missing(let parts):
            parts.count == 1
                ? "part \(parts[0]) is missing. Make it with --part \(parts[0]), or name its folder too."
                : "parts \(parts.prefix(20).map(\.description).joined(separator: ", "))\(parts.count > 20 ? " and others" : "") are missing. "
                    + "Make each with --part, or name their folders too."
        case .unfinished(let path, let part, let done):
            "'\(path)' holds part \(part), which is not done: \(done). Go on with it first: the command that made it, with --part \(part) "
                + "and this folder as --output."
        case .notItsOwn(let path, let part, let piece):
            "'\(path)' holds part \(part), but in it is \(piece), which is of another part. Remove its line, or make the part again."
        }
    }
}
