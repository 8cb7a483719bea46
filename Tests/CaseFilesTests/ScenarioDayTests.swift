import EnergyGames
import Foundation
import Games
import Scenarios
import Testing

@testable import CaseFiles

/// Typical days drawn from forecasts that may be wrong.
@Suite struct ScenarioDayTests {
    static let yaml = #"""
        case: {schema: 1, name: hut}
        time: {steps: 4, step: 6 h}
        tables: {weather: {file: bright.csv, index: hour}}
        economics: {discount_rate: 0.08}
        carriers: {electricity: {}}
        grid: {buy: {price: weather.price, max: 200 kW}}
        operator:
          demand: {electricity: [30, 50, 40, 80]}
          devices:
            battery: {type: storage, capacity: {min: 0, max: 400}, duration: 5 h, wear_cost: 0.02, investment: 700, lifetime: 12}
            pv: {type: pv, capacity: {min: 0, max: 150}, profile: weather.sun, investment: 2000, lifetime: 25}
            wind: {type: wind, capacity: 40, profile: weather.wind}
            mill: {type: wind, capacity: 20, profile: weather.wind}
        days:
          bright: {weight: 200}
          dull: {weight: 165, tables.weather.file: dull.csv}
        scenarios:
          count: 12
          keep: 3
          seed: 7
          errors:
            weather:
              sun: {deviation: 60 %, correlation: 0.5, max: 90 %}
              wind: {deviation: 50 %}
        """#
    static let sun = ["bright": [0, 0.5, 0.8, 0], "dull": [0, 0.1, 0.1, 0]]
    static let wind = ["bright": [0.2, 0.1, 0.3, 0.4], "dull": [0.5, 0.6, 0.6, 0.3]]

    private static func table(sun: [Double], wind: [Double]) -> String {
        "hour,price [CNY/kWh],sun [1],wind [%]\n"
            + zip([0.3, 0.9, 0.5, 1.4], zip(sun, wind)).enumerated()
            .map { "\(6 * $0),\($1.0),\($1.1.0),\(100 * $1.1.1)\n" }.joined()
    }

    static var files: [String: String] {
        var files = ["case.yaml": yaml]
        for day in ["bright", "dull"] { files["\(day).csv"] = table(sun: sun[day] ?? [], wind: wind[day] ?? []) }
        return files
    }

    private static func read(_ changes: [(String, String)] = [], keepsEvery: Bool = false) throws -> Case {
        var files = files
        for (old, new) in changes { files["case.yaml"] = files["case.yaml"]?.replacing(old, with: new) }
        return try Workshop.withFolder(files.mapValues { Data($0.utf8) }) {
            try CaseReader.read($0, scenarios: keepsEvery ? .every : .kept)
        }
    }

    /// A factor changes what a column is used for, not how wrong its forecast is, nor what the column may be.
    @Test func aFactorLeavesTheScenariosAsTheyAre() throws {
        let plain = try Self.read().scenarios
        for (device, capacity) in [("wind", 40), ("mill", 20)] {
            let halved = try Self.read([
                (
                    "\(device): {type: wind, capacity: \(capacity), profile: weather.wind}",
                    "\(device): {type: wind, capacity: \(capacity), profile: 0.5 * weather.wind}"
                )
            ])
            #expect(halved.scenarios.map(\.kept) == plain.map(\.kept) && plain.count == 2)
            for (one, other) in zip(halved.scenarios, plain) {
                #expect(zip(one.probabilities, other.probabilities).allSatisfy { abs($0 - $1) < 1e-12 })
                #expect(abs(one.distance - other.distance) < 1e-9)
            }
        }
    }

    /// The case whose days are written out: a table a scenario, its weight in numbers.
    private static func writtenOut(keep: Int) throws -> Case {
        var files = files
        var days = "days:\n"
        for (position, (day, weight)) in [("bright", 200.0), ("dull", 165.0)].enumerated() {
            let set = try SeriesForecast.scenarios(
                of: [
                    SeriesForecast(sun[day] ?? [], relativeDeviation: 0.6, correlation: 0.5, most: 0.9),
                    SeriesForecast(wind[day] ?? [], relativeDeviation: 0.5, most: 1.5),
                ], count: 12, seed: 7 + UInt64(position))
            let reduction = try ScenarioReduction(set, to: keep, metric: .standardised(set, block: 4))
            for (k, vector) in reduction.reduced.vectors.enumerated() {
                files["\(day)\(k).csv"] = table(sun: Array(vector[..<4]), wind: Array(vector[4...]))
                days += "  \(day)\(k): {weight: \(weight * reduction.reduced.probabilities[k]), "
                days += "tables.weather.file: \(day)\(k).csv}\n"
            }
        }
        let head = yaml.prefix(upTo: try #require(yaml.range(of: "days:")).lowerBound)
        files["case.yaml"] = head + days
        return try Workshop.read(files)
    }

    private static func cost(_ source: Case, _ sizes: [Double]) throws -> Double {
        -(try #require(try Evaluator(SizingGame(source).game).evaluate(sizes).payoff))
    }

    /// Each scenario that is kept is a day, with its share of the weight; a column has the same error wherever it
    /// stands.
    @Test func scenariosAreDaysAsIfWrittenOut() throws {
        let source = try Self.read()
        let written = try Self.writtenOut(keep: 3)
        #expect(source.warnings.isEmpty && source.days.count == 6 && written.days.count == 6)
        for (a, b) in zip(source.days, written.days) { #expect(abs(a.weight - b.weight) < 1e-12) }
        for (summary, weight) in zip(source.scenarios, [200.0, 165]) {
            #expect(
                summary.drawn == 12 && summary.kept.count == 3 && abs(summary.probabilities.reduce(0, +) - 1) < 1e-12)
            let own = source.days.filter { $0.name.hasPrefix(summary.day) }
            #expect(own.map(\.name) == summary.kept.map { "\(summary.day)_\($0 + 1)" })
            #expect(abs(own.reduce(0) { $0 + $1.weight } - weight) < 1e-9)
            #expect(summary.relativeDistance > 0 && summary.relativeDistance < 1)
        }
        for sizes in [[0.0, 0], [120, 60], [400, 150]] {
            let (a, b) = (try Self.cost(source, sizes), try Self.cost(written, sizes))
            #expect(abs(a - b) < 1e-9 * b)
        }
        let (a, b) = (try SizingGame(source).solveExactly(), try SizingGame(written).solveExactly())
        #expect(try abs(#require(a.best?.cost) - #require(b.best?.cost)) < 1e-9 * #require(b.best?.cost))
    }

    /// The expected cost over all scenarios, against a case in which every one of them is written out; and it is what
    /// the kept ones tell where all are kept.
    @Test func theFullSetsExpectation() throws {
        let every = try Self.read(keepsEvery: true)
        #expect(every.days.count == 24 && every.scenarios.allSatisfy { $0.distance == 0 && $0.kept.count == 12 })
        let sizes = [120.0, 60]
        let kept = try Self.cost(try Self.read(), sizes)
        let check = try ScenarioCheck(every, sizes: sizes, kept: kept)
        let all = try #require(check.all)
        #expect(try abs(all - Self.cost(try Self.writtenOut(keep: 12), sizes)) < 1e-9 * all)
        #expect(check.failures.isEmpty && check.error == (kept - all) / all && abs(check.error ?? 1) > 1e-6)
        let full = try Self.cost(try Self.read([("keep: 3", "keep: 12")]), sizes)
        #expect(abs(full - all) < 1e-9 * all)
    }

    /// A day that cannot be served in some scenario is named.
    @Test func scenariosThatCannotBeServedAreNamed() throws {
        let every = try Self.read([("max: 200 kW", "max: 75 kW")], keepsEvery: true)
        let check = try ScenarioCheck(every, sizes: [0, 0], kept: 0)
        #expect(check.all == nil && !check.failures.isEmpty && check.failures.allSatisfy { $0.contains("_") })
    }

    @Test func theSeedDecides() throws {
        func weights(_ changes: [(String, String)] = []) throws -> [Double] {
            try Self.read(changes).days.map(\.weight)
        }
        #expect(try weights() == weights())
        #expect(try weights([("seed: 7", "seed: 8")]) != weights())
        // Days draw for themselves.
        let scenarios = try Self.read([(", tables.weather.file: dull.csv", "")]).scenarios
        #expect(scenarios[0].kept != scenarios[1].kept || scenarios[0].probabilities != scenarios[1].probabilities)
    }

    /// More that are kept are nearer to all, by either method; with an error of 0 one is enough.
    @Test func distancesFallAsMoreAreKept() throws {
        for method in ["forward", "backward"] {
            let distances = try [1, 3, 6, 12].map { keep in
                try Self.read([("keep: 3", "keep: \(keep), method: \(method)".replacing(", ", with: "\n  "))])
                    .scenarios[0].distance
            }
            for (more, less) in zip(distances, distances.dropFirst()) { #expect(less < more) }
            #expect(distances[3] == 0)
        }
        let sure = try Self.read([("deviation: 60 %", "deviation: 0"), ("deviation: 50 %", "deviation: 0")])
        #expect(sure.scenarios.allSatisfy { $0.distance == 0 })
    }

    /// As a day may change the case, so its scenarios; one without is as it stands.
    @Test func aDayChangesItsScenarios() throws {
        let source = try Self.read([
            ("bright: {weight: 200}", "bright: {weight: 200, scenarios: null}"),
            ("dull: {", "dull: {scenarios.keep: 2, scenarios.errors.weather.wind.deviation: 10 %, "),
        ])
        #expect(source.days.count == 3 && source.days[0].name == "bright" && source.days[0].weight == 200)
        #expect(source.scenarios.map(\.day) == ["dull"])
    }

    @Test func listedWithTheDistance() throws {
        let source = try Self.read()
        let lines = source.listing.filter { $0.path.hasPrefix("days.bright.scenarios") }
        #expect(lines.count == 2 && lines[0].value.hasPrefix("3 of 12 kept, with probabilities 0."))
        let distance = String(format: "%.3f", source.scenarios[0].distance)
        #expect(lines[1].value.hasPrefix(distance.replacing(/0+$/, with: "")))
        #expect(source.listing.contains { $0.path == "scenarios.method" && $0.value == "forward" && $0.isDefault })
    }

    private static let edits: [(old: String, new: String, expected: String)] = [
        ("count: 12", "count: 0", "case.yaml:18:10  scenarios.count: 0 is outside 1 … 2000."),
        (
            "  keep: 3\n", "",
            "case.yaml:17:1  scenarios: 'keep' is missing. Add it: how many of them are kept, to represent the others too."
        ),
        (
            "keep: 3", "keep: 13",
            "case.yaml:19:9  scenarios.keep: 13 cannot be kept of the 12 that are drawn. Lower it, or raise count."
        ),
        (
            "seed: 7", "method: fast",
            "case.yaml:20:11  scenarios.method: 'fast' is not known. Write one of: forward, backward."
        ),
        ("seed: 7", "sead: 7", "case.yaml:20:3  scenarios.sead: unknown key. Did you mean 'seed'?"),
        (
            "deviation: 50 %", "deviation: -1",
            "case.yaml:24:25  scenarios.errors.weather.wind.deviation: -1 is outside 0 … 10."
        ),
        (
            "correlation: 0.5", "correlation: 1",
            "case.yaml:23:43  scenarios.errors.weather.sun.correlation: 1 is outside -0.999 … 0.999."
        ),
        (
            "{deviation: 50 %}", "{}",
            "case.yaml:24:7  scenarios.errors.weather.wind: 'deviation' is missing. Add it: standard deviation of the error at each "
                + "step, as a share of the value there."
        ),
        (
            "{deviation: 50 %}", "0.5",
            "case.yaml:24:13  scenarios.errors.weather.wind: must be a map of keys, but is '0.5'."
        ),
        (
            "      wind: {deviation", "      gust: {deviation",
            "case.yaml:24:7  days.bright: scenarios.errors.weather.gust: nothing in the case refers to the column 'weather.gust'. Did you "
                + "mean 'weather.sun'?"
        ),
        (
            "max: 90 %", "max: 70 %",
            "case.yaml:23:53  days.bright: scenarios.errors.weather.sun.max: is 0.7, but the table has up to 0.8. Raise it."
        ),
        (
            "max: 90 %", "max: 2 kW",
            "case.yaml:23:53  days.bright: scenarios.errors.weather.sun.max: '2 kW' is a power, but a plain number is needed."
        ),
        (
            "    weather:\n      sun: {deviation: 60 %, correlation: 0.5, max: 90 %}\n      wind: {deviation: 50 %}",
            "    {}",
            "case.yaml:21:3  scenarios.errors: is empty. Name a column that may be wrong, as {profiles: {wind: {deviation: 30 %}}}."
        ),
        (
            "dull: {weight",
            "bright_1: {weight: 1}\n  bright_2: {weight: 1}\n  bright_3: {weight: 1}\n  bright_4: {weight: 1}\n  bright_5: "
                + "{weight: 1}\n  bright_6: {weight: 1}\n  bright_7: {weight: 1}\n  bright_8: {weight: 1}\n  bright_9: {weight: 1}\n  "
                + "bright_10: {weight: 1}\n  dull: {weight",
            "is also the name of a scenario's day. Choose another, without a number at its end."
        ),
    ]

    @Test(arguments: edits.indices) func saysWhatIsWrong(index: Int) throws {
        let (old, new, expected) = Self.edits[index]
        var files = Self.files
        #expect(files["case.yaml"]?.contains(old) == true)
        files["case.yaml"] = files["case.yaml"]?.replacing(old, with: new)
        let found = try Workshop.complaints(files)
        #expect(found.contains { $0.hasSuffix(expected) }, "\(found)")
        // Told once, not once a day.
        #expect(index == Self.edits.count - 1 || found.count <= 2, "\(found)")
    }

    @Test func scenariosNeedDays() throws {
        var files = Self.files
        files["case.yaml"] = files["case.yaml"]?.replacing(/days:\n.*\n.*\n/, with: "")
        let found = try Workshop.complaints(files)
        #expect(
            found == [
                "case.yaml:14:1  scenarios: are those of typical days, of which the case has none. Add days, as {days: {all: "
                    + "{weight: 365}}}."
            ], "\(found)")
    }

    @Test func pricesBelowNothingHaveNoError() throws {
        var files = Self.files
        files["case.yaml"] = files["case.yaml"]?.replacing("      wind: {", with: "      price: {")
        files["bright.csv"] = files["bright.csv"]?.replacing("0,0.3,", with: "0,-0.3,")
        let found = try Workshop.complaints(files)
        #expect(
            found == [
                "case.yaml:24:7  days.bright: scenarios.errors.weather.price: weather.price is -0.3 CNY/kWh at some step, but an error "
                    + "relative to the value has no meaning below 0. Take the column out."
            ], "\(found)")
    }
}
