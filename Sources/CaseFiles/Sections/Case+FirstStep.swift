extension Case {
    /// When the first step begins on the case's own clock: days after 1970-01-01, and hours after midnight. nil where
    /// the case does not write `time.start`, so that the schema's default holds, and where clocks are changed within
    /// the few days that it covers.
    public var firstStep: (day: Int, hour: Double)? {
        func isWritten(_ key: String) -> Bool { listing.contains { $0.path == "time.\(key)" && !$0.isDefault } }
        guard isWritten("start"), let stamp = TimeStamp(startLabel) else { return nil }
        guard isWritten("timezone"), let zone = LocalClock(zone: timezone),
            let timeline = Timeline(start: stamp, zone: zone)
        else { return (stamp.clock.day, stamp.clock.hour) }
        let ahead = zone.hoursAhead(at: timeline.start)
        let length = Double(system.time.steps) * system.time.hours
        // Hours are counted from the start: after clocks were changed they are no longer those of the clock. Where days
        // count, that does not matter.
        guard length > 14 * 24 || zone.hoursAhead(at: timeline.start + length) == ahead else { return nil }
        guard stamp.offset != nil else { return (stamp.clock.day, stamp.clock.hour) }
        let local = timeline.start + ahead
        let day = (local / 24 + 1e-9).rounded(.down)
        return (Int(day), max(0, local - day * 24))
    }

    /// The same as ISO 8601 writes it, to the minute: `2024-01-15T00:00`.
    public var firstStepText: String? { firstStep.map { Clock.text(Double($0.day) * 24 + $0.hour) } }
}
