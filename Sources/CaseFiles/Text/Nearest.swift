/// Finds the word that a mistyped word was meant to be.
///
/// Words are compared byte by byte, an entire row of the distance table in one machine word (Hyyrö 2003). The number of
/// words compared is limited: a file may contain as many errors as lines, and each error makes one search.
enum Nearest {
    private static let mostWords = 1_000

    /// The known word with the smallest edit distance, if that is at most 3 and less than half of the word's length.
    static func word(to word: String, among known: [String]) -> String? {
        let length = word.utf8.count
        let limit = min(3, (length - 1) / 2)
        guard limit >= 1, length <= EditDistance.longest else { return nil }
        let pattern = EditDistance(from: word)
        var best: (distance: Int, word: String)?
        for candidate in known.prefix(mostWords) where abs(candidate.utf8.count - length) <= limit {
            let distance = pattern.distance(to: candidate)
            guard distance <= limit, distance < best?.distance ?? Int.max else { continue }
            best = (distance, candidate)
            // Nothing is nearer than one change.
            if distance <= 1 { break }
        }
        return best?.word
    }
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into others.
struct EditDistance {
    static let longest = 64

    /// For each byte its positions in the word.
    private var locations = [UInt64](repeating: 0, count: 256)
    private let length: Int

    /// - Parameter word: of at most ``longest`` bytes.
    init(from word: String) {
        length = word.utf8.count
        for (location, byte) in word.utf8.enumerated() { locations[Int(byte)] |= 1 << UInt64(location) }
    }

    func distance(to other: String) -> Int {
        guard length > 0 else { return other.utf8.count }
        // Where a row of the table rises and falls, bit by bit; a diagonal that stays level.
        var (rises, falls, level, before) = (UInt64.max, UInt64(0), UInt64(0), UInt64(0))
        var distance = length
        let last = UInt64(1) << UInt64(length - 1)
        locations.withUnsafeBufferPointer { locations in
            for byte in other.utf8 {
                let here = locations[Int(byte)]
                let swapped = ((~level & here) << 1) & before
                level = (((here & rises) &+ rises) ^ rises) | here | falls | swapped
                var up = falls | ~(level | rises)
                var down = level & rises
                if up & last != 0 { distance += 1 }
                if down & last != 0 { distance -= 1 }
                (up, down) = ((up << 1) | 1, down << 1)
                rises = down | ~(level | up)
                falls = up & level
                before = here
            }
        }
        return distance
    }
}
