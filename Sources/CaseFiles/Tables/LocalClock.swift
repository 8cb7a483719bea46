import Foundation

/// The clock on which times without an offset stand.
///
/// With a time zone it is put forward and back as that zone says: one hour of the year is left out, another stands twice. Without
/// one it never changes, and every day has 24 hours.
struct LocalClock: Sendable {
    /// nil for a clock that is never changed.
    let zone: TimeZone?
    /// Hours ahead of UTC of such a clock.
    let offset: Double
    /// As it is written; UTC where it is no zone.
    let name: String

    static let utc = LocalClock(offset: 0)

    init(offset: Double) {
        zone = nil
        name = "UTC"
        self.offset = offset
    }

    /// - Parameter name: of the IANA database, such as `Europe/Berlin`; nil where there is no such zone.
    init?(zone name: String) {
        guard Self.isZone(name), let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
        self.name = name
        offset = 0
    }

    /// What a clock can have meant, in hours since 1970-01-01T00:00 UTC.
    enum Reading: Sendable, Equatable {
        case once(Double)
        /// The hour in which the clock is put back: in summer time, and again in winter time.
        case twice(Double, Double)
        /// The hour that is left out when the clock is put forward.
        case never
    }

    func reading(of clock: Clock) -> Reading {
        guard let zone else { return .once(clock.hours - offset) }
        // A zone is changed at most once in the two days around: what held before and after are all offsets that can be meant.
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

    private static func hoursAhead(_ zone: TimeZone, at moment: Double) -> Double {
        // To the second: the last digit of an hour must not put a moment before a change that it stands on.
        Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: (moment * 3600).rounded()))) / 3600
    }

    // MARK: Names of zones

    /// Abbreviations such as PST, which name several zones, are none.
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
        return "'\(name.prefix(60))' is no time zone known here. "
            + (near.map { "Did you mean '\($0)'?" } ?? "Write one as Europe/Berlin, Asia/Shanghai or UTC.")
    }

    private static let shortNames: Set<String> = ["UTC", "GMT", "WET", "CET", "MET", "EET", "EST", "MST", "HST"]
    private static let names = Set(TimeZone.knownTimeZoneIdentifiers).union(["UTC"])
}
