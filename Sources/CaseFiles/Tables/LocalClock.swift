import Foundation
import Writing

/// The clock of times without an offset.
///
/// With a time zone it is put forward and back as that zone says: one hour of the year is skipped, another occurs
/// twice. Without one it never changes, and every day has 24 hours.
struct LocalClock: Sendable {
    /// nil for a clock that is never changed.
    let zone: TimeZone?
    /// Hours ahead of UTC of such a clock.
    let offset: Double
    /// As it is written; UTC if it is not a zone.
    let name: String

    static let utc = LocalClock(offset: 0)

    init(offset: Double) {
        zone = nil
        name = "UTC"
        self.offset = offset
    }

    /// - Parameter name: of the IANA database, such as `Europe/Berlin`; nil if there is no such zone.
    init?(zone name: String) {
        guard Self.isZone(name), let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
        self.name = name
        offset = 0
    }

    /// The moments that a clock reading can mean, in hours since 1970-01-01T00:00 UTC.
    enum Reading: Sendable, Equatable {
        case once(Double)
        /// The hour in which the clock is put back: in summer time, and again in winter time.
        case twice(Double, Double)
        /// The hour that is left out when the clock is put forward.
        case never
    }

    func reading(of clock: Clock) -> Reading {
        guard let zone else { return .once(clock.hours - offset) }
        // A zone changes at most once in the two days around: only the offsets before and after are possible.
        let before = Self.hoursAhead(zone, at: clock.hours - 36)
        let after = Self.hoursAhead(zone, at: clock.hours + 36)
        let moments = (before == after ? [before] : [max(before, after), min(before, after)])
            .map { (moment: clock.hours - $0, ahead: $0) }
            .filter { Self.hoursAhead(zone, at: $0.moment) == $0.ahead }
        switch moments.count {
        case 0: return .never
        case 1: return .once(moments[0].moment)
        default: return .twice(moments[0].moment, moments[1].moment)
        }
    }

    /// Hours that the clock is ahead of UTC at a moment, itself in hours since 1970-01-01T00:00 UTC.
    func hoursAhead(at moment: Double) -> Double { zone.map { Self.hoursAhead($0, at: moment) } ?? offset }

    /// Hours of the day of this clock in which a moment lies: 23 or 25 if it is changed then.
    func hoursOfDay(at moment: Double) -> Double {
        let midnight = ((moment + hoursAhead(at: moment)) / 24).rounded(.down) * 24
        func firstMoment(showing hours: Double) -> Double {
            let before = hoursAhead(at: hours - 36)
            let moments = [before, hoursAhead(at: hours + 36)].map { hours - $0 }
            // Where midnight itself is skipped, the day begins with the change.
            return moments.filter { abs($0 + hoursAhead(at: $0) - hours) < 1e-6 }.min() ?? hours - before
        }
        return firstMoment(showing: midnight + 24) - firstMoment(showing: midnight)
    }

    /// ` 2024-03-31 has 23 h, 2024-10-27 has 25 h.`; empty where all days have 24.
    func changedDays(from first: Double, to last: Double) -> String {
        guard zone != nil, first <= last else { return "" }
        let local = first + hoursAhead(at: first)
        let noon = (local / 24).rounded(.down) * 24 + 12 - hoursAhead(at: first)
        let days = stride(from: noon, through: max(noon, last), by: 24).compactMap { moment -> String? in
            let hours = hoursOfDay(at: moment)
            guard abs(hours - 24) > 1e-6 else { return nil }
            return "\(Clock.text(moment + hoursAhead(at: moment)).prefix(10)) has \(NumberText.rounded(hours)) h"
        }
        return days.isEmpty ? "" : " \(days.joined(separator: ", "))."
    }

    private static func hoursAhead(_ zone: TimeZone, at moment: Double) -> Double {
        // To the second: rounding of the hours must not move a moment to before the change at which it lies.
        Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: (moment * 3600).rounded()))) / 3600
    }

    // MARK: Names of zones

    /// Abbreviations such as PST, which name several zones, are not accepted.
    static func isZone(_ name: String) -> Bool {
        if names.contains(name) { return true }
        return name.utf8.count <= 64 && (name.contains("/") || shortNames.contains(name))
            && TimeZone(identifier: name) != nil
    }

    static func unknown(zone name: String) -> String {
        let near =
            names.first { $0.lowercased() == name.lowercased() }
            ?? names.sorted().first { $0.split(separator: "/").last?.lowercased() == name.lowercased() }
            ?? Nearest.word(to: name, among: names.sorted())
        return "'\(name.prefix(60))' is not a known time zone. "
            + (near.map { "Did you mean '\($0)'?" } ?? "Write one as Europe/Berlin, Asia/Shanghai or UTC.")
    }

    private static let shortNames: Set<String> = ["UTC", "GMT", "WET", "CET", "MET", "EET", "EST", "MST", "HST"]
    private static let names = Set(TimeZone.knownTimeZoneIdentifiers).union(["UTC"])
}

/// Reads when a session begins and ends. Its times are single ones, so that no order distinguishes the hour that occurs
/// twice.
struct SessionClock {
    let clock: LocalClock
    let log: DiagnosticLog

    /// Hours since 1970-01-01T00:00 UTC. A time that occurs twice, when the clock is put back, is taken as the first,
    /// in summer time, or as the second if the first would not be after the arrival; a warning says so.
    ///
    /// - Returns: nil, with a sentence in the log, if the clock never shows such a time.
    func moment(
        of stamp: TimeStamp, _ text: String, at location: SourceLocation, _ path: String, after arrival: Double? = nil
    ) -> Double? {
        if let offset = stamp.offset { return stamp.clock.hours - offset }
        switch clock.reading(of: stamp.clock) {
        case .once(let moment): return moment
        case .never:
            log.error(location, path, Sentence.noSuchTime(text, on: clock))
            return nil
        case .twice(let first, let second):
            let isFirst = arrival.map { first > $0 } ?? true
            log.warning(
                location, path,
                "'\(text)' occurs twice, because clocks in \(clock.name) were put back over it. It is taken as the "
                    + "\(isFirst ? "first, in summer" : "second, in winter") time. Write its offset from UTC to say "
                    + "which."
            )
            return isFirst ? first : second
        }
    }
}

/// Rows of a table placed by the local clock, so that each day begins at the same hour of the clock.
///
/// A day on which clocks are changed has 23 or 25 hours. To make 24, the skipped hour repeats the step before it, and
/// the hour that occurs twice becomes its mean.
struct ClockDays {
    /// For each row its step on the clock, counted from that of the first.
    private let slotOfRow: [Int]
    /// Steps on the clock from the first row to the last.
    let slots: Int
    /// Whether the clock was never changed, so that rows stay as they are.
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

    /// A column's values, one value per step of the clock.
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
