import Foundation
import Testing

@testable import Scenarios

@Suite struct SamplingTests {
    @Test(arguments: [
        (0.5, 0.0), (0.975, 1.959963984540054), (0.001, -3.090232306167813), (0.9999999, 5.199337582187471),
    ])
    func quantilesAsTabulated(probability: Double, quantile: Double) {
        #expect(abs(StandardNormal.quantile(probability) - quantile) < 1e-9)
        #expect(abs(StandardNormal.distribution(quantile) - probability) < 1e-12)
    }

    @Test func everyStratumHoldsOnePoint() {
        var generator = SplitMix(state: 4)
        let points = LatinHypercube.points(count: 37, dimension: 3, using: &generator)
        for j in 0..<3 { #expect(Set(points.map { Int($0[j] * 37) }) == Set(0..<37)) }
    }

    @Test(arguments: VehicleSampling.Method.allCases) func staysFollowTheirDistributions(method: VehicleSampling.Method)
    {
        let sampling = VehicleSampling(arrivalMean: 17.6, arrivalDeviation: 3.4, shortestStay: 0, method: method)
        let (stays, rejected) = sampling.stays(count: 20_000, seed: 11)
        #expect(rejected == 0)
        #expect(
            stays.allSatisfy {
                $0.arrival >= 0 && $0.arrival < 24 && $0.departure > $0.arrival && $0.departure - $0.arrival <= 24
            })
        #expect(stays.allSatisfy { $0.stateOfCharge >= 0.1 && $0.stateOfCharge <= 0.9 })
        // Unwrapped at the opposite of the mean the arrivals are normal again (eq. 4).
        let arrivals = stays.map { $0.arrival < 5.6 ? $0.arrival + 24 : $0.arrival }
        let mean = arrivals.reduce(0, +) / 20_000
        let variance = arrivals.reduce(0) { $0 + pow($1 - mean, 2) } / 20_000
        #expect(abs(mean - 17.6) < 0.1 && abs(variance.squareRoot() - 3.4) < 0.1)
        // Logarithms of the departures' clock hours are normal around ln 8 (eq. 5).
        let logs = stays.map { log($0.departure >= 24 ? $0.departure - 24 : $0.departure) }
        let logMean = logs.reduce(0, +) / 20_000
        #expect(abs(logMean - log(8)) < 0.01)
        let logVariance = logs.reduce(0) { $0 + pow($1 - logMean, 2) } / 20_000
        #expect(abs(logVariance.squareRoot() - 0.15) < 0.01)
    }

    @Test func shortStaysAreDrawnAgainAndCounted() {
        let sampling = VehicleSampling(arrivalMean: 7.5, arrivalDeviation: 0.5, shortestStay: 2)
        let (stays, rejected) = sampling.stays(count: 500, seed: 1)
        #expect(stays.count == 500 && rejected > 0)
        #expect(stays.allSatisfy { $0.departure - $0.arrival >= 2 })
    }

    @Test func theSameSeedGivesTheSameStays() {
        let sampling = VehicleSampling()
        #expect(sampling.stays(count: 30, seed: 3).stays == sampling.stays(count: 30, seed: 3).stays)
        #expect(sampling.stays(count: 30, seed: 3).stays != sampling.stays(count: 30, seed: 4).stays)
    }
}
