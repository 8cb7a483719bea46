import Energy
import Writing

/// A long table of vehicles' stays, one row per stay: of what their batteries hold when they come and go, or of the
/// energy that a charging network recorded.
///
/// Where stays are given by times, the case takes those of its horizon.
struct SessionTable {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }

    /// A column of the schema with its position in the file.
    private struct Source {
        var attribute: Attribute
        var column: TableColumn
    }

    private struct Sources {
        var columns: [Source] = []
        var isRecord = false
    }

    /// What became of the rows.
    private struct Tally {
        var outside = 0
        var cut = 0
        var empty = 0
        var clippedLines: [Int] = []
        var clippedEnergy = 0.0
    }

    /// - Parameter isCyclic: whether a stay that lasts beyond the end of the case goes on at its beginning.
    /// - Returns: nil if any row is wrong; the log then names every one.
    func read(
        _ declaration: TableStore.Declaration, for path: String, at location: SourceLocation, chargeEfficiency: Double,
        isCyclic: Bool = false
    ) -> [Vehicle]? {
        guard let text = context.tables.text(of: declaration, units: context.units) else { return nil }
        let errors = log.errorCount
        let file = declaration.file
        let nameColumn = text.position(of: declaration.index)
        if nameColumn == nil {
            log.error(
                declaration.indexLocation, "tables.\(declaration.name).index",
                "\(file) has no column '\(declaration.index)'."
                    + Sentence.suggestion(
                        for: declaration.index, among: text.columns.map(\.name), called: "Its columns"))
        }
        let sources = sources(text, file, index: nameColumn)
        guard log.errorCount == errors, let nameColumn else { return nil }
        var tally = Tally()
        var vehicles: [Vehicle] = []
        var lines: [String: Int] = [:]
        for row in text.rows {
            let name = row.cells[nameColumn]
            let spot = SourceLocation(file: file, line: row.line)
            guard !name.isEmpty else {
                log.error(spot, "the stay has no name in column '\(declaration.index)'.")
                continue
            }
            if let line = lines[name] {
                log.error(spot, name, "is in line \(line) already. Each stay needs its own name.", kind: "name")
            }
            lines[name] = row.line
            let stay = StayRow(
                name: name, cells: row, stamps: stamps(row, sources), spot: spot, isCyclic: isCyclic,
                chargeEfficiency: chargeEfficiency, shortStays: declaration.shortStays)
            if let vehicle = vehicle(stay, sources, &tally) { vehicles.append(vehicle) }
        }
        guard log.errorCount == errors else { return nil }
        return tell(tally, of: text.rows.count, declaration, vehicles) ? vehicles : nil
    }

    /// Says what became of the rows.
    ///
    /// - Returns: false, with an error in the log, if none is left.
    private func tell(
        _ tally: Tally, of count: Int, _ declaration: TableStore.Declaration, _ vehicles: [Vehicle]
    ) -> Bool {
        let path = "tables.\(declaration.name)"
        if vehicles.isEmpty, tally.outside + tally.empty > 0 {
            log.error(
                declaration.location, path,
                "none of the \(count) stays in \(declaration.file) lies in the hours of the case"
                    + (tally.empty > 0 ? " and takes energy" : "") + ". Check time.start, or take the vehicles out.")
            return false
        }
        if tally.outside + tally.cut + tally.empty > 0 {
            context.list(
                "\(path).stays",
                "\(vehicles.count) of \(count) in the hours of the case, \(tally.cut) cut at its ends, \(tally.empty) "
                    + "without energy", at: declaration.location)
        }
        if let first = tally.clippedLines.first {
            log.warning(
                SourceLocation(file: declaration.file, line: first), path,
                "\(tally.clippedLines.count) of \(vehicles.count) stays ask for more than their charger can give, and get "
                    + "\(NumberText.hundredths(tally.clippedEnergy)) kWh less in all: "
                    + Sentence.lines(tally.clippedLines) + ".")
        }
        return true
    }

    // MARK: Columns

    private func sources(_ text: CSVText, _ file: String, index: Int?) -> Sources {
        let header = SourceLocation(file: file, line: text.headerLine)
        let schema = CaseSchema.session.attributes
        let finder = StayColumns(text: text, file: file, log: log)
        var sources = Sources()
        let hasBattery = text.position(of: "battery") != nil
        sources.isRecord = text.position(of: "energy") != nil || !hasBattery && finder.find("energy") != nil
        if sources.isRecord, hasBattery || text.position(of: "soc_arrival") != nil {
            log.error(
                header,
                "the columns 'energy' and '\(hasBattery ? "battery" : "soc_arrival")' are both there. Keep the "
                    + "recorded energy, or what batteries hold.")
        }
        let ofBatteries = ["battery", "max_discharge", "soc_arrival", "soc_departure", "soc_min", "soc_max"]
        let required =
            ["arrival", "departure", "max_charge"] + (sources.isRecord ? ["energy"] : ofBatteries.dropLast(2))
        var read: Set<Int> = Set(index.map { [$0] } ?? [])
        for attribute in schema {
            guard case .quantity(let dimension, let range) = attribute.kind,
                sources.isRecord ? !ofBatteries.contains(attribute.name) : !["energy", "done"].contains(attribute.name)
            else { continue }
            let errors = log.errorCount
            guard let found = finder.find(attribute.name, as: attribute.name == "max_charge" ? "max_power" : nil) else {
                if required.contains(attribute.name), log.errorCount == errors {
                    log.error(header, "the column " + Sentence.missing(attribute.name, attribute.meaning))
                }
                continue
            }
            read.insert(found.position)
            guard
                let column = text.column(
                    found.position, dimension, range, in: found.unit, file: file, context.units, log)
            else { continue }
            if text.columns[found.position].name != attribute.name {
                context.list(
                    "\(file).\(attribute.name)", "column '\(text.columns[found.position].header)'", at: header)
            }
            sources.columns.append(Source(attribute: attribute, column: column))
        }
        let known = schema.map(\.name)
        for (position, column) in text.columns.enumerated() where !read.contains(position) {
            let meant = Nearest.word(to: column.name, among: known)
            // A record says much that no schedule needs.
            if sources.isRecord, meant == nil { continue }
            log.warning(header, column.name, "is not read.\(meant.map { " Did you mean '\($0)'?" } ?? "")")
        }
        return sources
    }

    // MARK: Rows

    /// A row with what is needed to read it.
    private struct StayRow {
        let name: String
        let cells: CSVText.Row
        /// What is written as a time, by the column's name in the schema.
        let stamps: [String: TimeStamp]
        let spot: SourceLocation
        let isCyclic: Bool
        let chargeEfficiency: Double
        let shortStays: ShortStays
    }

    /// - Returns: nil where the row is wrong, lies outside the case, or takes no energy.
    private func vehicle(_ row: StayRow, _ sources: Sources, _ tally: inout Tally) -> Vehicle? {
        let horizon = context.hasTime ? Double(context.time.steps) * context.time.hours : Double.infinity
        if isFarOutside(row, horizon) {
            tally.outside += 1
            return nil
        }
        guard let values = values(row, sources) else { return nil }
        let (arrival, departure) = (values["arrival"] ?? 0, values["departure"] ?? 0)
        let isOutside = row.isCyclic ? arrival < 0 || arrival >= horizon : departure <= 0 || arrival >= horizon
        if arrival < departure, isOutside, row.stamps["arrival"] != nil, row.stamps["departure"] != nil {
            tally.outside += 1
            return nil
        }
        guard sources.isRecord else { return planned(row, values, horizon, &tally) }
        return recorded(row, values, horizon, isOutside: isOutside, &tally)
    }

    private func values(_ row: StayRow, _ sources: Sources) -> [String: Double]? {
        var values: [String: Double] = [:]
        var isFine = true
        for source in sources.columns {
            let key = source.attribute.name
            let cell = row.cells.cells[source.column.position]
            if key == "done", ["", "none", "null", "nan", "-"].contains(cell.lowercased()) { continue }
            let path = "\(row.name), \(key)"
            let value =
                if let stamp = row.stamps[key] {
                    time(stamp, cell, at: row.spot, path, after: values["arrival"])
                } else {
                    source.column.value(row.cells, at: row.spot, called: path, kind: key, log)
                }
            guard let value else {
                isFine = false
                continue
            }
            values[key] = value
        }
        return isFine ? values : nil
    }

    /// A stay by what its battery holds.
    private func planned(
        _ row: StayRow, _ values: [String: Double], _ horizon: Double, _ tally: inout Tally
    ) -> Vehicle? {
        func value(_ name: String) -> Double { values[name] ?? 0 }
        func vehicle(leavingWith share: Double) -> Vehicle {
            Vehicle(
                name: row.name, arrival: value("arrival"), departure: value("departure"), battery: value("battery"),
                maximumCharge: value("max_charge"), maximumDischarge: value("max_discharge"),
                arrivalShare: value("soc_arrival"), departureShare: share, minimumShare: value("soc_min"),
                maximumShare: values["soc_max"] ?? 1)
        }
        let wished = vehicle(leavingWith: value("soc_departure"))
        let possible = wished.arrivalEnergy + row.chargeEfficiency * wished.maximumCharge * max(0, wished.stay)
        guard row.shortStays == .clip, wished.stay > 0, wished.departureEnergy > possible + 1e-9 else {
            return checked(wished, row, horizon)
        }
        tally.clippedLines.append(row.cells.line)
        tally.clippedEnergy += (wished.departureEnergy - possible) / row.chargeEfficiency
        return checked(vehicle(leavingWith: possible / wished.battery), row, horizon)
    }

    /// A stay by the energy that was recorded.
    private func recorded(
        _ row: StayRow, _ values: [String: Double], _ horizon: Double, isOutside: Bool, _ tally: inout Tally
    ) -> Vehicle? {
        var stay = RecordedStay(
            arrival: values["arrival"] ?? 0, departure: values["departure"] ?? 0, energy: values["energy"] ?? 0,
            maximumPower: values["max_charge"] ?? 0, done: values["done"])
        guard stay.arrival < stay.departure else {
            let (left, came) = NumberText.compared(unit: "h", stay.departure, stay.arrival)
            log.error(row.spot, row.name, "leaves at \(left), not after its arrival at \(came).", kind: "leaves before")
            return nil
        }
        if stay.excess > 0 {
            guard row.shortStays == .clip else {
                let (asked, given) = NumberText.compared(stay.energy, stay.possible, shown: NumberText.hundredths)
                log.error(
                    row.spot, row.name,
                    "takes \(asked) kWh in \(NumberText.hundredths(stay.departure - stay.arrival)) h, but its charger gives "
                        + "at most \(given) kWh. Correct the row, or give the table short_stays: clip.",
                    kind: "takes more")
                return nil
            }
            tally.clippedLines.append(row.cells.line)
            tally.clippedEnergy += stay.excess
            stay.energy = stay.possible
        }
        if !row.isCyclic, !isOutside, stay.arrival < 0 || stay.departure > horizon {
            tally.cut += 1
            stay = stay.within(horizon)
        }
        guard stay.energy > 1e-9 else {
            tally.empty += 1
            return nil
        }
        return checked(stay.vehicle(row.name, chargeEfficiency: row.chargeEfficiency), row, horizon)
    }

    private func checked(_ vehicle: Vehicle, _ row: StayRow, _ horizon: Double) -> Vehicle? {
        guard context.hasTime else { return vehicle }
        let problems = vehicle.problems(
            horizon: row.isCyclic ? 2 * horizon : horizon, chargeEfficiency: row.chargeEfficiency)
        for problem in problems { say(problem, row) }
        if row.isCyclic, problems.isEmpty, let problem = vehicle.problem(repeating: horizon) { say(problem, row) }
        return vehicle
    }

    private func say(_ problem: InputProblem, _ row: StayRow) {
        log.error(row.spot, "", problem.message, kind: "\(problem.message.dropFirst(row.name.count))")
    }

    // MARK: Times

    private static let times: Set<String> = ["arrival", "departure", "done"]

    private func stamps(_ row: CSVText.Row, _ sources: Sources) -> [String: TimeStamp] {
        var stamps: [String: TimeStamp] = [:]
        for source in sources.columns where Self.times.contains(source.attribute.name) {
            stamps[source.attribute.name] = TimeStamp(row.cells[source.column.position])
        }
        return stamps
    }

    /// Whether a stay is so far from the case that no clock can bring it there. What else its row says does not matter
    /// then.
    private func isFarOutside(_ row: StayRow, _ horizon: Double) -> Bool {
        guard let start = context.timeline?.start else { return false }
        let margin = 30.0
        let (came, left) = (row.stamps["arrival"], row.stamps["departure"])
        if let arrival = came, arrival.clock.hours > start + horizon + margin {
            return left.map { $0.clock.hours > arrival.clock.hours - margin } ?? true
        }
        guard let departure = left, let arrival = came else { return false }
        return departure.clock.hours < start - margin && arrival.clock.hours < departure.clock.hours + margin
    }

    /// Hours from the start of the case to a time; nil if the case or its clock has none such.
    private func time(
        _ stamp: TimeStamp, _ cell: String, at spot: SourceLocation, _ path: String, after arrival: Double?
    ) -> Double? {
        guard let timeline = context.timeline else { return nil }
        let session = SessionClock(clock: timeline.clock, log: log)
        guard let moment = session.moment(of: stamp, cell, at: spot, path, after: arrival.map { $0 + timeline.start })
        else { return nil }
        // To the millisecond: the precision of hours counted from 1970.
        return ((moment - timeline.start) * 3_600_000).rounded() / 3_600_000
    }
}
