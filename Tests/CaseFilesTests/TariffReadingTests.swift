import Energy
import EnergyGames
import Games
import Testing

@testable import CaseFiles

/// Forms and caps of a price as cases write them, and what is refused about them.
@Suite struct TariffReadingTests {
    private static func yaml(
        _ keys: String, time: String = "steps: 24", prices: String = "", leader: String = ""
    ) -> String {
        """
        case: {schema: 1, name: tariff}
        time: {start: "2024-03-08T00:00", \(time)}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.2, max: 1 MW}}
        operator:
          prices:
            electricity_sell: {min: 0.1, max: 1, \(keys)}\(prices)
        \(leader)
        users:
          homes: {demand: {electricity: 10}, devices: {pv: {type: pv, capacity: 20, profile: 0.9}}}
        """
    }

    private func price(_ keys: String, time: String = "steps: 24", leader: String = "") throws -> PostedPrice {
        let source = try Workshop.read(["case.yaml": Self.yaml(keys, time: time, leader: leader)])
        return try #require(source.prices.first)
    }

    // MARK: Periods

    @Test func namedHoursAndTheRest() throws {
        let price = try price(#"periods: {peak: "17:00-21:00", night: ["22:00-06:00", 12]}"#)
        // Numbers come in the order in which periods do: night, rest, peak.
        let index = (0..<24).map { hour in
            (17...20).contains(hour) ? 2 : hour >= 22 || hour < 6 || hour == 12 ? 0 : 1
        }
        #expect(price.index == index && price.lower.count == 3)
        #expect(price.weights == [9.0 / 11, 1, 4.0 / 11])
    }

    @Test func namesStepByStep() throws {
        #expect(try price("periods: [a, b, b, a]", time: "steps: 4").index == [0, 1, 1, 0])
        #expect(try price("periods: 1").index == Array(repeating: 0, count: 24))
    }

    /// Clocks are put forward in the night to Sunday: hours keep their names.
    @Test func hoursAreThoseOfTheClock() throws {
        let time = #"steps: 47, timezone: Europe/Berlin, step: 1 h"#
        let text = Self.yaml(#"periods: {morning: "06:00-08:00"}"#, time: time)
            .replacing("2024-03-08T00:00", with: "2024-03-30T00:00")
        let price = try #require(try Workshop.read(["case.yaml": text]).prices.first)
        #expect(price.index.indices.filter { price.index[$0] == 1 } == [6, 7, 29, 30])
        let late = Self.yaml(#"periods: {morning: "06:00-08:00"}"#).replacing("08T00:00", with: "08T05:00")
        #expect(try #require(try Workshop.read(["case.yaml": late]).prices.first).index.prefix(4) == [0, 1, 1, 0])
    }

    /// The eighth of March 2024 is a Friday.
    @Test func weekendsOfTheCalendar() throws {
        let price = try price(#"periods: {peak: "18:00-20:00"}, weekend: {}"#, time: "steps: 96")
        let expected = (0..<96).map { t in (24..<72).contains(t) ? 2 : [18, 19].contains(t % 24) ? 1 : 0 }
        #expect(price.index == expected)
        let both = try self.price(#"weekend: {noon: "12:00-13:00"}"#, time: "steps: 72")
        #expect(both.index == (0..<72).map { t in t < 24 ? 0 : t % 24 == 12 ? 2 : 1 })
    }

    @Test func chosenPeriodsHoldEveryDay() throws {
        let day = try price("periods: 3")
        #expect(day.rules.form == .periods(atMost: 3, isAround: true) && day.index == Array(0..<24))
        let days = try price("periods: 3", time: "steps: 72")
        #expect(days.index == (0..<72).map { $0 % 24 } && days.lower.count == 24)
        let blocks = try price("periods: 2, interval: 6 h", time: "steps: 48")
        #expect(blocks.index == (0..<48).map { $0 % 24 / 6 })
        let hours = try price("periods: 2", time: "steps: 12")
        #expect(hours.rules.form == .periods(atMost: 2, isAround: false))
        #expect(try price("levels: 4").rules.form == .levels(atMost: 4))
    }

    /// A price that another one bounds has its periods.
    @Test func aBoundedPriceHasTheSamePeriods() throws {
        let text = Self.yaml(
            #"periods: {peak: "17:00-21:00"}"#, prices: "\n    electricity_buy: {min: 0, max: electricity_sell}")
        let prices = try Workshop.read(["case.yaml": text]).prices
        #expect(prices[0].index == prices[1].index && prices[1].lower.count == 2)
        // Chosen ones that hold every day, too: at each hour the lower price is at most the upper one.
        let days = text.replacing(#"periods: {peak: "17:00-21:00"}"#, with: "periods: 3")
            .replacing("steps: 24", with: "steps: 48")
        let source = try Workshop.read(["case.yaml": days])
        #expect(source.prices.allSatisfy { $0.index == (0..<48).map { $0 % 24 } })
        let space = try EnergyGame(source).game.space
        let point = space.project((0..<48).map { $0 < 24 ? 0.2 : 0.8 })
        #expect((0..<24).allSatisfy { point[24 + $0] <= point[$0] + 1e-9 })
        #expect(space.violation(of: point) <= 1e-9 && space.project(point) == point)
    }

    /// Both under caps: what had one closed form each is then projected together.
    @Test func aBoundedPriceMayHaveACapOfItsOwn() throws {
        let text = Self.yaml(
            "mean_max: 0.5", prices: "\n    electricity_buy: {min: 0, max: electricity_sell, mean_max: 0.2}")
        let space = try EnergyGame(Workshop.read(["case.yaml": text])).game.space
        let point = space.project(Array(repeating: 1, count: 48))
        #expect(abs(point.prefix(24).reduce(0, +) / 24 - 0.5) <= 1e-9)
        #expect(abs(point.suffix(24).reduce(0, +) / 24 - 0.2) <= 1e-9)
    }

    // MARK: Caps

    @Test func caps() throws {
        let price = try price(
            "mean_max: 0.5, mean_weights: 3, revenue_max: 90 CNY, revenue_demand: 10, change_max: 0.2, change_around: true, reference: 0.4",
            leader: "  bill_rise_max: 5 %")
        #expect(price.rules.meanWeights == Array(repeating: 3, count: 24))
        #expect(price.rules.revenue == .init(maximum: 90, demand: Array(repeating: 10, count: 24)))
        #expect(price.rules.change == .init(maximum: 0.2, isAround: true))
        #expect(price.rules.reference == Array(repeating: 0.4, count: 24))
        let source = try Workshop.read([
            "case.yaml": Self.yaml("reference: 0.4", leader: "  bill_rise_max: 5 %")
        ])
        #expect(source.billRise == 0.05)
        // Homes that need 10 kW, of which their own panels give all: there is no bill, and no cap.
        #expect(try EnergyGame(source).game.space.linearCaps.isEmpty)
    }

    /// A form is a number like others: a sweep tells what simple tariffs cost.
    @Test func aSweepMayGoOverLevels() throws {
        try Workshop.withFolder(["case.yaml": .init(Self.yaml("levels: 24").utf8)]) { folder in
            let path = "operator.prices.electricity_sell.levels"
            let source = try CaseReader.read(folder, numbers: [CaseNumber(path: path, value: 2)])
            #expect(source.prices[0].rules.form == .levels(atMost: 2))
        }
    }

    // MARK: Mistakes

    struct Broken: Sendable, CustomTestStringConvertible {
        let keys: String
        var time = "steps: 24"
        var prices = ""
        var leader = ""
        let expected: String
        var testDescription: String { keys + time + prices + leader }
    }

    private static let at = "case.yaml:7:42  operator.prices.electricity_sell."
    static let broken: [Broken] = [
        .init(
            keys: "periods: 0",
            expected:
                "case.yaml:7:51  operator.prices.electricity_sell.periods: \(Attribute.outside(0, 1...100_000))"),
        .init(
            keys: "periods: often",
            expected:
                "case.yaml:7:51  operator.prices.electricity_sell.periods: 'often' says no periods. Write a number, a list of one name per step, or a map as {peak: \"17:00-21:00\", day: [\"07:00-17:00\", 21, 22]}."
        ),
        .init(
            keys: #"periods: {peak: "17-21"}"#,
            expected:
                "case.yaml:7:58  operator.prices.electricity_sell.periods.peak: '17-21' is no block of hours. Write it as \"17:00-21:00\", over midnight as \"22:00-06:00\"."
        ),
        .init(
            keys: #"periods: {peak: "17:30-21:00"}"#,
            expected:
                "case.yaml:7:58  operator.prices.electricity_sell.periods.peak: ends within a step: '17:30-21:00' and the step of 1 h at hour 17 overlap in part. Write hours at which steps begin."
        ),
        .init(
            keys: #"periods: {peak: "17:00-21:00", late: "20:00-23:00"}"#,
            expected:
                "case.yaml:7:79  operator.prices.electricity_sell.periods.late: holds hour 20, which 'peak' holds too. Give each hour to one period."
        ),
        .init(
            keys: #"periods: {peak: [24]}"#,
            expected:
                "case.yaml:7:59  operator.prices.electricity_sell.periods.peak[0]: \(Attribute.outside(24, 0...23))"
        ),
        .init(
            keys: #"periods: {peak: "17:00-21:00"}"#, time: "steps: 12",
            expected:
                "case.yaml:7:58  operator.prices.electricity_sell.periods.peak: holds no step of the horizon. Give it hours, or take it out."
        ),
        .init(
            keys: "periods: [a, b]",
            expected: "case.yaml:7:51  operator.prices.electricity_sell.periods: \(Attribute.wrongLength(2, steps: 24))"
        ),
        .init(
            keys: #"periods: {peak: "17:00-21:00"}, interval: 2 h"#,
            expected: at + "periods: says which steps share a price, and so does 'interval'. Keep one of them."),
        .init(
            keys: "periods: 3, levels: 2",
            expected:
                "case.yaml:7:54  operator.prices.electricity_sell.levels: and 'periods' are both to be chosen. Keep one of them, or give the periods their hours."
        ),
        .init(
            keys: "weekend: {}",
            expected: at
                + "weekend: the horizon has no Saturday or Sunday, so it changes nothing. Take it out, or choose another time.start."
        ),
        .init(
            keys: "periods: 3, weekend: {}", time: "steps: 48",
            expected:
                "case.yaml:7:54  operator.prices.electricity_sell.weekend: needs periods with their hours. Write them as periods: {peak: \"17:00-21:00\"}, or take 'weekend' out."
        ),
        .init(
            keys: "periods: 2, interval: 5 h", time: "steps: 48",
            expected: at
                + "periods: hold every day, but a day of 24 h does not consist of intervals of 5 h. Choose an interval that divides it, or give periods their hours."
        ),
        .init(
            keys: "mean_weights: 2",
            expected: at
                + "mean_weights: weighs the mean that 'mean_max' caps, which is missing. Add it, or take this out."
        ),
        .init(
            keys: "mean_max: 0.5, mean_weights: 0",
            expected:
                "case.yaml:7:57  operator.prices.electricity_sell.mean_weights: is 0 throughout, so that there is no mean. Give one that is above 0 somewhere."
        ),
        .init(
            keys: "revenue_max: 5",
            expected: at + "revenue_max: needs the consumption that pays it. Add revenue_demand, as a series in kW."),
        .init(
            keys: "revenue_demand: 5",
            expected: at + "revenue_demand: has no effect without 'revenue_max'. Add it, or take this out."),
        .init(
            keys: "change_around: true",
            expected: at + "change_around: has no effect without 'change_max'. Add it, or take this out."),
        .init(
            keys: "revenue_max: 20, revenue_demand: 10",
            expected:
                "case.yaml:7:5  operator.prices.electricity_sell: no decision within the bounds meets all of this: prices.electricity_sell.revenue_max. Raise one of the caps, or lower a lower bound."
        ),
        .init(
            keys: "level: 3",
            expected: at + "level: unknown key. Did you mean 'levels'?"),
        .init(
            keys: "reference: 0.3",
            expected:
                "case.yaml:7:5  operator.prices.electricity_sell: has a 'reference', but no bill is compared with it. Add operator.bill_rise_max, as 5 %, or take it out."
        ),
        .init(
            keys: "interval: 1 h", leader: "  bill_rise_max: 5 %",
            expected:
                "case.yaml:7:5  operator.prices.electricity_sell: needs a 'reference', the tariff that bills are compared with, for operator.bill_rise_max. Add one, as tables.today."
        ),
        .init(
            keys: #"periods: {peak: "17:00-21:00"}"#,
            prices: "\n    electricity_buy: {min: 0, max: electricity_sell, periods: 1}",
            expected:
                "case.yaml:8:36  operator.prices.electricity_buy.max: 'electricity_sell', which bounds it, has other periods. Give both the same ones."
        ),
    ]

    /// A year of hours is too long for rules that join them, and short with periods.
    @Test func tooManyPricesForJointRules() throws {
        let expected =
            "case.yaml:7:5  operator.prices.electricity_sell: has 8760 numbers to decide, and rules that join them all are kept for 400 at most. Give it a longer 'interval' or 'periods' with their hours, or take the rules out."
        for rule in ["levels: 3", "change_max: 0.1", "revenue_max: 1e9, revenue_demand: 5"] {
            #expect(try Workshop.complaints(["case.yaml": Self.yaml(rule, time: "steps: 8760")]).first == expected)
        }
        #expect(try price("periods: 3", time: "steps: 8760").lower.count == 24)
        #expect(try price("change_max: 0.1, interval: 24 h", time: "steps: 8760").lower.count == 365)
    }

    @Test(arguments: broken) func saysWhatIsWrong(broken: Broken) throws {
        let text = Self.yaml(broken.keys, time: broken.time, prices: broken.prices, leader: broken.leader)
        #expect(try Workshop.complaints(["case.yaml": text]).first == broken.expected)
    }

    /// Bounds that have no common value need as many prices as there are bands.
    @Test func tooFewPricesForTheBounds() throws {
        let text = Self.yaml("levels: 1", time: "steps: 4").replacing("min: 0.1", with: "min: [0.1, 0.5, 0.9, 0.1]")
            .replacing("max: 1,", with: "max: [0.2, 0.6, 1, 0.2],")
        let expected =
            "1 is too few: min and max leave no common price for so many hours. At least 3 are needed, or wider bounds."
        #expect(try Workshop.complaints(["case.yaml": text]).map { $0.hasSuffix(expected) } == [true])
        let runs = text.replacing("levels: 1", with: "periods: 3")
        #expect(
            try Workshop.complaints(["case.yaml": runs]).map {
                $0.contains("3 are too few") && $0.contains("At least 4 ")
            } == [true])
    }
}
