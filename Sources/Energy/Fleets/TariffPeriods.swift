/// The periods of a time-of-use tariff over the clock: valley, peak, and flat where it is neither.
///
/// ```swift
/// let periods = try TariffPeriods(valley: [Point(x: 23, y: 8)], peak: [Point(x: 16, y: 22)])
/// periods.kind(at: 25)        // valley: an hour past midnight
/// ```
public struct TariffPeriods: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case valley, flat, peak
    }

    struct Period: Sendable, Equatable {
        /// Clock hour, `0 ..< 24`.
        let start: Double
        let kind: Kind
    }

    /// In the order of their starts, each of another kind than its neighbours, midnight included. The first goes on
    /// from the day before until its neighbour begins; one alone lasts all day.
    let periods: [Period]

    /// - Parameters:
    ///   - valley, peak: first and last clock hour of each period, `0 ... 24`; one may last over midnight, as 23 to 8.
    public init(valley: [Point], peak: [Point]) throws(InputProblem) {
        var parts: [(start: Double, end: Double, kind: Kind)] = []
        for (kind, pairs) in [(Kind.valley, valley), (.peak, peak)] {
            for (number, pair) in pairs.enumerated() {
                let key = "\(kind.rawValue)[\(number)]"
                guard (0...24).contains(pair.x), (0...24).contains(pair.y) else {
                    throw InputProblem(at: key, "is no pair of clock hours. Give hours between 0 and 24.")
                }
                guard pair.x != pair.y else {
                    throw InputProblem(at: key, "ends when it begins. Let them differ; [0, 24] is all day.")
                }
                parts += Self.withinADay(pair).map { ($0.start, $0.end, kind) }
            }
        }
        parts.sort { ($0.start, $0.end) < ($1.start, $1.end) }
        for (one, next) in zip(parts, parts.dropFirst()) where next.start < one.end {
            let (first, second) = InputProblem.texts(next.start, min(one.end, next.end))
            throw InputProblem(
                at: next.kind.rawValue,
                "the hours from \(first) to \(second) are \(one.kind.rawValue), too. Let no two periods overlap.")
        }
        var found: [Period] = []
        var clock = 0.0
        for part in parts {
            if part.start > clock { found.append(Period(start: clock, kind: .flat)) }
            found.append(Period(start: part.start, kind: part.kind))
            clock = part.end
        }
        if clock < 24 { found.append(Period(start: clock, kind: .flat)) }
        let first = found[0].kind
        var distinct: [Period] = []
        for period in found where period.kind != distinct.last?.kind { distinct.append(period) }
        // What lasts over midnight is one period.
        if distinct.count > 1, distinct.last?.kind == first { distinct.removeFirst() }
        periods = distinct
    }

    /// A pair of clock hours, in two parts where it lasts over midnight.
    private static func withinADay(_ pair: Point) -> [(start: Double, end: Double)] {
        guard pair.y < pair.x else { return [(pair.x, pair.y)] }
        return [(pair.x, 24), (0, pair.y)].filter { $0.0 < $0.1 }
    }

    /// The period that holds at an hour: its place in ``periods``, and the midnight that its start is counted from.
    private func place(at hour: Double) -> (index: Int, midnight: Double) {
        let midnight = (hour / 24).rounded(.down) * 24
        guard let index = periods.lastIndex(where: { midnight + $0.start <= hour }) else {
            return (periods.count - 1, midnight - 24)
        }
        return (index, midnight)
    }

    /// - Parameter hour: counted from a midnight, on any day.
    public func kind(at hour: Double) -> Kind { periods[place(at: hour).index].kind }

    /// The next period but `others` after the one that holds at an hour, and when it begins; nil where one lasts all
    /// day.
    func following(_ hour: Double, skipping others: Int = 0) -> (start: Double, kind: Kind)? {
        guard periods.count > 1 else { return nil }
        let (index, midnight) = place(at: hour)
        let next = index + 1 + others
        let period = periods[next % periods.count]
        return (midnight + 24 * Double(next / periods.count) + period.start, period.kind)
    }

    /// The parts of an interval that lie in periods of a kind, as hours like its ends.
    func parts(of interval: Range<Double>, _ kind: Kind) -> [Range<Double>] {
        var parts: [Range<Double>] = []
        var clock = interval.lowerBound
        while clock < interval.upperBound {
            let end = min(following(clock)?.start ?? .infinity, interval.upperBound)
            if self.kind(at: clock) == kind { parts.append(clock..<end) }
            clock = end
        }
        return parts
    }
}
