import Energy
import Testing

@testable import CaseFiles

/// Fleets with a strategy, as cases give them: a table of vehicles, or laws to draw them by.
@Suite struct ChargingFleetReadingTests {
    private static func files(
        _ fleet: String, stays: String = "a,18,31,40,10,0,0.5,1\n", steps: String = "steps: 24, step: 1 h"
    ) -> [String: String] {
        [
            "case.yaml": """
            case: {schema: 1, name: yard}
            time: {\(steps)}
            tables: {stays: {file: stays.csv, index: car}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.5, max: 2000}}
            operator:
              demand: {electricity: 50}
              fleets:
                cars: {charge_efficiency: 1, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: 1, service_price: 0.6,
                       compensation: 0.3, elasticity: 2, \(fleet)}
            """,
            "stays.csv": "car,arrival,departure,battery,max_charge,max_discharge,soc_arrival,soc_departure\n" + stays,
        ]
    }

    private static func fleet(_ files: [String: String]) throws -> ChargingFleet? {
        try Workshop.read(files).system.parties[0].components.compactMap { $0 as? ChargingFleet }.first
    }

    /// Two vehicles of 20 kWh at 10 kW: one from 18 h to 7 h of the next day, which waits for 23 h, and one that leaves
    /// at 20 h.
    @Test func aTableOfVehicles() throws {
        let stays = "a,18,31,40,10,0,0.5,1\nb,18,20,40,10,0,0.5,1\n"
        let orderly = try #require(try Self.fleet(Self.files("strategy: orderly, sessions: stays", stays: stays)))
        #expect(orderly.orderedEnergy == 20 && orderly.energy == 40)
        #expect(orderly.steady[23] == 10 && orderly.steady[0] == 10 && orderly.steady[18] == 10)
        // The same rows as of two days are a mean of half as much.
        let mean = try #require(
            try Self.fleet(Self.files("strategy: orderly, draws: 2, sessions: stays", stays: stays)))
        #expect(mean.steady == orderly.steady.map { $0 / 2 })
    }

    @Test func rowsThatCannotBe() throws {
        let complaints = try Workshop.complaints(
            Self.files(
                "strategy: orderly, sessions: stays",
                stays: "a,24,31,40,10,0,0.5,1\nb,2,30,40,10,0,0.5,1\nc,18,19,40,10,0,0.5,1\n"))
        #expect(
            complaints == [
                "stays.csv:2  a: comes at 24 h, but the case covers 0 ... 24 h. Let it come within.",
                "stays.csv:3  b: stays for 28 h, but comes again after 24 h. Shorten the stay.",
                "stays.csv:4  c: needs 20 kWh in 1 h but its charger gives at most 10 kWh. Lower soc_departure or extend the "
                    + "stay.",
            ])
    }

    private static let laws =
        "sampling: {count: 200, battery: 45, max_charge: 7, soc_departure: 1, arrival_mean: 17.6, arrival_deviation: 3.4, "
        + "departure_mean: 9.24, departure_deviation: 3.16, distance_median: 24.5325, distance_spread: 0.88, "
        + "consumption: 0.15, shortest_stay: 0"

    /// Means of the laws: a log-normal trip of exp(3.2 + 0.88^2 / 2) = 36.1 km takes 5.4 kWh, less what lies beyond the
    /// battery's 300 km and beyond a stay; most arrive in the evening.
    @Test func laws() throws {
        let fleet = try #require(
            try Self.fleet(Self.files("strategy: disorderly, draws: 50, \(Self.laws)}")))
        #expect(abs(fleet.energy / 200 - 5.3) < 0.15)
        let evening = fleet.steady[17...20].reduce(0, +)
        #expect(evening > 0.3 * fleet.energy && abs(fleet.steady.reduce(0, +) - fleet.energy) < 1e-6)
    }

    /// The same seed gives the same vehicles, and another one others; steps do not change what is drawn.
    @Test func theSeedDecides() throws {
        func steady(_ seed: Int, _ steps: String = "steps: 24, step: 1 h") throws -> [Double] {
            try #require(
                try Self.fleet(Self.files("strategy: improved, \(Self.laws), seed: \(seed)}", steps: steps))
            ).steady
        }
        let (one, again, other) = (try steady(1), try steady(1), try steady(2))
        #expect(one == again && one != other)
        let fine = try steady(1, "steps: 96, step: 15 min")
        for (hour, power) in one.enumerated() {
            #expect(abs(fine[4 * hour..<4 * hour + 4].reduce(0, +) / 4 - power) < 1e-9)
        }
    }

    /// Departures are normal about their mean, wrapped at midnight: of two thousand, five in six of a thousandth
    /// beside.
    @Test func departuresAreNormal() throws {
        let files = [
            "case.yaml": """
            case: {schema: 1, name: yard}
            time: {steps: 24, step: 1 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.5, max: 20000}}
            operator:
              demand: {electricity: 50}
              prices: {electricity_sell: 0.6}
            users: {home: {demand: {electricity: 10}}}
            ev_stations:
              lot: {sampling: {count: 2000, battery: 45, max_charge: 7, soc_departure: 0.9, arrival_mean: 0,
                               arrival_deviation: 0, departure_mean: 9.24, departure_deviation: 3.16}}
            """
        ]
        let vehicles = try #require(try Workshop.read(files).fleets["lot"]).vehicles
        let hours = vehicles.map(\.departure)
        let mean = hours.reduce(0, +) / Double(hours.count)
        let spread = (hours.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(hours.count)).squareRoot()
        // Standard errors of 0.07 and 0.05 h; the few who would leave within an hour of midnight are drawn again.
        #expect(abs(mean - 9.24) < 0.25 && abs(spread - 3.16) < 0.2)
    }

    /// A sweep's number, and a variant's word.
    @Test func aUsersFleetIsReadToo() throws {
        var files = Self.files("strategy: orderly, sessions: stays", stays: "a,18,31,40,10,0,0.5,1\n")
        files["case.yaml"] = """
            case: {schema: 1, name: yard}
            time: {steps: 24, step: 1 h}
            tables: {stays: {file: stays.csv, index: car}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.5, max: 2000}}
            operator: {prices: {electricity_sell: {min: 0.4, max: 0.8}}}
            users:
              home:
                fleets: {car: {strategy: disorderly, charge_efficiency: 1, sessions: stays}}
            """
        let read = try Workshop.read(files)
        #expect(read.system.parties[1].components.contains { $0 is ChargingFleet })
        #expect(read.system.trades.first { $0.buyer == "home" }?.limit[18] ?? 0 >= 10)
    }
}
