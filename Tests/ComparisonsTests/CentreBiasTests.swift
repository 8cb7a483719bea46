import Metaheuristics
import Testing

@testable import Comparisons

/// Every algorithm is put through the test, also those known to fail it.
@Suite struct CentreBiasTests {
    static let favourCentre: Set = ["wdo", "goa"]

    @Test(arguments: MetaheuristicRegistry.all.map { $0.name })
    func onlyTheKnownOnesFavourTheCentre(name: String) throws {
        let entry = try #require(MetaheuristicRegistry.named(name))
        let bias = try CentreBias(
            of: entry, seeds: 3, noiseRuns: 30,
            .init(
                functions: [.sphere, .rastrigin], placements: [.shifted], evaluations: 4_000, noiseEvaluations: 2_000))
        #expect(bias.favoursCentre == Self.favourCentre.contains(name))
        #expect(bias.deviation > 0.1 && bias.deviation < 0.4)
        // Gravity shows even on noise.
        if name == "wdo" { #expect(bias.deviation < 0.2) }
        if name == "random" { #expect(bias.rejected == 0) }
    }
}
