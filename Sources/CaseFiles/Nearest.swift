/// Finds what a mistyped word was meant to be.
enum Nearest {
    /// Words that are looked at: more are too many to have been mistyped, and every fault of a file may ask.
    private static let mostWords = 1_000

    /// The known word with the smallest edit distance, if that is at most 3 and less than half of the word's length.
    static func word(to word: String, among known: [String]) -> String? {
        let letters = Array(word.unicodeScalars.prefix(65))
        let limit = min(3, (letters.count - 1) / 2)
        guard limit >= 1, letters.count <= 64 else { return nil }
        let (length, mask) = (word.utf8.count, mask(word))
        var best: (distance: Int, word: String)?
        for candidate in known.prefix(mostWords)
        where abs(candidate.utf8.count - length) <= 4 * limit
            && (Self.mask(candidate) ^ mask).nonzeroBitCount <= 2 * limit
        {
            let most = min(limit, (best?.distance ?? Int.max) - 1)
            let distance = distance(letters, Array(candidate.unicodeScalars), most: most)
            if distance <= most { best = (distance, candidate) }
            // Nothing is nearer than one change.
            if distance <= 1 { break }
        }
        return best?.word
    }

    /// Which bytes a word has, modulo 64: an insertion or deletion changes one bit at most, a replacement two.
    private static func mask(_ word: String) -> UInt64 { word.utf8.reduce(0) { $0 | 1 << UInt64($1 & 63) } }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; a number above `most` where it takes
    /// more than that.
    static func distance(_ a: String, _ b: String, most: Int = 3) -> Int {
        distance(Array(a.unicodeScalars), Array(b.unicodeScalars), most: most)
    }

    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], most: Int) -> Int {
        if abs(a.count - b.count) > most { return max(most + 1, abs(a.count - b.count)) }
        // Three rows are enough: this one, the one before, and, for swaps, the one before that.
        var (older, above) = ([Int](), Array(0...b.count))
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var least = min(above[j] + (a[i] == b[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, older[j - 1] + 1) }
                row.append(least)
            }
            if row.min() ?? 0 > most { return most + 1 }
            (older, above) = (above, row)
        }
        return above[b.count]
    }
}
