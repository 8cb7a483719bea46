import Foundation
import TestSupport
import Testing

@testable import Scenarios

@Suite struct GradientBoostedTreesTests {
    @Test func oneSplitByHand() throws {
        // Below 2.5 the mean is 2, above it 10; one full step of one tree reproduces both.
        let trees = try GradientBoostedTrees(
            features: [[1], [2], [3], [4]], targets: [1, 3, 9, 11],
            settings: .init(trees: 1, depth: 1, learningRate: 1, smallestLeaf: 1))
        #expect(trees.predict([0]) == 2 && trees.predict([2.4]) == 2 && trees.predict([2.6]) == 10)
        // Half a step: half way from the overall mean 6.
        let half = try GradientBoostedTrees(
            features: [[1], [2], [3], [4]], targets: [1, 3, 9, 11],
            settings: .init(trees: 1, depth: 1, learningRate: 0.5, smallestLeaf: 1))
        #expect(half.predict([1]) == 4 && half.predict([4]) == 8)
    }

    @Test func theSecondTreeFitsWhatTheFirstLeaves() throws {
        // x1 splits by 8, x2 by 2: the first tree takes x1, the second x2; additive, so exact.
        let trees = try GradientBoostedTrees(
            features: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [0, 2, 8, 10],
            settings: .init(trees: 2, depth: 1, learningRate: 1, smallestLeaf: 1))
        #expect([[0, 0], [0, 1], [1, 0], [1, 1]].map { trees.predict($0) } == [0, 2, 8, 10])
    }

    @Test func constantTargetsAreExactAndMoreTreesFitBetter() throws {
        let features = (0..<60).map { [Double($0 % 12), Double($0 % 7)] }
        let flat = try GradientBoostedTrees(features: features, targets: features.map { _ in 4 })
        #expect(flat.predict([3, 3]) == 4)
        let targets = features.map { sin($0[0]) * 3 + $0[1] }
        let errors = try [1, 10, 100].map { count -> Double in
            let trees = try GradientBoostedTrees(features: features, targets: targets, settings: .init(trees: count))
            return zip(features, targets).reduce(0) { $0 + pow(trees.predict($1.0) - $1.1, 2) }
        }
        #expect(errors[0] > errors[1] && errors[1] > errors[2])
    }

    @Test func badDataIsRefused() {
        #expect(throws: GradientBoostingError.noData) { try GradientBoostedTrees(features: [], targets: []) }
        #expect(throws: GradientBoostingError.unequalLengths) {
            try GradientBoostedTrees(features: [[1]], targets: [1, 2])
        }
        #expect(throws: GradientBoostingError.notFinite) { try GradientBoostedTrees(features: [[.nan]], targets: [1]) }
    }
}

@Suite struct FleetForecastTests {
    @Test func envelopeOfOneSessionByHand() {
        // 10 kWh at up to 4 kW between 8.5 h and 13 h: early it is full at 11 h, late it begins at 10.5 h.
        let day = DayEnvelope([
            PlugInSession(day: 0, weekday: 0, arrival: 8.5, departure: 13, energy: 10, maximumPower: 4)
        ])
        #expect(day.power[8] == 2 && day.power[9] == 4 && day.power[12] == 4 && day.power[13] == 0)
        #expect(
            day.mostEnergy[8] == 2 && day.mostEnergy[9] == 6 && day.mostEnergy[10] == 10 && day.mostEnergy[23] == 10)
        #expect(
            day.leastEnergy[9] == 0 && day.leastEnergy[10] == 2 && day.leastEnergy[11] == 6 && day.leastEnergy[12] == 10
        )
    }

    /// 40 kWh at up to 11 kW from 18 h to 7 h of the next day: in the evening nothing must be drawn, and all can be by
    /// 21.64 h. In the morning 7 h are left, in which all 40 kWh can still be drawn; at the latest from 3.36 h on.
    @Test func whatCrossesMidnightBelongsToBothDays() throws {
        let night = PlugInSession(day: 3, weekday: 3, arrival: 18, departure: 31, energy: 40, maximumPower: 11)
        let (evening, morning) = (DayEnvelope([night]), DayEnvelope([night.counted(from: 4)]))
        #expect(evening.power == Array(repeating: 0, count: 18) + Array(repeating: 11, count: 6))
        #expect(evening.leastEnergy.allSatisfy { $0 == 0 })
        #expect(Array(evening.mostEnergy[17...]) == [0, 11, 22, 33, 40, 40, 40])
        #expect(morning.power == Array(repeating: 11, count: 7) + Array(repeating: 0, count: 17))
        #expect(Array(morning.leastEnergy[..<8]) == [0, 0, 0, 7, 18, 29, 40, 40])
        #expect(Array(morning.mostEnergy[..<5]) == [11, 22, 33, 40, 40])
        #expect(night.counted(from: 4).weekday == 4)
    }

    /// What one day must have drawn and the next can still draw is the energy of the session, wherever midnight cuts
    /// it.
    @Test func energyIsKeptOverMidnight() {
        for departure in stride(from: 24.5, through: 90, by: 5.5) {
            let session = PlugInSession(
                day: 0, weekday: 0, arrival: 21.5, departure: departure, energy: 25, maximumPower: 3)
            let energy = min(25, 3 * (departure - 21.5))
            var drawn = 0.0
            for day in 0...Int(departure / 24) {
                let envelope = DayEnvelope([session.counted(from: day)])
                #expect(abs(drawn + (envelope.mostEnergy[23] - energy)) < 1e-9 || envelope.mostEnergy[23] <= energy)
                let left = 3 * max(0, departure - 24 * Double(day + 1))
                drawn = max(0, energy - left)
                #expect(
                    abs(
                        envelope.leastEnergy[23]
                            - max(0, min(energy, 3 * (departure - max(21.5, 24 * Double(day)))) - left))
                        < 1e-9)
            }
            #expect(abs(drawn - energy) < 1e-9)
        }
    }

    /// A vehicle every night: the day after the history has one in the morning and one in the evening, as each day
    /// before it had.
    @Test func nightsAreInTheForecastAndInTheTruth() throws {
        let nights = (0..<27).map {
            PlugInSession(day: $0, weekday: $0 % 7, arrival: 18, departure: 31, energy: 40, maximumPower: 11)
        }
        let forecast = try FleetForecast(nights)
        let known = try forecast.nextDay(.sameAsYesterday)
        #expect(known.power == (0..<24).map { $0 < 7 || $0 >= 18 ? 11 : 0 })
        #expect(known.leastEnergy[6] == 40 && known.leastEnergy[23] == 40 && known.mostEnergy[23] == 80)
        let learnt = try forecast.nextDay()
        #expect(zip(learnt.power, known.power).allSatisfy { abs($0 - $1) < 0.1 })
        #expect(abs(learnt.leastEnergy[6] - 40) < 0.1)
        for error in try forecast.errors(heldOutDays: 7) { #expect(error.power < 0.1 && error.leastEnergy < 0.1) }
    }

    /// A gap of a million days is no work of a million days.
    @Test(.timeLimit(.minutes(30))) func theHistoryIsBounded() throws {
        let ends = [0, 1_000_000].map {
            PlugInSession(day: $0, weekday: 0, arrival: 8, departure: 12, energy: 9, maximumPower: 3)
        }
        let last = try FleetForecast(ends, settings: .init(trees: 1)).nextDay(.sameAsYesterday)
        #expect(last.mostEnergy[23] == 9)
    }

    /// No more is asked for than the power allows by then.
    @Test func consistentEnvelopesCanBeOperated() {
        let day = DayEnvelope(
            power: [2, -1] + Array(repeating: 1, count: 22), leastEnergy: [3, 1] + Array(repeating: 2.5, count: 22),
            mostEnergy: [4, 3] + Array(repeating: 9, count: 22)
        ).consistent
        #expect(Array(day.leastEnergy[..<4]) == [2, 2, 2.5, 2.5])
        #expect(Array(day.power[..<3]) == [2, 0, 1] && Array(day.mostEnergy[..<3]) == [4, 4, 9])
    }

    /// A park whose week repeats: busy working days, empty weekends.
    static func weekly(days: Int) -> [PlugInSession] {
        (0..<days).flatMap { day -> [PlugInSession] in
            let weekday = day % 7
            return (0..<(weekday < 5 ? 12 - weekday : 2)).map { n in
                PlugInSession(
                    day: day, weekday: weekday, arrival: 7 + Double(n) * 0.3, departure: 15 + Double(n) * 0.2,
                    energy: 8 + Double(n),
                    maximumPower: 6.6)
            }
        }
    }

    @Test func learnsAWeekThatYesterdayCannotTell() throws {
        let forecast = try FleetForecast(Self.weekly(days: 70), settings: .init(trees: 60))
        let errors = try forecast.errors(heldOutDays: 7)
        let byMethod = Dictionary(uniqueKeysWithValues: errors.map { ($0.method, $0) })
        let trees = try #require(byMethod[.boostedTrees])
        #expect(trees.power < 0.5 * (byMethod[.sameAsYesterday]?.power ?? 0))
        #expect(trees.power < 0.5 * (byMethod[.meanByHour]?.power ?? 0))
        #expect(trees.mostEnergy < (byMethod[.sameAsYesterday]?.mostEnergy ?? 0))
    }

    @Test func forecastsAreConsistent() throws {
        let day = try FleetForecast(Self.weekly(days: 40), settings: .init(trees: 30)).nextDay()
        #expect(day.power.allSatisfy { $0 >= 0 })
        #expect(zip(day.leastEnergy, day.mostEnergy).allSatisfy { $0 <= $1 })
        for series in [day.leastEnergy, day.mostEnergy] {
            #expect(zip(series, series.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test func shortHistoriesAreRefused() throws {
        #expect(throws: FleetForecastError.self) { try FleetForecast(Self.weekly(days: 10)) }
        #expect(throws: FleetForecastError.self) { try FleetForecast(Self.weekly(days: 20)).errors(heldOutDays: 15) }
    }

    /// Measured sessions of a campus (ACN-Data, Lee, Li and Low 2019), where the file is there.
    static let campus = SharedFiles.data(named: "ev_acn_caltech_2019_03_sessions.csv")

    @Test(.enabled(if: campus != nil, "the campus sessions are not on this machine"))
    func beatsYesterdayOnMeasuredSessions() throws {
        let text = try String(contentsOf: try #require(Self.campus), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first)
        func column(_ name: String) throws -> Int { try #require(header.firstIndex { $0.hasPrefix(name) }) }
        let (arrival, departure, energy) = (try column("arrival"), try column("departure"), try column("energy"))
        // Local time stands before the offset: 2019-03-01T08:15:00-08:00.
        func hours(_ text: String) -> (day: Int, hour: Double) {
            let day = Int(text.dropFirst(8).prefix(2)) ?? 0
            let month = Int(text.dropFirst(5).prefix(2)) ?? 3
            let hour = Double(text.dropFirst(11).prefix(2)) ?? 0
            let minute = Double(text.dropFirst(14).prefix(2)) ?? 0
            return ((month - 3) * 31 + day, hour + minute / 60)
        }
        let sessions = lines.dropFirst().map { row in
            let (day, start) = hours(row[arrival])
            let (lastDay, end) = hours(row[departure])
            return PlugInSession(
                day: day, weekday: (day + 3) % 7, arrival: start, departure: end + 24 * Double(lastDay - day),
                energy: Double(row[energy]) ?? 0, maximumPower: 6.6)
        }
        let errors = try FleetForecast(sessions).errors(heldOutDays: 7)
        for error in errors {
            print(
                "\(error.method.rawValue): power \(error.power) kW, energy \(error.leastEnergy) ... \(error.mostEnergy) kWh"
            )
        }
        #expect(errors[0].power < errors[1].power)
    }
}
