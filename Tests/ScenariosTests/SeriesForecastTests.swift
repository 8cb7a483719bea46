import Foundation
import Testing

@testable import Scenarios

@Suite struct SeriesForecastTests {
    @Test func marginsAreTheTruncatedNormal() throws {
        // At a relative deviation of 1 the truncation shows: with phi and Phi at -1 the mean is 1 + phi / (1 - Phi) =
        // 1.28760 of the forecast, and the median the quantile at (1 + Phi) / 2, 1 + 0.20028.
        let set = try SeriesForecast([50, 0, 2], relativeDeviation: 1).scenarios(count: 4000, seed: 3)
        #expect(set.vectors.allSatisfy { $0.allSatisfy { $0 >= 0 } && $0[1] == 0 })
        #expect(abs(set.mean[0] - 50 * 1.28760) < 0.02 && abs(set.mean[2] - 2 * 1.28760) < 0.001)
        let median = set.vectors.map { $0[0] }.sorted()[2000]
        #expect(abs(median - 50 * 1.20028) < 0.1)
        // Far from 0 it is the normal distribution itself.
        let narrow = try SeriesForecast([80], relativeDeviation: 0.1).scenarios(count: 4000, seed: 3)
        #expect(abs(narrow.mean[0] - 80) < 0.005 && abs(narrow.deviation[0] - 8) < 0.02)
        #expect(
            try SeriesForecast([80, 1], relativeDeviation: 0).scenarios(count: 2, seed: 3).vectors == [
                [80, 1], [80, 1],
            ])
    }

    /// Between 0 and twice the forecast, at a relative deviation of 1, the mean is the forecast by symmetry; the median
    /// too. Up to the forecast itself it is the left half of the same.
    @Test func whatIsAboveTheMostIsSpreadToo() throws {
        let set = try SeriesForecast([50, 2], relativeDeviation: 1, most: 100).scenarios(count: 4000, seed: 3)
        #expect(set.vectors.allSatisfy { $0.allSatisfy { (0...100).contains($0) } })
        #expect(abs(set.mean[0] - 50) < 0.05)
        let half = try SeriesForecast([50], relativeDeviation: 1, most: 50).scenarios(count: 4000, seed: 3)
        // phi(0) - phi(1) over Phi(0) - Phi(-1) below the forecast: 0.45986 of it.
        #expect(half.vectors.allSatisfy { $0[0] <= 50 } && abs(half.mean[0] - 50 * (1 - 0.45986)) < 0.02)
        #expect(throws: ScenarioError.badForecast("a forecast has the value 50.0, but at most 40.0 can be.")) {
            try SeriesForecast([50], relativeDeviation: 1, most: 40).scenarios(count: 3, seed: 1)
        }
    }

    @Test(arguments: [0.0, 0.7, -0.5]) func everyBandHoldsOneScenario(correlation: Double) throws {
        let set = try SeriesForecast([10, 20, 30], relativeDeviation: 0.1, correlation: correlation)
            .scenarios(count: 50, seed: 8)
        for (j, value) in [10.0, 20, 30].enumerated() {
            let bands = set.vectors.map { Int(50 * StandardNormal.distribution(($0[j] - value) / (0.1 * value))) }
            #expect(Set(bands) == Set(0..<50))
        }
    }

    @Test func errorsOfNeighbouringStepsAreCorrelated() throws {
        let set = try SeriesForecast(Array(repeating: 10, count: 6), relativeDeviation: 0.1, correlation: 0.8)
            .scenarios(count: 4000, seed: 5)
        let (mean, deviation) = (set.mean, set.deviation)
        for step in 0..<6 {
            let covariance = set.expectation { ($0[0] - mean[0]) * ($0[step] - mean[step]) }
            #expect(abs(covariance / deviation[0] / deviation[step] - pow(0.8, Double(step))) < 0.04)
        }
    }

    @Test func seriesStandOneAfterTheOtherAndSeedsRepeat() throws {
        let series = [
            SeriesForecast([1, 2], relativeDeviation: 0.01),
            SeriesForecast([100], relativeDeviation: 0.01, correlation: 0.5),
        ]
        let set = try SeriesForecast.scenarios(of: series, count: 20, seed: 1)
        #expect(set.dimension == 3 && set.vectors.allSatisfy { abs($0[1] - 2) < 0.2 && abs($0[2] - 100) < 10 })
        #expect(try SeriesForecast.scenarios(of: series, count: 20, seed: 1) == set)
        #expect(try SeriesForecast.scenarios(of: series, count: 20, seed: 2) != set)
    }

    @Test func badForecastsAreRefused() {
        #expect(throws: ScenarioError.badForecast("relativeDeviation is -0.1, but must be at least 0.")) {
            try SeriesForecast([1], relativeDeviation: -0.1).scenarios(count: 3, seed: 1)
        }
        #expect(throws: ScenarioError.badForecast("correlation is 1.0, but must be above -1 and below 1.")) {
            try SeriesForecast([1], relativeDeviation: 0.1, correlation: 1).scenarios(count: 3, seed: 1)
        }
        #expect(throws: ScenarioError.badForecast("a forecast has the value -1.0, but must be at least 0 everywhere."))
        {
            try SeriesForecast([-1], relativeDeviation: 0.1).scenarios(count: 3, seed: 1)
        }
        #expect(throws: ScenarioError.noScenarios) {
            try SeriesForecast([], relativeDeviation: 0.1).scenarios(count: 3, seed: 1)
        }
        #expect(throws: ScenarioError.noScenarios) {
            try SeriesForecast([1], relativeDeviation: 0.1).scenarios(count: 0, seed: 1)
        }
    }
}
