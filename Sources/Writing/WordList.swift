/// Several words as a sentence has them.
package enum WordList {
    /// `a`, `a and b`, or `a, b and c`.
    package static func text(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
