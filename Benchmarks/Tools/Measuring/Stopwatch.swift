import Foundation

/// Wall and processor time since it was made. Processor time suffers less from what else the machine does.
public struct Stopwatch {
    public struct Reading {
        public var wallMilliseconds: Double
        public var processorMilliseconds: Double
    }

    /// Whose processor time is read.
    public enum Scope {
        case thread
        case process

        fileprivate var clock: clockid_t { self == .thread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_PROCESS_CPUTIME_ID }
    }

    private let scope: Scope
    private let wall: Double
    private let processor: Double

    public init(_ scope: Scope = .thread) {
        self.scope = scope
        wall = Self.milliseconds(CLOCK_MONOTONIC)
        processor = Self.milliseconds(scope.clock)
    }

    public func read() -> Reading {
        Reading(
            wallMilliseconds: Self.milliseconds(CLOCK_MONOTONIC) - wall,
            processorMilliseconds: Self.milliseconds(scope.clock) - processor)
    }

    private static func milliseconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
    }
}
