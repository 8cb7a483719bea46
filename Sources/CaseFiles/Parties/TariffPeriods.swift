import Energy
import EnergyGames
import Writing

/// Reads which steps share a price: named periods of the day, or a list of one name per step.
///
/// What no period names is one more period. Blocks are read on the clock of the case, so that they keep their hours
/// where clocks are changed.
struct TariffPeriods {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }
    private var steps: Int { context.time.steps }

    init(context: CaseContext) { self.context = context }

    /// What `periods` says.
    enum Reading {
        /// Of each step, from 0 on.
        case given([Int])
        /// The search chooses at most so many.
        case chosen(Int)
    }

    private static let rest = "rest"
    private static let form =
        "Write a number, a list of one name per step, or a map as {peak: \"17:00-21:00\", day: [\"07:00-17:00\", 21, 22]}."

    /// - Parameters:
    ///   - weekend: periods of Saturdays and Sundays.
    ///   - path: of the price.
    /// - Returns: nil, with a sentence in the log, where it cannot be read.
    func read(_ periods: YamlEntry?, weekend: YamlEntry?, path: String) -> Reading? {
        guard context.hasTime else { return nil }
        if let periods {
            let place = "\(path).periods"
            let isMap = periods.node.entries != nil
            if !isMap {
                guard let reading = plain(periods.node, path: place) else { return nil }
                let isFlat =
                    if case .given(let index) = reading { Set(index).count == 1 && periods.node.items == nil } else {
                        false
                    }
                guard let weekend, !isFlat else { return weekend == nil ? reading : labelled(nil, weekend, path: path) }
                log.error(
                    weekend.location, "\(path).weekend",
                    "needs periods with their hours. Write them as periods: {peak: \"17:00-21:00\"}, or take 'weekend' out."
                )
                return nil
            }
        }
        return labelled(periods, weekend, path: path)
    }

    private func plain(_ node: YamlNode, path: String) -> Reading? {
        if let items = node.items {
            guard items.count == steps else {
                log.error(node.location, path, Attribute.wrongLength(items.count, steps: steps))
                return nil
            }
            let names = items.enumerated().compactMap { reader.text($1, path: "\(path)[\($0)]") }
            return names.count == steps ? .given(numbered(names)) : nil
        }
        guard let text = node.text, !node.isNull, Int(text) != nil else {
            log.error(
                node.location, path, node.isNull ? Attribute.noValue : "\(node.shown) says no periods. \(Self.form)")
            return nil
        }
        guard let count = reader.count(node, 1...100_000, path: path) else { return nil }
        context.list(path, "\(count)", at: node.location)
        return count == 1 ? .given(Array(repeating: 0, count: steps)) : .chosen(count)
    }

    private func labelled(_ periods: YamlEntry?, _ weekend: YamlEntry?, path: String) -> Reading? {
        let days = periods.flatMap { $0.node.entries } ?? []
        guard var labels = labels(days, { _ in true }, path: "\(path).periods") else { return nil }
        if let weekend {
            guard let entries = reader.map(weekend.node, path: "\(path).weekend") else { return nil }
            guard let timeline = context.timeline else { return nil }
            let isFree = (0..<steps).map { timeline.isWeekend(at: context.time.start(of: $0)) }
            guard isFree.contains(true), isFree.contains(false) else {
                log.error(
                    weekend.location, "\(path).weekend",
                    "the horizon has \(isFree.contains(true) ? "no other day" : "no Saturday or Sunday"), so it changes nothing. Take it out, or "
                        + "choose another time.start.")
                return nil
            }
            guard let own = self.labels(entries, { isFree[$0] }, path: "\(path).weekend") else { return nil }
            for t in 0..<steps where isFree[t] { labels[t] = "weekend \(own[t])" }
        }
        let names = labels.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        context.list(
            "\(path).periods", names.joined(separator: ", "),
            at: (periods ?? weekend)?.location ?? SourceLocation(file: ""))
        return .given(numbered(labels))
    }

    private func numbered(_ names: [String]) -> [Int] {
        var places: [String: Int] = [:]
        return names.map { name in
            if let known = places[name] { return known }
            defer { places[name] = places.count }
            return places.count
        }
    }

    // MARK: Blocks

    /// The name of each step's period.
    private func labels(_ entries: [YamlEntry], _ counts: (Int) -> Bool, path: String) -> [String]? {
        var labels = [String?](repeating: nil, count: steps)
        var isFine = true
        for entry in entries {
            let path = "\(path).\(entry.key)"
            guard reader.checkName(entry, path: path), let own = members(entry.node, path: path) else {
                isFine = false
                continue
            }
            let taken = own.first { counts($0) && labels[$0] != nil }
            if let taken, let other = labels[taken] {
                log.error(
                    entry.node.location, path,
                    "holds hour \(NumberText.rounded(context.time.start(of: taken))), which '\(other)' holds too. Give each hour to "
                        + "one period.")
                isFine = false
            }
            guard own.contains(where: counts) else {
                log.error(entry.node.location, path, "holds no step of the horizon. Give it hours, or take it out.")
                isFine = false
                continue
            }
            for t in own where labels[t] == nil { labels[t] = entry.key }
        }
        return isFine ? labels.map { $0 ?? Self.rest } : nil
    }

    private func members(_ node: YamlNode, path: String) -> [Int]? {
        var members: Set<Int> = []
        for (k, item) in (node.items ?? [node]).enumerated() {
            guard let found = member(item, path: node.items == nil ? path : "\(path)[\(k)]") else { return nil }
            members.formUnion(found)
        }
        return members.sorted()
    }

    /// The steps of one block of hours, or one step by its number.
    private func member(_ node: YamlNode, path: String) -> [Int]? {
        guard let text = reader.scalar(node, "hours as \"17:00-21:00\", or the number of a step", path: path) else {
            return nil
        }
        if let step = Int(text) {
            guard (0..<steps).contains(step) else {
                log.error(node.location, path, Attribute.outside(step, 0...max(0, steps - 1)))
                return nil
            }
            return [step]
        }
        // Without a clock nothing can be said of hours; why there is none is told where it is read.
        if context.timeline == nil, log.hasErrors { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.hour($0.trimmingSpaces) }
        guard ends.count == 2, let begin = ends[0], let end = ends[1], begin != end, let timeline = context.timeline
        else {
            log.error(
                node.location, path,
                "\(node.shown) is no block of hours. Write it as \"17:00-21:00\", over midnight as \"22:00-06:00\".")
            return nil
        }
        let length = (end - begin + 24).truncatingRemainder(dividingBy: 24)
        let span = length < 1e-9 ? 24 : length
        var members: [Int] = []
        for t in 0..<steps {
            let local = timeline.local(at: context.time.start(of: t))
            let after = Self.wrapped(local - begin)
            let isInside = after < span - 1e-6
            if isInside { members.append(t) }
            // The part of the step that lies on the other side.
            let left = isInside ? span - after : 24 - after
            guard left < context.time.hours - 1e-6, span < 24 else { continue }
            log.error(
                node.location, path,
                "ends within a step: '\(text)' and the step of \(NumberText.duration(hours: context.time.hours)) at hour "
                    + "\(NumberText.rounded(context.time.start(of: t))) overlap in part. Write hours at which steps begin."
            )
            return nil
        }
        return members
    }

    private static func wrapped(_ hours: Double) -> Double {
        let rest = hours - (hours / 24).rounded(.down) * 24
        return rest > 24 - 1e-6 ? 0 : rest
    }

    /// `17:30` as 17.5, up to `24:00`.
    private static func hour(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60, hours * 60 + minutes <= 24 * 60
        else { return nil }
        return Double(hours) + Double(minutes) / 60
    }

    // MARK: Every day the same

    /// For periods that the search chooses, which hold every day: the interval of the clock's day at each step.
    ///
    /// - Parameter width: steps of an interval.
    /// - Returns: and whether the last interval and the first are neighbours; nil where days do not consist of whole
    ///   intervals. A horizon of less than a day is as it is.
    func daily(width: Int) -> (index: [Int], isAround: Bool)? {
        let plain = (0..<steps).map { $0 / width }
        let hours = context.time.hours * Double(width)
        guard Double(steps) * context.time.hours > 24 - 1e-6, let timeline = context.timeline else {
            return (plain, false)
        }
        let count = (24 / hours).rounded()
        guard count >= 1, abs(count * hours - 24) < 1e-6 else { return nil }
        let begin = timeline.local(at: 0)
        let slots = (0..<steps).map { t in
            Int((Self.wrapped(timeline.local(at: context.time.start(of: t)) - begin) / hours + 1e-6).rounded(.down))
        }
        let known = Set(slots).sorted()
        return (slots.map { slot in known.firstIndex(of: slot) ?? 0 }, true)
    }
}

extension Timeline {
    /// What the clock shows, in hours since its 1970-01-01T00:00.
    ///
    /// - Parameter hours: after the start.
    func local(at hours: Double) -> Double {
        let moment = start + hours
        return moment + clock.hoursAhead(at: moment)
    }

    /// Whether it is Saturday or Sunday then.
    func isWeekend(at hours: Double) -> Bool {
        // 1970-01-01 was a Thursday.
        let day = Int((local(at: hours) / 24 + 1e-9).rounded(.down))
        return [2, 3].contains(((day % 7) + 7) % 7)
    }
}
