/// Equal steps that cover the horizon of a case.
///
/// A series at index t is the mean over `[t, t + 1)`. Nothing assumes 24 steps or one hour.
public struct TimeGrid: Sendable, Equatable {
    /// Number of steps.
    public let steps: Int
    /// Length of a step in hours.
    public let hours: Double
    /// Clock time of the first step's start, in hours after midnight: labels and windows only.
    public let startHour: Double

    public init(steps: Int, hours: Double, startHour: Double = 0) {
        self.steps = steps
        self.hours = hours
        self.startHour = startHour
    }

    /// Start of a step, in hours after the start of the horizon.
    public func start(of step: Int) -> Double { Double(step) * hours }

    /// Clock hour of a step's start, `0 ..< 24`.
    public func clockHour(of step: Int) -> Double {
        (startHour + start(of: step)).truncatingRemainder(dividingBy: 24)
    }

    /// Steps grouped by calendar day: what "over the day" means for demand that may be moved.
    public var days: [Range<Int>] {
        var days: [Range<Int>] = []
        var first = 0
        for step in 1..<max(1, steps) {
            let before = ((startHour + start(of: step - 1)) / 24 + 1e-9).rounded(.down)
            let now = ((startHour + start(of: step)) / 24 + 1e-9).rounded(.down)
            if now != before {
                days.append(first..<step)
                first = step
            }
        }
        days.append(first..<steps)
        return days
    }
}
