/// Finds what a mistyped word was meant to be.
enum Nearest {
    /// The known word with the smallest edit distance, if that is at most 3 and less than half of the word's length.
    static func word(to word: String, among known: [String]) -> String? {
        let limit = min(3, (word.count - 1) / 2)
        guard limit >= 1, word.count <= 64 else { return nil }
        var best: (distance: Int, word: String)?
        for candidate in known {
            let distance = distance(word, candidate)
            if distance <= limit, distance < best?.distance ?? Int.max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        if abs(a.count - b.count) > 3 { return abs(a.count - b.count) }
        var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count { rows[i][0] = i }
        for j in 0...b.count { rows[0][j] = j }
        for i in a.indices {
            for j in b.indices {
                let change = rows[i][j] + (a[i] == b[j] ? 0 : 1)
                var least = min(change, rows[i][j + 1] + 1, rows[i + 1][j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                rows[i + 1][j + 1] = least
            }
        }
        return rows[a.count][b.count]
    }
}
