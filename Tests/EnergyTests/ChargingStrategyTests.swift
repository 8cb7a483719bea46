import Testing

@testable import Energy

/// Rules of the tariff's periods, vehicle by vehicle, by hand.
@Suite struct ChargingStrategyTests {
    /// Valley, peak and flat as the paper has them: 23-8 h, 8-11 h and 16-22 h, else flat.
    static let valley = [Point(x: 23, y: 8)]
    static let peak = [Point(x: 8, y: 11), Point(x: 16, y: 22)]

    static func periods() throws -> TariffPeriods { try TariffPeriods(valley: valley, peak: peak) }

    /// Charges 20 kWh in two hours, without losses.
    static func vehicle(_ arrival: Double, _ departure: Double, name: String = "ev", energy: Double = 20) -> Vehicle {
        Vehicle(
            name: name, arrival: arrival, departure: departure, battery: 40, maximumCharge: 10, maximumDischarge: 0,
            arrivalShare: 1 - energy / 40, departureShare: 1)
    }

    private static func start(_ arrival: Double, _ departure: Double, startHour: Double = 0) throws -> Double? {
        vehicle(arrival, departure).orderedStart(try periods(), startHour: startHour, efficiency: 1)
    }

    @Test func eachRule() throws {
        // Valley: at once, before and after midnight.
        #expect(try Self.start(2, 12) == 2)
        #expect(try Self.start(23, 31) == 23)
        // Flat before the valley: at 23 h. Flat before the peak: at once.
        #expect(try Self.start(22.5, 31) == 23)
        #expect(try Self.start(12, 20) == 12)
        // Peak, then flat, then peak: in the flat period. Peak, then flat, then valley: in the valley.
        #expect(try Self.start(9, 20) == 11)
        #expect(try Self.start(18, 31) == 23)
        // Peak, then valley at once: in the valley.
        let steep = try TariffPeriods(valley: [Point(x: 22, y: 6)], peak: [Point(x: 18, y: 22)])
        #expect(Self.vehicle(19, 31).orderedStart(steep, startHour: 0, efficiency: 1) == 22)
    }

    /// Who stays no longer than it charges cannot wait, nor can who would not be charged after the wait.
    @Test func aShortStayCannotWait() throws {
        #expect(try Self.start(9, 11) == nil)
        #expect(try Self.start(9, 12.5) == nil)
        #expect(try Self.start(9, 13) == 11)
        // Nor does it help that there is nothing to wait for.
        #expect(try Self.start(2, 4) == nil)
        #expect(try Self.start(2, 4.5) == 2)
    }

    /// Hours count from the start of the horizon, periods by the clock.
    @Test func theClockRunsWithTheHorizon() throws {
        // 18 o'clock in a horizon that begins at 13.
        #expect(try Self.start(5, 18, startHour: 13) == 10)
        #expect(try Self.start(15, 30, startHour: 13) == 15)
    }

    @Test func periodsByTheClock() throws {
        let periods = try Self.periods()
        let expected: [(Double, TariffPeriods.Kind)] = [
            (0, .valley), (7.99, .valley), (8, .peak), (11, .flat), (15.5, .flat), (16, .peak), (22, .flat),
            (23, .valley), (24, .valley), (34, .peak), (36, .flat),
        ]
        for (hour, kind) in expected { #expect(periods.kind(at: hour) == kind, "\(hour)") }
        #expect(periods.parts(of: 21..<33, .valley) == [23..<32])
        #expect(periods.parts(of: 7..<18, .peak) == [8..<11, 16..<18])
        // One that lasts all day has none to follow it.
        let even = try TariffPeriods(valley: [Point(x: 0, y: 24)], peak: [])
        #expect(even.following(5) == nil && even.parts(of: 3..<30, .valley) == [3..<30])
        #expect(Self.vehicle(19, 31).orderedStart(even, startHour: 0, efficiency: 1) == 19)
    }

    @Test func periodsThatCannotBe() {
        func problem(_ valley: [Point], _ peak: [Point]) -> String {
            do {
                _ = try TariffPeriods(valley: valley, peak: peak)
                return "accepted"
            } catch {
                return "\(error)"
            }
        }
        #expect(
            problem(Self.valley, [Point(x: 7, y: 11)])
                == "peak: the hours from 7 to 8 are valley, too. Let no two periods overlap.")
        #expect(
            problem([Point(x: 23, y: 25)], Self.peak)
                == "valley[0]: is no pair of clock hours. Give hours between 0 and 24.")
        #expect(
            problem(Self.valley, [Point(x: 9, y: 9)])
                == "peak[0]: ends when it begins. Let them differ; [0, 24] is all day.")
    }
}
