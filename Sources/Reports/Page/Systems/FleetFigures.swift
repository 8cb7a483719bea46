import Figures
import ResultFiles
import Writing

/// Each fleet's path inside its envelope: energy, and power.
struct FleetFigures {
    let record: ResultRecord
    let time: PageTime

    var section: PageSection {
        get throws {
            var section = PageSection(title: "EV fleets")
            guard let table = record.table(FleetTable.self), !table.rows.isEmpty else { return section }
            let (vehicles, quantities) = (try table[FleetTable.vehicle], try table[FleetTable.quantity])
            let values = try table[FleetTable.value]
            var figures: [PageFigure] = []
            for (key, rows) in table.groups([FleetTable.day, FleetTable.station]) {
                var series: [String: [Double]] = [:]
                for row in rows where vehicles[row] == FleetTable.fleet {
                    series[quantities[row], default: []].append(values[row])
                }
                let known = Set(rows.map { vehicles[$0] }).count - 1
                figures += try fleet(key, series, vehicles: known)
            }
            let held = figures.held(to: SystemSections.most, rest: FleetTable.file)
            (section.figures, section.text) = (held.figures, held.text)
            return section
        }
    }

    private func fleet(_ key: [String], _ series: [String: [Double]], vehicles: Int) throws -> [PageFigure] {
        func values(_ quantity: FleetTable.Quantity) throws -> [Double] {
            let name = quantity.rawValue
            guard let values = series[name] else {
                throw ReportError.damaged(file: FleetTable.file, reason: "the fleet of \(key[1]) has no '\(name)'.")
            }
            return values
        }
        let (energy, least, most) = (try values(.energy), try values(.leastEnergy), try values(.mostEnergy))
        let (charge, discharge) = (try values(.charge), try values(.discharge))
        let (chargeLimit, dischargeLimit) = (try values(.chargeLimit), try values(.dischargeLimit))
        let all = [least, most, charge, discharge, chargeLimit, dischargeLimit]
        guard all.allSatisfy({ $0.count == energy.count }), !energy.isEmpty else {
            throw ReportError.damaged(
                file: FleetTable.file, reason: "the series of the fleet of \(key[1]) differ in length.")
        }
        let title = SystemSections.on(key[0]) + key[1]
        let path = energy.indices.map {
            LineSeries.Point(x: time.start($0 + 1), y: energy[$0], lower: least[$0], upper: most[$0])
        }
        let power = energy.indices.map {
            LineSeries.Point(
                x: time.start($0), y: charge[$0] - discharge[$0], lower: -dischargeLimit[$0], upper: chargeLimit[$0])
        }
        func sum(_ values: [Double]) -> String { NumberText.grouped(values.reduce(0, +) * time.hours) }
        func highest(_ values: [Double]) -> String { NumberText.grouped(values.max() ?? 0) }
        return [
            PageFigure(
                name: "fleet energy \(key.joined(separator: " "))",
                figure: LineChart(
                    title: "\(title): energy in its envelope", x: time.axis(energy.count),
                    y: Axis("stored energy [kWh]"),
                    series: [LineSeries("path, in its envelope", points: path, owner: SeriesOwner("fleet"))],
                    shape: .column),
                reading:
                    "At the end of a step the vehicles present hold at most \(highest(energy)) kWh; the envelope would allow \(highest(most)) kWh and asks for up to "
                    + "\(highest(least)) kWh"
                    + (vehicles > 0 ? ". Schedules of \(vehicles) stays stand in ev.csv." : ".")),
            PageFigure(
                name: "fleet power \(key.joined(separator: " "))",
                figure: LineChart(
                    title: "\(title): charging (above zero) and discharging", x: time.axis(energy.count),
                    y: Axis("power [kW]"),
                    series: [
                        LineSeries(
                            "path, in its envelope", points: time.steps(power), form: .steps,
                            owner: SeriesOwner("fleet"))
                    ],
                    shape: .column),
                reading:
                    "Charges \(sum(charge)) kWh with at most \(highest(charge)) kW and discharges \(sum(discharge)) kWh with at most "
                    + "\(highest(discharge)) kW."),
        ]
    }
}
