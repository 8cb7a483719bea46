/// Rows of a table put where the clock of a place showed them, so that each of its days begins at the same hour of the clock.
///
/// A day on which clocks are changed has 23 or 25 hours. As a day of 24 the one takes for the hour left out what the step before it had,
/// the other the mean of the hour that stands twice.
struct ClockDays {
    /// For each row its step on the clock, counted from that of the first.
    private let slotOfRow: [Int]
    /// Steps on the clock from the first row to the last.
    let slots: Int
    /// Whether no clock was changed, so that rows are as they stand.
    let isPlain: Bool

    /// - Parameters:
    ///   - moments: of the rows, in hours since 1970-01-01T00:00 UTC, rising.
    ///   - step: hours of a row.
    init(_ moments: [Double], step: Double, clock: LocalClock) {
        let local = moments.map { $0 + clock.hoursAhead(at: $0) }
        let first = local.first ?? 0
        slotOfRow = local.map { Int((($0 - first) / step).rounded()) }
        slots = (slotOfRow.max() ?? -1) + 1
        isPlain = slotOfRow == Array(moments.indices)
    }

    /// A column's values, one a step of the clock.
    func aligned(_ values: [Double]) -> [Double] {
        guard !isPlain else { return values }
        var sums = [Double](repeating: 0, count: slots)
        var counts = [Int](repeating: 0, count: slots)
        for (slot, value) in zip(slotOfRow, values) where slot >= 0 {
            sums[slot] += value
            counts[slot] += 1
        }
        var result: [Double] = []
        for (sum, count) in zip(sums, counts) {
            result.append(count == 0 ? result.last ?? 0 : count == 1 ? sum : sum / Double(count))
        }
        return result
    }
}
