import Energy
import Games
import Testing

@testable import CaseFiles

/// What a driver wants when leaving is a least, and what a vehicle is charged to at most. All payoffs are of prices of
/// 0.3 in the middle, and of power that costs the operator 0.1.
@Suite struct DepartureWishTests {
    private static let head =
        "id,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure"

    private static func check(
        _ stays: [String], station: String = "", prices: String = "{min: 0.2, max: 0.4}", more: String = ""
    ) throws -> CaseCheck {
        let yaml = #"""
            case: {schema: 1, name: a}
            time: {steps: 4}
            tables: {s: {file: s.csv, index: id}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 1 MW}}
            operator:
              prices: {electricity_sell: \#(prices)}
            ev_stations:
              st: {sessions: s\#(station)}
            \#(more)
            """#
        return try CaseCheck(
            Workshop.read(["case.yaml": yaml, "s.csv": ([Self.head] + stays).joined(separator: "\n") + "\n"]))
    }

    private static func isNear(_ payoff: Double?, _ value: Double) -> Bool {
        payoff.map { abs($0 - value) < 1e-6 } ?? false
    }

    private static let full = "c1,0,4,60,7,7,0.83,0.80"

    /// 1.8 kWh more than is wanted, and nobody to sell them to.
    @Test(arguments: ["", ", v2g: false", ", groups: 3", ", discharge_efficiency: 1", ", degradation_cost: 0.2"])
    func aCarThatIsFullEnoughStaysSo(station: String) throws {
        let check = try Self.check([Self.full], station: station)
        #expect(check.isSound && check.infeasibility == nil)
        #expect(Self.isNear(check.payoff, 0))
    }

    /// Within one step, over parts of steps, at the battery's limit, without a way out, and with hardly one.
    @Test(arguments: [
        "c1,1.25,1.75,60,7,7,0.83,0.80", "c1,0.5,3.25,60,7,7,0.83,0.80", "c1,0,4,60,7,7,1,0.1",
        "c1,0,4,60,7,0,0.83,0.80",
        "c1,0,0.01,60,7,7,0.83,0.80", "c1,0,4,60,7,0.001,0.83,0.80",
    ])
    func soItIsWhereverItStands(stay: String) throws {
        let check = try Self.check([stay])
        #expect(check.isSound && Self.isNear(check.payoff, 0))
    }

    /// One that has 1.8 kWh too many gives them at 0.95 to one that lacks 18, which takes 18 / 0.95 in all. Without
    /// giving it takes all of it from the operator.
    @Test func someAboveAndSomeBelow() throws {
        let cars = [Self.full, "c2,0,4,60,7,7,0.5,0.8"]
        let giving = try Self.check(cars, station: ", groups: 2")
        #expect(Self.isNear(giving.payoff, 0.2 * (18 / 0.95 - 1.8 * 0.95)))
        let keeping = try Self.check(cars, station: ", v2g: false")
        #expect(Self.isNear(keeping.payoff, 0.2 * 18 / 0.95))
        // The one is gone when the other comes: nothing passes between them.
        let apart = try Self.check(["c1,0,2,60,7,7,0.83,0.80", "c2,2,4,60,7,7,0.6,0.8"], station: ", groups: 2")
        #expect(Self.isNear(apart.payoff, 0.2 * 12 / 0.95))
    }

    /// Users buy below the operator's price what is above the wish, 1.8 kWh at 0.95, and no more: what is charged again
    /// costs more than it brings.
    @Test func whatIsAboveTheWishIsSoldAndNoMore() throws {
        let users = "users: {u: {demand: {electricity: 10}}}"
        let selling = try Self.check([Self.full], station: ", sell_to_users: true, sell_price: 0.15", more: users)
        #expect(Self.isNear(selling.payoff, 0.2 * (40 - 1.8 * 0.95)))
        let keeping = try Self.check([Self.full], more: users)
        #expect(Self.isNear(keeping.payoff, 0.2 * 40))
    }

    /// A price below 0 pays for whatever is taken, and yet a car that comes with less than it wants takes 6 / 0.95 at
    /// -0.2, on which the operator loses 0.3 each, and one that comes with more keeps what it has: nobody is charged
    /// beyond the wish.
    @Test(arguments: ["", ", v2g: false", ", groups: 3"])
    func atANegativePriceACarIsChargedToItsWishAndNotBeyond(station: String) throws {
        func payoff(_ stays: [String], _ station: String) throws -> Double? {
            try Self.check(stays, station: station, prices: "{min: -0.3, max: -0.1}").payoff
        }
        #expect(Self.isNear(try payoff([Self.full], station), 0))
        #expect(Self.isNear(try payoff(["c1,0,4,60,7,7,0.8,0.8"], station), 0))
        #expect(Self.isNear(try payoff(["c1,0,4,60,7,7,0.7,0.8"], station), -0.3 * 6 / 0.95))
        #expect(Self.isNear(try payoff(["c1,0,4,60,7,7,0.1,0.2"], station), -0.3 * 6 / 0.95))
        // A way out would burn energy for money between the two.
        let both = [Self.full.replacing(",7,7,", with: ",7,0,"), "c2,1,3,60,7,0,0.1,0.2"]
        #expect(Self.isNear(try payoff(both, station), -0.3 * 6 / 0.95))
    }

    /// 18 and 6 kWh in four hours need 24 / 0.95 / 4 = 6.31579 kW, where the station has 5.
    @Test(arguments: ["", ", v2g: false", ", degradation_cost: 0.2"])
    func namesTheVehiclesThatCannotBeServed(station: String) throws {
        let cars = ["c1,0,4,60,7,7,0.5,0.8", "c2,1,3,60,7,7,0.7,0.8", "c3,0,4,60,7,0,0.83,0.80"]
        let check = try Self.check(cars, station: ", site_limit: 5" + station)
        #expect(!check.isSound)
        let words = try #require(check.infeasibility).description
        #expect(words.contains("Vehicles that need energy there: c2 (soc_departure 80 % at hour 3)"), "\(words)")
        #expect(!words.contains("c3"), "\(words)")
        #expect(
            words.contains("Smallest change: raise the site limit of st.fleet from 5 to 6.31579 kW. It is so"),
            "\(words)")
        // Which is enough, and less is not.
        #expect(try Self.check(cars, station: ", site_limit: 6.31579" + station).isSound)
        #expect(try !Self.check(cars, station: ", site_limit: 6.31" + station).isSound)
    }

    /// Buying and selling stand before a binary too, as the cars do. The limit is told, and nothing beside it: 10 kW of
    /// users, or the cars' 24 / 0.95 / 4 kW.
    @Test(arguments: ["{price: 0.05, max: 5}", "{price: 0.3, max: 9}", "{price: 0.05, max: 1 MW}"])
    func aRowBeforeABinaryIsNoChangeOfItsOwn(sell: String) throws {
        func change(_ yaml: String) throws -> String? {
            let text = #"""
                case: {schema: 1, name: a}
                time: {steps: 4}
                tables: {s: {file: s.csv, index: id}}
                carriers: {electricity: {}}
                grid: {buy: {price: 0.1, max: 5}, sell: \#(sell)}
                operator:
                  prices: {electricity_sell: {min: 0.2, max: 0.4}}
                \#(yaml)
                """#
            let stays = [Self.head, "c1,0,4,60,7,7,0.5,0.8", "c2,1,3,60,7,7,0.7,0.8"].joined(separator: "\n") + "\n"
            let words = try CaseCheck(Workshop.read(["case.yaml": text, "s.csv": stays])).infeasibility?.description
            return words?.split(separator: "Smallest change: ").last.map(String.init)
        }
        let users = try change("users: {u: {demand: {electricity: 10}}}")
        #expect(users == "raise the buy limit of operator.grid from 5 to 10 kW. It is so at every price.")
        for station in ["{sessions: s}", "{sessions: s, v2g: false}", "{sessions: s, degradation_cost: 0.2}"] {
            let cars = try change("ev_stations: {st: \(station)}")
            #expect(cars == "raise the buy limit of operator.grid from 5 to 6.31579 kW. It is so at every price.")
        }
    }

    /// A stay that the horizon's end cuts is handed over with what its other part begins with: who needs energy leaves
    /// with the wish alone.
    @Test func aStayThatIsCutIsHandedOver() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml.replacing(
            "sessions: sessions, chargers: 40,",
            with:
                "sampling: {count: 30, seed: 7, battery: 60, max_charge: 7, max_discharge: 7, soc_mean: 0.7, soc_departure: 0.8},"
        )
        let vehicles = try #require(try Workshop.read(files).fleets["plaza"]).vehicles
        let names = Set(vehicles.map(\.name))
        let cut = vehicles.filter { names.contains("\($0.name)_before") }
        #expect(cut.count > 20 && cut.allSatisfy { $0.departure == 24 })
        let needy = cut.filter { $0.departureEnergy > $0.arrivalEnergy }
        #expect(needy.count > 15)
        for vehicle in needy {
            let after = try #require(vehicles.first { $0.name == "\(vehicle.name)_before" })
            let envelope = FleetEnvelope(
                [vehicle], time: TimeGrid(steps: 24, hours: 1), chargeEfficiency: 0.95, dischargeEfficiency: 0.95,
                v2g: true)
            #expect(abs(envelope.leaving[23] - after.arrivalEnergy) < 1e-9)
            #expect(abs(envelope.mostLeaving[23] - after.arrivalEnergy) < 1e-9)
        }
    }
}
