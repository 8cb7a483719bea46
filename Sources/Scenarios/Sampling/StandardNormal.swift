import Foundation

/// The standard normal distribution.
public enum StandardNormal {
    /// The probability of a value of at most `x`, by the C library's complementary error function.
    public static func distribution(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// The inverse of the distribution: algorithm AS 241, routine PPND16 (Wichura 1988, Applied Statistics 37,
    /// 477-484), whose relative error is about 1e-16. It is a rational function of degree 7 in each of three regions.
    ///
    /// - Parameter probability: between 0 and 1. Values at or beyond the ends are moved to the nearest number inside,
    ///   which gives -37.5 and 8.2: finite, so that a sampler never meets an infinity.
    public static func quantile(_ probability: Double) -> Double {
        let p = min(max(probability, .leastNormalMagnitude), 1.0.nextDown)
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * polynomial(centralAbove, r) / polynomial(centralBelow, r)
        }
        let r = (-log(q < 0 ? p : 1 - p)).squareRoot()
        let size =
            r <= 5
            ? polynomial(middleAbove, r - 1.6) / polynomial(middleBelow, r - 1.6)
            : polynomial(tailAbove, r - 5) / polynomial(tailBelow, r - 5)
        return q < 0 ? -size : size
    }

    /// The inverse of the distribution of a normal number that is known to lie in a range: the probability outside is
    /// spread over the range, not added at its ends.
    ///
    /// - Parameters:
    ///   - probability: between 0 and 1.
    ///   - deviation: at least 0; at 0 the mean, moved to the nearest number of the range.
    static func quantile(
        _ probability: Double, mean: Double, deviation: Double, within range: ClosedRange<Double>
    ) -> Double {
        let (low, high) = (range.lowerBound, range.upperBound)
        guard deviation > 0 else { return min(max(mean, low), high) }
        let below = distribution((low - mean) / deviation)
        let inside = distribution((high - mean) / deviation) - below
        return min(max(mean + deviation * quantile(below + inside * probability), low), high)
    }

    /// - Parameter coefficients: from the constant upwards.
    private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }

    // Numerators and denominators of the three regions.
    private static let centralAbove = [
        3.387_132_872_796_366_608_0, 1.331_416_678_917_843_774_5e2, 1.971_590_950_306_551_442_7e3,
        1.373_169_376_550_946_112_5e4, 4.592_195_393_154_987_145_7e4, 6.726_577_092_700_870_085_3e4,
        3.343_057_558_358_812_810_5e4, 2.509_080_928_730_122_672_7e3,
    ]
    private static let centralBelow = [
        1, 4.231_333_070_160_091_125_2e1, 6.871_870_074_920_579_083e2, 5.394_196_021_424_751_107_7e3,
        2.121_379_430_158_659_586_7e4, 3.930_789_580_009_271_061e4, 2.872_908_573_572_194_267_4e4,
        5.226_495_278_852_854_561e3,
    ]
    private static let middleAbove = [
        1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_9, 5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58, 2.417_807_251_774_506_117_7e-1,
        2.272_384_498_926_918_458_33e-2, 7.745_450_142_783_414_076_4e-4,
    ]
    private static let middleBelow = [
        1, 2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_4, 6.897_673_349_851_000_045_5e-1,
        1.481_039_764_274_800_745_9e-1, 1.519_866_656_361_645_719_66e-2, 5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ]
    private static let tailAbove = [
        6.657_904_643_501_103_777_2, 5.463_784_911_164_114_369_9, 1.784_826_539_917_291_335_8,
        2.965_605_718_285_048_912_3e-1, 2.653_218_952_657_612_309_3e-2, 1.242_660_947_388_078_438_6e-3,
        2.711_555_568_743_487_578_15e-5, 2.010_334_399_292_288_132_65e-7,
    ]
    private static let tailBelow = [
        1, 5.998_322_065_558_879_376_9e-1, 1.369_298_809_227_358_053_1e-1, 1.487_536_129_085_061_485_25e-2,
        7.868_691_311_456_132_591e-4, 1.846_318_317_510_054_681_8e-5, 1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ]
}
