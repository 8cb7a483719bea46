import Energy
import Foundation
import Testing

@testable import CaseFiles

/// Logs of charging sessions as networks export them, for a case and for a forecast.
@Suite struct RecordedStayTests {
    private static func files(
        _ rows: [String], _ table: String = "", time: String? = nil, station: String = ", charge_efficiency: 1"
    )
        -> [String: String]
    {
        [
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {\(time ?? #"start: "2019-03-01T00:00", steps: 24, timezone: America/Los_Angeles"#)}
            tables: {log: {file: log.csv, index: sessionID\(table)}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 1 MW}}
            operator:
              prices: {electricity_sell: {min: 0.1, max: 0.3, mean_max: 0.2}}
            ev_stations:
              lot: {sessions: log\(station)}
            """, "log.csv": rows.joined(separator: "\n"),
        ]
    }

    private static func vehicles(_ files: [String: String]) throws -> [Vehicle] {
        try #require(Workshop.read(files).fleets["lot"]?.vehicles)
    }

    /// The columns of ACN-Data, with times as its server writes them: 16:00 GMT is 08:00 in Los Angeles then.
    private static let acn = [
        "sessionID,siteID,connectionTime,disconnectTime,doneChargingTime,kWhDelivered,max_power_kw",
        "a,2,\"Fri, 01 Mar 2019 16:00:00 GMT\",\"Fri, 01 Mar 2019 20:00:00 GMT\",None,10,6.6",
        "b,2,2019-03-01T23:00:00-08:00,2019-03-02T03:00:00-08:00,2019-03-02T00:00:00-08:00,6,6.6",
        "c,2,2019-02-28T22:00:00-08:00,2019-03-01T02:00:00-08:00,,8,6.6",
        "d,2,2019-02-27T08:00:00-08:00,2019-02-27T09:00:00-08:00,,5,6.6",
        "e,2,2019-04-01T08:00:00-07:00,,,broken,6.6",
        "f,2,2019-03-01T10:00:00-08:00,2019-03-01T11:00:00-08:00,,0,6.6",
    ]

    @Test func theCaseTakesTheStaysOfItsHours() throws {
        let vehicles = try Self.vehicles(Self.files(Self.acn))
        #expect(vehicles.map(\.name) == ["a", "b", "c"])
        #expect(vehicles.map(\.arrival) == [8, 23, 0] && vehicles.map(\.departure) == [12, 24, 2])
        // b was charged by midnight, all of it; c evenly over four hours, two of which are of this day.
        #expect(vehicles.map(\.departureEnergy) == [10, 6, 4] && vehicles.map(\.arrivalEnergy) == [0, 0, 0])
        #expect(vehicles.allSatisfy { $0.maximumCharge == 6.6 && $0.maximumDischarge == 0 })
        let listed = try Workshop.read(Self.files(Self.acn)).listing
        #expect(
            listed.first { $0.path == "tables.log.stays" }?.value
                == "3 of 6 in the hours of the case, 2 cut at its ends, 1 without energy")
        #expect(listed.first { $0.path == "log.csv.energy" }?.value == "column 'kWhDelivered'")
    }

    /// Energy is that of the charger: the battery gets less.
    @Test func whatTheBatteryGetsFollowsFromItsCharger() throws {
        let vehicles = try Self.vehicles(Self.files(Self.acn, station: ", charge_efficiency: 0.9"))
        #expect(abs((vehicles.first?.departureEnergy ?? 0) - 9) < 1e-12)
    }

    /// Over the days that it touches, a stay takes its energy, and never more than its charger can give.
    @Test func nothingIsLostAtMidnight() {
        var seed = 7.0
        func random() -> Double {
            seed = (seed * 16_807).truncatingRemainder(dividingBy: 2_147_483_647)
            return seed / 2_147_483_647
        }
        for _ in 0..<200 {
            let (arrival, hours, power) = (24 * random(), 0.5 + 60 * random(), 3 + 8 * random())
            var stay = RecordedStay(
                arrival: arrival, departure: arrival + hours, energy: random() * power * hours, maximumPower: power)
            if random() < 0.5 { stay.done = arrival + hours * random() }
            var sum = 0.0
            for day in 0..<4 {
                var shifted = stay
                shifted.arrival -= 24 * Double(day)
                shifted.departure -= 24 * Double(day)
                shifted.done = stay.done.map { $0 - 24 * Double(day) }
                guard shifted.departure > 0, shifted.arrival < 24 else { continue }
                let part = shifted.within(24)
                #expect(part.arrival >= 0 && part.departure <= 24 && part.energy <= part.possible + 1e-9)
                sum += part.energy
            }
            #expect(abs(sum - stay.energy) < 1e-9)
        }
    }

    @Test func staysThatAreTooShortAreRefusedOrClipped() throws {
        let rows =
            ["sessionID,arrival,departure,energy [kWh],max_charge [kW]"]
            + (0..<5).map { "s\($0),2019-03-01T0\($0):00,2019-03-01T0\($0 + 1):00,\($0 + 5),7" }
        let found = try Workshop.complaints(Self.files(rows))
        #expect(
            found == [
                "log.csv:5  s3: takes 8 kWh in 1 h, but its charger gives at most 7 kWh. Correct the row, or give the table short_stays: clip.",
                "log.csv:6  s4: takes 9 kWh in 1 h, but its charger gives at most 7 kWh. Correct the row, or give the table short_stays: clip.",
            ])
        let source = try Workshop.read(Self.files(rows, ", short_stays: clip"))
        #expect(source.fleets["lot"]?.vehicles.map(\.departureEnergy) == [5, 6, 7, 7, 7])
        #expect(
            source.warnings.map(\.rendered) == [
                "log.csv:5  warning: tables.log: 2 of 5 stays ask for more than their charger can give, and get 3 kWh less in all: lines 5, 6."
            ])
    }

    /// Stays that are planned by what batteries hold follow the same rule.
    @Test func wishesBeyondTheChargerAreClipped() throws {
        let rows = [
            "sessionID,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure",
            "a,1,3,50,10,0,0.2,0.9",
        ]
        #expect(try Workshop.complaints(Self.files(rows)).first?.contains("needs 35 kWh in 2 h") == true)
        let vehicles = try Self.vehicles(Self.files(rows, ", short_stays: clip"))
        #expect(abs((vehicles.first?.departureEnergy ?? 0) - 30) < 1e-9)
    }

    @Test func namesAndPowersAreDeclared() throws {
        let rows = ["sessionID;Beginn;Ende;Arbeit (Wh)", "x;01.03.2019 08:00;01.03.2019 10:30;5.500,5"]
        let table =
            #", separator: ";", decimal: ",", thousands: ".", columns: {arrival: Beginn, departure: Ende, energy: Arbeit (Wh), max_charge: {value: 0.0072 MW}}"#
        let vehicle = try #require(try Self.vehicles(Self.files(rows, table)).first)
        #expect(vehicle.arrival == 8 && vehicle.departure == 10.5 && vehicle.maximumCharge == 7.2)
        #expect(abs(vehicle.departureEnergy - 5.5005) < 1e-12)
    }

    @Test func whatALogLacksIsSaid() throws {
        func complaints(_ header: String, _ row: String) throws -> [String] {
            try Workshop.complaints(Self.files([header, row]))
        }
        let stay = "a,2019-03-01T08:00,2019-03-01T09:00"
        #expect(
            try complaints("sessionID,arrival,departure,energy", "\(stay),5") == [
                "log.csv:1  the column 'max_charge' is missing. Add it: maximum charging power."
            ])
        #expect(
            try complaints(
                "sessionID,arrival,start_time,departure,energy,max_charge", "a,2019-03-01T08:00,x,2019-03-01T09:00,5,7")
                == [])
        #expect(
            try complaints("sessionID,connectionTime,start_time,departure,energy,max_charge", "a,x,x,x,5,7").first
                == "log.csv:1  'connectionTime' and 'start_time' may both be 'arrival'. Say which is, by columns: {arrival: connectionTime}."
        )
        #expect(
            try complaints("sessionID,arrival,departure,energy,battery,max_charge", "\(stay),5,60,7").first?.contains(
                "'energy' and 'battery' are both there") == true)
        #expect(
            try complaints("sessionID,arrival,departure,energy,max_charge", "a,2018-03-01T08:00,2018-03-01T09:00,5,7")
                == [
                    "case.yaml:3:22  tables.log: none of the 1 stays in log.csv lies in the hours of the case. Check time.start, or take the vehicles out."
                ])
        #expect(
            try complaints("sessionID,arrival,departure,energy,max_charge", "a,2019-03-01T09:00,2019-03-01T08:00,5,7")
                == [
                    "log.csv:2  a: leaves at 8 h, not after its arrival at 9 h."
                ])
        // Hours that are not in the case are a mistake, not another day.
        #expect(
            try complaints("sessionID,arrival [h],departure [h],energy,max_charge", "a,30,32,5,7").first?.contains(
                "stays from 30 h to 32 h, but the case covers 0 ... 24 h") == true)
    }

    @Test(
        arguments: [
            ("UTCTransactionStart,UTCTransactionStop,TotalEnergy,MaxPower", 4.0, 11.0),
            ("Start_plugin,End_plugout,El_kWh,max power [W]", 4, 0.011),
            ("arrival_local,departure_local,energy_kwh,max_power_kw", 4, 11),
            ("Start Date,End Date,Energy (kWh),Charger power (kW)", 4, 11), ("start,end,Wh,kW", 0.004, 11),
        ]) func namesOfNetworksAreKnown(header: String, energy: Double, power: Double) throws
    {
        // The last one has no name for a power beside its unit.
        let text = "\(header.replacing("Wh,kW", with: "Wh,max_power"))\n2019-03-01 08:00,2019-03-01 10:00,4,11\n"
        let sessions = try Workshop.withFolder(["log.csv": Data(text.utf8)]) {
            try PlugInHistory($0.appendingPathComponent("log.csv")).sessions
        }
        #expect(
            sessions.count == 1 && abs(sessions[0].energy - energy) < 1e-12
                && abs(sessions[0].maximumPower - power) < 1e-12)
    }

    @Test func aForecastTakesDeclaredColumns() throws {
        let text = "von;bis;Menge\n01.03.2019 08:00;01.03.2019 10:00;20,5\n"
        let names = try ["arrival=von", "departure=bis", "energy = Menge"].map {
            try ColumnName(option: $0, among: PlugInHistory.columns)
        }
        func history(_ stays: ShortStays) throws -> PlugInHistory {
            try Workshop.withFolder(["log.csv": Data(text.utf8)]) {
                try PlugInHistory(
                    $0.appendingPathComponent("log.csv"),
                    format: CSVFormat(separator: ";", decimal: ",", thousands: nil),
                    columns: names + [ColumnName("max_power", power: "0.01 MW")], shortStays: stays)
            }
        }
        let past = try history(.clip)
        #expect(past.sessions.first?.maximumPower == 10 && past.sessions.first?.arrival == 8)
        #expect(
            past.warnings.map(\.rendered) == [
                "log.csv:2  warning: energy: 1 of 1 stays ask for more than their charger can give, and get 0.5 kWh less in all: line 2."
            ])
        #expect(throws: CaseFileError.self) { try history(.refuse) }
        #expect(throws: ColumnNameProblem.self) { try ColumnName(option: "begin=von", among: PlugInHistory.columns) }
        #expect(throws: ColumnNameProblem.self) { try ColumnName("max_power", power: "7 kWh") }
    }

    /// Each bad row of a year is one of a kind.
    @Test func manyBadStaysAreOneMessage() throws {
        let names = ["ab", "cd", "ef", "gh", "ij", "kl"]
        let rows =
            ["sessionID,arrival,departure,energy,max_charge"]
            + names.map { "\($0),2019-03-01T08:00,2019-03-01T09:00,9,7" }
        let found = try Workshop.complaints(Self.files(rows))
        #expect(
            found.count == 1 && found[0].hasPrefix("log.csv:2  ab: takes 9 kWh")
                && found[0].contains("6 places in all, the first in lines 2, 3, 4"))
        let bad =
            ["sessionID,arrival,departure,energy,max_charge"]
            + names.map { "\($0),2019-03-01T08:00,2019-03-01T09:00,n/a,7" }
        #expect(try Workshop.complaints(Self.files(bad)).count == 1)
    }
}
