import Foundation

/// Wall and processor time since it was made; processor time is that of the calling thread, so that what else the
/// machine does counts as little as it can.
struct Stopwatch {
    struct Reading {
        var wallMilliseconds: Double
        var processorMilliseconds: Double
    }

    private let wall = Self.milliseconds(CLOCK_MONOTONIC)
    private let processor = Self.milliseconds(CLOCK_THREAD_CPUTIME_ID)

    func read() -> Reading {
        Reading(
            wallMilliseconds: Self.milliseconds(CLOCK_MONOTONIC) - wall,
            processorMilliseconds: Self.milliseconds(CLOCK_THREAD_CPUTIME_ID) - processor)
    }

    private static func milliseconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
    }
}
