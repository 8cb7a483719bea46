/// When a case begins, and the clock by which the times of its tables are read.
///
/// - A time with an offset from UTC is that moment.
/// - A time without one is on the clock of `time.timezone`, with that zone's changes of the clock: a table has no row
///   for the skipped hour, and two for the repeated hour, first in summer time.
/// - Without `time.timezone` it is on the clock of `time.start`, which is never changed: UTC, or the offset that the
///   start has.
struct Timeline: Sendable {
    let clock: LocalClock
    /// Hours since 1970-01-01T00:00 UTC.
    let start: Double
    /// What the clock shows at the start, in hours after midnight.
    let startHour: Double
    /// Whether the case says where its clock is, by a zone or an offset of its start.
    let isPlaced: Bool

    init(clock: LocalClock, start: Double, startHour: Double, isPlaced: Bool = true) {
        self.isPlaced = isPlaced
        self.clock = clock
        self.start = start
        self.startHour = startHour
    }

    /// - Parameter zone: the case's own clock; nil if it names none.
    /// - Returns: nil if that clock never shows such a time.
    init?(start stamp: TimeStamp, zone: LocalClock?) {
        if let offset = stamp.offset {
            let clock = zone ?? LocalClock(offset: offset)
            let moment = stamp.clock.hours - offset
            let local = moment + clock.hoursAhead(at: moment)
            let hour = local - (local / 24).rounded(.down) * 24
            self.init(clock: clock, start: moment, startHour: zone == nil ? stamp.clock.hour : hour)
            return
        }
        let clock = zone ?? .utc
        switch clock.reading(of: stamp.clock) {
        case .once(let moment), .twice(let moment, _):
            self.init(clock: clock, start: moment, startHour: stamp.clock.hour, isPlaced: zone != nil)
        case .never: return nil
        }
    }
}

/// Reads the times of a column from top to bottom, so that their order distinguishes the hour that occurs twice.
struct TimeColumnReader {
    let clock: LocalClock
    private var last = -Double.infinity

    init(clock: LocalClock) { self.clock = clock }

    /// Hours since 1970-01-01T00:00 UTC; nil if the clock never shows such a time.
    mutating func moment(of stamp: TimeStamp) -> Double? {
        var moment: Double
        if let offset = stamp.offset {
            moment = stamp.clock.hours - offset
        } else {
            switch clock.reading(of: stamp.clock) {
            case .once(let only): moment = only
            case .twice(let first, let second): moment = first > last + 1e-6 ? first : second
            case .never: return nil
            }
        }
        last = moment
        return moment
    }
}
