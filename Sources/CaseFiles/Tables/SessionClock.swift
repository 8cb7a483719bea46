/// Reads when a session begins and ends. Its times stand alone, so that no order tells apart the hour that stands twice.
struct SessionClock {
    let clock: LocalClock
    let log: DiagnosticLog

    /// Hours since 1970-01-01T00:00 UTC. A time that stands twice, where the clock is put back, is taken as the first, in summer
    /// time, or as the second where the first would not be after the arrival; a warning says so.
    ///
    /// - Returns: nil, with a sentence in the log, where the clock never shows such a time.
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
                "'\(text)' stands twice, as clocks in \(clock.name) were put back over it. It is taken as the "
                    + "\(isFirst ? "first, in summer" : "second, in winter") time. Write its offset from UTC to say which."
            )
            return isFirst ? first : second
        }
    }
}
