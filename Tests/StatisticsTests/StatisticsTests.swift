import Testing

@testable import Statistics

/// By hand.
@Suite struct StatisticsTests {
    @Test func quartiles() throws {
        let quartiles = try #require(Quartiles([3, 1, 4, 1, 5, 9, 2, 6]))
        #expect(quartiles.minimum == 1 && quartiles.maximum == 9)
        #expect(quartiles.lower == 1.75 && quartiles.median == 3.5 && quartiles.upper == 5.25)
        #expect(Quartiles([]) == nil)
        let failed = try #require(Quartiles([1, .infinity, .infinity]))
        #expect(failed.median == .infinity && failed.upper == .infinity)
    }

    @Test func tiedValuesShareTheirRanks() {
        #expect(ranks([10, 20, 10, 5]) == [2.5, 4, 2.5, 1])
        #expect(ranks([]) == [])
        #expect(ranks([7, 7, 7]) == [2, 2, 2])
    }

    /// Holm's own example form: 0.01 * 4, 0.013 * 3, 0.03 * 2, 0.04 * 1, made monotone.
    @Test func holmStepsDown() {
        let corrected = holm([0.03, 0.01, 0.04, 0.013])
        let expected = [0.06, 0.04, 0.06, 0.04]
        for (value, wanted) in zip(corrected, expected) { #expect(abs(value - wanted) < 1e-15) }
        #expect(holm([0.9, 0.8]) == [1, 1])
        #expect(holm([]) == [])
    }

    @Test func effectSizeCountsPairs() {
        // 1 < 2, 1 < 3, 3 against 2 loses, 3 against 3 is a tie.
        #expect(chanceOfSmaller([1, 3], than: [2, 3]) == 0.625)
        #expect(chanceOfSmaller([1, 2], than: [3, 4]) == 1)
        #expect(chanceOfSmaller([], than: [3]) == 0.5)
    }

    /// Hits at 100 and 300 and a failure of 1,000 evaluations: 1,400 evaluations for two hits.
    @Test func expectedRunningTimeCountsFailures() {
        let time = RunningTime(hits: [100, nil, 300], budget: 1_000)
        #expect(time.expected == 700 && time.successes == 2 && abs(time.successRate - 2.0 / 3) < 1e-15)
        #expect(RunningTime(hits: [nil, nil], budget: 10).expected == nil)
    }

    @Test func nothingDiffers() throws {
        #expect(SignedRankTest([1, 2, 3], [1, 2, 3]).pValue == 1)
        #expect(SignedRankTest([], []).pValue == 1)
        let tied = try #require(FriedmanTest([[1, 1, 1], [2, 2, 2]]))
        #expect(tied.chiSquare == 0 && tied.pValue == 1 && tied.meanRanks == [2, 2, 2])
        #expect(FriedmanTest([[1, 2]]) == nil && FriedmanTest([[1], [2]]) == nil)
        #expect(FriedmanTest([[1, 2], [1, 2, 3]]) == nil)
    }

    @Test func blocksThatAllAgree() throws {
        let test = try #require(FriedmanTest([[1, 2, 3], [4, 5, 6], [0, 1, 9]]))
        #expect(test.meanRanks == [1, 2, 3] && abs(test.chiSquare - 6) < 1e-12)
        #expect(test.imanDavenport == .infinity && test.imanDavenportPValue == 0)
    }

    /// Demsar (2006) works with 2.569 for four and 2.343 for three treatments.
    @Test func criticalDifference() throws {
        let four = try #require(FriedmanTest.criticalDifference(treatments: 4, blocks: 14))
        #expect(abs(four - 2.569 * (20.0 / 84).squareRoot()) < 1e-3)
        #expect(FriedmanTest.criticalDifference(treatments: 21, blocks: 5) == nil)
    }

    /// All 2^n sign patterns of a small sample, one by one.
    @Test func signedRankDistributionByEnumeration() {
        let differences = [0.5, -1.5, 2.5, 3.5, -4.5, 6]
        let test = SignedRankTest(differences, differences.map { _ in 0 })
        let rank = ranks(differences.map(abs))
        let atMost = (0..<64).count { pattern in
            let sum = rank.indices.reduce(0) { pattern >> $1 & 1 == 1 ? $0 + rank[$1] : $0 }
            return min(sum, 21 - sum) <= test.statistic
        }
        #expect(abs(test.pValue - Double(atMost) / 64) < 1e-15)
    }
}
