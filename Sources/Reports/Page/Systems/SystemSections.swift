import Figures
import ResultFiles
import Writing

/// Figures of solved systems: of a price result, or of each typical day of decided sizes.
struct SystemSections {
    let record: ResultRecord
    let time: PageTime

    /// More than these are not drawn of one kind.
    static let most = 24

    var all: [PageSection] {
        get throws {
            [
                try prices(), try SupplySection(record: record).section,
                try BalanceFigures(record: record, time: time).section,
                try PassageSection(record: record, time: time).section, try load(),
                try FleetFigures(record: record, time: time).section, try storage(),
                try RegionFigures(record: record).section, try CostFigures(record: record).section,
                try CarbonFigures(record: record).section,
            ]
        }
    }

    /// Words before a name, where there are several days.
    static func on(_ day: String) -> String { day.isEmpty ? "" : day + ": " }

    // MARK: Prices

    private func prices() throws -> PageSection {
        var section = PageSection(title: "Prices")
        guard let table = record.table(PriceTable.self) else { return section }
        let (steps, values) = (try table.steps(PriceTable.step), try table[PriceTable.value])
        let (lower, upper) = (try table[PriceTable.lower], try table[PriceTable.upper])
        let carriers = table.optional(PriceTable.carrier)
        let caps = table.has(PriceTable.meanCap) ? try table[PriceTable.meanCap] : values.map { _ in .nan }
        // One number for the whole horizon is a line of the summary, and no line over the hours.
        for price in try PricesByUnit(table).ofEnergy {
            let (name, rows, unit) = (price.key[0], price.rows, price.unit)
            let posted = rows.map {
                LineSeries.Point(x: time.start(steps[$0]), y: values[$0], lower: lower[$0], upper: upper[$0])
            }
            var series = [
                LineSeries(
                    "posted, with its band", points: time.steps(posted), form: .steps,
                    owner: record.owner(carrier: carriers[rows[0]]))
            ]
            series += try marketPrices(of: carriers[rows[0]])
            let chart = LineChart(
                title: name, x: time.axis(rows.count), y: Axis("price [\(unit)]"), series: series, shape: .column)
            let posteds = rows.map { values[$0] }
            let mean = posteds.reduce(0, +) / Double(max(1, posteds.count))
            let highest = rows.max { values[$0] < values[$1] } ?? rows[0]
            var reading =
                "From \(Self.price(posteds.min())) to \(Self.price(posteds.max())) \(unit), highest "
                + "\(time.moment(steps[highest], of: rows.count)); mean \(Self.price(mean))"
            if caps[rows[0]].isFinite { reading += " where at most \(Self.price(caps[rows[0]])) is allowed" }
            let atTop = rows.count { values[$0] >= upper[$0] - 1e-9 }
            let atBottom = rows.count { values[$0] <= lower[$0] + 1e-9 }
            reading += ". \(atTop) of \(rows.count) steps are at the upper end of the band, \(atBottom) at the lower."
            section.figures.append(PageFigure(name: name, figure: chart, reading: reading))
        }
        return section
    }

    private static func price(_ value: Double?) -> String { NumberText.grouped(value ?? .nan, decimals: 4) }

    private func marketPrices(of carrier: String) throws -> [LineSeries] {
        guard let markets = record.table(MarketTable.self) else { return [] }
        let (steps, values) = (try markets.steps(MarketTable.step), try markets[MarketTable.value])
        let carriers = try markets[MarketTable.carrier]
        return markets.groups([MarketTable.component, MarketTable.quantity]).compactMap { key, rows in
            // What has no component is a price between parties.
            let rows = rows.filter { carriers[$0] == carrier }
            guard !rows.isEmpty, !key[0].isEmpty else { return nil }
            let points = rows.map { LineSeries.Point(x: time.start(steps[$0]), y: values[$0]) }
            return LineSeries("\(key[0]), \(key[1])", points: time.steps(points), form: .steps, owner: .device(key[0]))
        }
    }

    // MARK: Load

    private func load() throws -> PageSection {
        var section = PageSection(title: "Load before and after")
        guard let table = record.table(LoadTable.self), !table.rows.isEmpty else { return section }
        let steps = try table.steps(LoadTable.step)
        let (before, after) = (try table[LoadTable.before], try table[LoadTable.after])
        var figures: [PageFigure] = []
        for (key, rows) in table.groups([LoadTable.day, LoadTable.party, LoadTable.carrier]) {
            guard rows.contains(where: { abs(before[$0] - after[$0]) > 1e-6 }) else { continue }
            func line(_ name: String, _ values: [Double], _ owner: SeriesOwner?) -> LineSeries {
                LineSeries(
                    name, points: time.steps(rows.map { .init(x: time.start(steps[$0]), y: values[$0]) }), form: .steps,
                    owner: owner)
            }
            let title = "\(Self.on(key[0]))\(key[1]), \(key[2]): demand"
            func energy(_ kilowatts: (Int) -> Double) -> String {
                NumberText.grouped(rows.reduce(0) { $0 + kilowatts($1) } * time.hours)
            }
            func peak(_ values: [Double]) -> String { NumberText.grouped(rows.map { values[$0] }.max() ?? 0) }
            let raised = energy { max(0, after[$0] - before[$0]) }
            let lowered = energy { max(0, before[$0] - after[$0]) }
            figures.append(
                PageFigure(
                    name: "load \(key.joined(separator: " "))",
                    figure: LineChart(
                        title: title, x: time.axis(rows.count), y: Axis("demand [kW]"),
                        series: [
                            line("before", before, .before), line("after", after, record.owner(carrier: key[2])),
                        ], shape: .column),
                    reading:
                        "Of \(energy { before[$0] }) kWh, \(lowered) kWh are taken out of their hours and \(raised) kWh are added in "
                        + "others; the highest demand goes from \(peak(before)) to \(peak(after)) kW."))
        }
        let held = figures.held(to: Self.most, rest: LoadTable.file)
        section.figures = held.figures
        section.text = figures.isEmpty ? ["All demand is served in its own hours."] : held.text
        return section
    }

    // MARK: Storage

    private func storage() throws -> PageSection {
        var section = PageSection(title: "Storage")
        guard let flows = record.table(FlowTable.self) else { return section }
        let units = try flows[FlowTable.unit]
        let fleets = Set(record.table(FleetTable.self)?.optional(FleetTable.station) ?? [])
        let (steps, values) = (try flows.steps(FlowTable.step), try flows[FlowTable.value])
        var figures: [PageFigure] = []
        for (key, rows) in flows.groups([FlowTable.day, FlowTable.party]) {
            let energy = flows.groups([FlowTable.component], among: rows.filter { units[$0] == FlowTable.energy })
            let stores = energy.filter { store in
                !fleets.contains("\(key[1]).\(store.key[0])")
                    && !(fleets.contains(key[1]) && BalanceFigures.stem(store.key[0]) == "fleet")
            }
            guard !stores.isEmpty else { continue }
            let series = stores.map { store in
                LineSeries(
                    store.key[0],
                    points: store.rows.map { .init(x: time.start(steps[$0] + 1), y: values[$0]) },
                    owner: .device(store.key[0]))
            }
            let readings = stores.map { store in
                let levels = store.rows.map { values[$0] }
                return "\(store.key[0]) holds from \(NumberText.grouped(levels.min() ?? 0)) to "
                    + "\(NumberText.grouped(levels.max() ?? 0)) kWh, \(NumberText.grouped(levels.last ?? 0)) at the end"
            }
            figures.append(
                PageFigure(
                    name: "storage \(key.joined(separator: " "))",
                    figure: LineChart(
                        title: "\(Self.on(key[0]))\(key[1]): what is stored", x: time.axis(stores[0].rows.count),
                        y: Axis("stored energy [kWh]"), series: series, shape: .column),
                    reading: readings.joined(separator: "; ") + "."))
        }
        let held = figures.held(to: Self.most, rest: FlowTable.file)
        (section.figures, section.text) = (held.figures, held.text)
        return section
    }
}
