/// The clock that a column's name gives to its times: `UTCTransactionStart`, `time_utc`, `Time (UTC)`, `Start [UTC+1]`.
enum ColumnClock {
    /// Further clocks from UTC are not in use.
    private static let furthest = 14.0

    /// Hours ahead of UTC.
    ///
    /// - Returns: nil where the name says nothing of it, or names several clocks, as `UTC+1/+2` does.
    static func hoursAhead(in name: String) -> Double? {
        // The signs of the zones Etc/GMT+1 are turned round.
        guard name.utf8.count <= 200, !name.contains("Etc/") else { return nil }
        let text = Array(name)
        var found: Set<Double> = []
        for part in words(of: text) {
            let word = String(text[part]).lowercased()
            // Other words begin or end with "utc" in no language of such names; "mgmt" ends with "gmt".
            guard ["utc", "gmt"].contains(where: word.hasPrefix) || word.hasSuffix("utc") else { continue }
            let isAtEnd = ["utc", "gmt"].contains(where: word.hasSuffix)
            guard isAtEnd, let (offset, end) = offset(after: part.upperBound, in: text) else {
                found.insert(0)
                continue
            }
            if end < text.count, text[end] == "/" { return nil }
            found.insert(offset)
        }
        return found.count == 1 ? found.first : nil
    }

    /// Runs of letters, parted where a small one is followed by a capital: `time`, `UTC` of `timeUTC`.
    private static func words(of text: [Character]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        for k in 0...text.count {
            let isLetter = k < text.count && text[k].isLetter
            if let begin = start, !isLetter || text[k - 1].isLowercase && text[k].isUppercase {
                words.append(begin..<k)
                start = nil
            }
            if isLetter, start == nil { start = k }
        }
        return words
    }

    /// `+1`, `+0100` or `+01:00`, and where it ends.
    private static func offset(after place: Int, in text: [Character]) -> (hours: Double, end: Int)? {
        var k = place
        while k < text.count, text[k] == " " { k += 1 }
        guard k < text.count, "+-−".contains(text[k]) else { return nil }
        let sign = text[k] == "+" ? 1.0 : -1
        func digits(from first: Int) -> String {
            String(text[first...].prefix { $0.isASCII && $0.isNumber })
        }
        let whole = digits(from: k + 1)
        var end = k + 1 + whole.count
        var minutes = "0"
        if whole.count <= 2, end < text.count, text[end] == ":" {
            minutes = digits(from: end + 1)
            end += 1 + minutes.count
        } else if whole.count == 4 {
            minutes = String(whole.suffix(2))
        }
        guard let hours = Double(whole.count == 4 ? whole.prefix(2) : whole[...]), let minute = Double(minutes),
            [1, 2, 4].contains(whole.count), minute < 60, hours + minute / 60 <= furthest
        else { return nil }
        return (sign * (hours + minute / 60), end)
    }
}

extension CSVText {
    /// A cell as a time. One without an offset from UTC has that of its column's clock, where the name says it.
    ///
    /// All times in tables are read here, so that series, stays and histories are on the same clock.
    ///
    /// - Parameter isPlaced: whether the reader says where its own clock is. Without that nothing can be converted,
    ///   and times in a column of another clock than UTC stay as they are.
    func stamp(_ row: Row, _ position: Int, isPlaced: Bool = true) -> TimeStamp? {
        guard var stamp = TimeStamp(row.cells[position]) else { return nil }
        guard stamp.offset == nil, let ahead = columns[position].hoursAhead, isPlaced || ahead == 0 else {
            return stamp
        }
        stamp.offset = ahead
        return stamp
    }
}
