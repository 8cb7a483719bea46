import Energy
import Writing

/// Reads the sections that say how the others are to be read: case, units, time and carriers.
struct HeadReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    private func section(_ root: [YamlEntry], _ section: CaseSchema.Section) -> ReadValues? {
        guard let entry = root[section.path], let entries = reader.map(entry.node, path: section.path) else {
            return nil
        }
        return reader.read(
            entries, at: entry.location, path: section.path, schema: section.attributes, others: section.partNames)
    }

    /// - Returns: name and title.
    func readCase(_ root: [YamlEntry]) -> (name: String, title: String) {
        guard let read = section(root, CaseSchema.case_) else { return ("", "") }
        if case .count(let schema)? = read.values["schema"], schema != CaseSchema.version {
            log.error(
                read.location(of: "schema"), "case.schema",
                "is \(schema), but this program reads schema \(CaseSchema.version)."
                    + (schema > CaseSchema.version ? " A newer version of the program is needed." : ""))
        }
        let name = read.values.optionalText("name") ?? ""
        if !name.isEmpty, !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }) {
            log.error(
                read.location(of: "name"), "case.name",
                "'\(name)' cannot name files. Use letters, digits, '.', '_' and '-'; what people read goes into title.")
        }
        return (name, read.values.optionalText("title") ?? name)
    }

    func readUnits(_ root: [YamlEntry]) {
        guard root["units"] != nil, let read = section(root, CaseSchema.units) else { return }
        var units = UnitSystem()
        units.power = read.values.optionalText("power") ?? units.power
        units.energy = read.values.optionalText("energy") ?? units.energy
        units.mass = read.values.optionalText("mass") ?? units.mass
        if let currency = read.values.optionalText("currency") {
            if !currency.allSatisfy(\.isLetter) || currency.count > 10 || Unit.named[currency] != nil {
                log.error(
                    read.location(of: "currency"), "units.currency",
                    "'\(currency.prefix(20))' cannot name a currency. Use letters that are no other unit, as in CNY.")
            } else {
                units.currency = currency
            }
        }
        context.units = units
    }

    /// - Returns: labels of start and time zone.
    func readTime(_ root: [YamlEntry]) -> (start: String, timezone: String) {
        context.timeline = nil
        guard let read = section(root, CaseSchema.time) else { return ("", "") }
        let start = read.values.optionalText("start") ?? ""
        let zone = read.values.optionalText("timezone") ?? ""
        if !start.isEmpty { context.timeline = readTimeline(read, start: start, zone: zone) }
        guard case .count(let steps)? = read.values["steps"], let hours = read.values.optionalNumber("step") else {
            return (start, zone)
        }
        guard Double(steps) * hours <= 8784 + 1e-6 else {
            let (whole, most) = NumberText.compared(unit: "h", Double(steps) * hours, 8784)
            log.error(
                read.location(of: "steps"), "time.steps",
                "\(steps) steps of \(NumberText.duration(hours: hours)) are \(whole); at most a year of \(most) can be covered."
            )
            return (start, zone)
        }
        context.time = TimeGrid(steps: steps, hours: hours, startHour: context.timeline?.startHour ?? 0)
        context.hasTime = true
        warnOfChangedClock(at: read.location(of: "steps"))
        return (start, zone)
    }

    /// A case of 24 hours from midnight is meant to be a day, but not every day has 24.
    private func warnOfChangedClock(at location: SourceLocation) {
        guard let timeline = context.timeline, timeline.startHour == 0 else { return }
        let covered = Double(context.time.steps) * context.time.hours
        let day = timeline.clock.hoursOfDay(at: timeline.start)
        guard abs(covered - 24) < 1e-6, abs(day - 24) > 1e-6 else { return }
        let end = timeline.start + covered
        let date = Clock.text(timeline.start + timeline.clock.hoursAhead(at: timeline.start)).prefix(10)
        let steps = day / context.time.hours
        let advice =
            abs(steps - steps.rounded()) < 1e-6
            ? "Give \(NumberText.rounded(steps)) steps for the day."
            : "Steps of \(NumberText.duration(hours: day.truncatingRemainder(dividingBy: 1))) would fit into the day."
        log.warning(
            location, "time.steps",
            "24 h from the start end at \(Clock.text(end + timeline.clock.hoursAhead(at: end))), because \(date) has "
                + "\(NumberText.rounded(day)) h: clocks in \(timeline.clock.name) are put \(day > 24 ? "back" : "forward"). "
                + advice)
    }

    private func readTimeline(_ read: ReadValues, start: String, zone: String) -> Timeline? {
        var own: LocalClock?
        if read.values.written.contains("timezone") {
            own = LocalClock(zone: zone)
            if own == nil { log.error(read.location(of: "timezone"), "time.timezone", LocalClock.unknown(zone: zone)) }
        }
        guard let stamp = TimeStamp(start) else {
            log.error(
                read.location(of: "start"), "time.start",
                "'\(start)' is no date and time. Write it as \"2024-07-15T00:00\".")
            return nil
        }
        if own == nil, read.values.written.contains("timezone") { return nil }
        let timeline = Timeline(start: stamp, zone: own)
        if timeline == nil {
            log.error(read.location(of: "start"), "time.start", Sentence.noSuchTime(start, on: own))
        }
        return timeline
    }

    /// Before the prices that may be written by it. What is wrong with it is said where the carrier's keys are read.
    private func readHeatingValue(_ map: [YamlEntry], of carrier: String) {
        let attribute = CaseSchema.heatingValue
        guard let text = map[attribute.name]?.node.text, case .quantity(let dimension, let range) = attribute.kind,
            let quantity = try? Quantity.parse(text, units: context.units)
        else { return }
        let unit = quantity.unit ?? context.units.bareUnit(of: dimension)
        let engine = context.units.engineUnit(of: dimension)
        guard unit.measuresTheSame(as: engine) else { return }
        let value = unit.convert(quantity.number, to: engine)
        if range.contains(value) { context.heatingValues[carrier] = value }
    }

    func readCarriers(_ root: [YamlEntry]) -> [Carrier] {
        guard let entry = root["carriers"], let entries = reader.map(entry.node, path: "carriers") else { return [] }
        if entries.isEmpty {
            log.error(entry.location, "carriers", "is empty. Declare at least one, as {electricity: {}}.")
        }
        context.carriers = entries.map(\.key)
        return entries.compactMap { carrier in
            let path = "carriers.\(carrier.key)"
            guard reader.checkName(carrier, path: path) else { return nil }
            // `heat:` alone declares a carrier as well as `heat: {}` does.
            let map = carrier.node.isNull ? [] : reader.map(carrier.node, path: path)
            guard let map else { return nil }
            readHeatingValue(map, of: carrier.key)
            let read = reader.about(carrier.key).read(
                map, at: carrier.location, path: path, schema: CaseSchema.carrier.attributes)
            context.carrierLocations[carrier.key] = read.location(of: "price")
            if let price = read.values.optionalSeries("price"), read.values["vent"] == AttributeValue.flag(true),
                let step = price.firstIndex(where: { $0 < 0 })
            {
                log.error(
                    read.location(of: "price"), "\(path).price",
                    "is below 0 at hour \(NumberText.rounded(context.time.start(of: step))), and what is bought may be vented: whoever uses it "
                        + "would earn without end. Take 'vent' out, or give a price of 0 or more.")
            }
            let color = read.values.optionalText("color")
            if let color, !(color.count == 7 && color.hasPrefix("#") && color.dropFirst().allSatisfy(\.isHexDigit)) {
                log.error(
                    read.location(of: "color"), "\(path).color",
                    "'\(color)' is no colour. Write it as \"#4477AA\", in quotes.")
            }
            return Carrier(
                name: carrier.key, price: read.values.optionalSeries("price"),
                emissionFactor: read.values.optionalNumber("co2") ?? 0,
                mayBeVented: read.values["vent"] == AttributeValue.flag(true),
                isMass: read.values["mass"] == AttributeValue.flag(true), color: color)
        }
    }
}
