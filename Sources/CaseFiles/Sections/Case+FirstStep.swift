extension Case {
    /// When the first step begins on the case's own clock: days after 1970-01-01, and hours after midnight. nil where
    /// the case does not write `time.start`, and the schema's default holds.
    public var firstStep: (day: Int, hour: Double)? {
        func isWritten(_ key: String) -> Bool { listing.contains { $0.path == "time.\(key)" && !$0.isDefault } }
        guard isWritten("start"), let stamp = TimeStamp(startLabel) else { return nil }
        guard isWritten("timezone"), stamp.offset != nil, let zone = LocalClock(zone: timezone),
            let timeline = Timeline(start: stamp, zone: zone)
        else { return (stamp.clock.day, stamp.clock.hour) }
        let local = timeline.start + zone.hoursAhead(at: timeline.start)
        let day = (local / 24 + 1e-9).rounded(.down)
        return (Int(day), max(0, local - day * 24))
    }
}
