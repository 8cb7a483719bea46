import Foundation
import Testing

@testable import Figures

@Suite struct AxisTests {
    private func labels(_ axis: Axis, _ values: [Double], atMost count: Int = 8) -> [String] {
        AxisScale(axis, values: values).ticks(atMost: count).map(\.label)
    }

    @Test func linearTicksAreOneTwoFive() {
        #expect(labels(Axis("x", range: 0...1), []) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(labels(Axis("x"), [3, 97]) == ["0", "20", "40", "60", "80", "100"])
        #expect(labels(Axis("x", range: -1.2...1.2), [], atMost: 5) == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
        #expect(labels(Axis("x", range: 0...3e9), [], atMost: 4) == ["0", "1×10⁹", "2×10⁹", "3×10⁹"])
        #expect(labels(Axis("x", range: 0...1.5e-7), [], atMost: 4) == ["0", "0.5×10⁻⁷", "1.0×10⁻⁷", "1.5×10⁻⁷"])
    }

    @Test func ticksStandAtTheirValues() {
        let ticks = AxisScale(Axis("x", range: 0.1...0.9), values: []).ticks(atMost: 10)
        #expect(ticks.map(\.label) == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"])
        for (i, tick) in ticks.enumerated() { #expect(abs(tick.fraction - Double(i) / 8) < 1e-12) }
    }

    @Test func logarithmicTicksArePowersOfTen() {
        #expect(labels(Axis("x", .logarithmic), [0.02, 700]) == ["0.01", "0.1", "1", "10", "100", "1000"])
        #expect(
            labels(Axis("x", .logarithmic), [2e-6, 3]) == [
                "10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹",
            ])
        #expect(
            labels(Axis("x", .logarithmic), [1e-300, 1e300], atMost: 7)
                == [-300, -200, -100, 0, 100, 200, 300].map(TickText.powerOfTen))
        let ticks = AxisScale(Axis("x", .logarithmic, range: 1...1000), values: []).ticks(atMost: 8)
        for (tick, fraction) in zip(ticks, [0, 1.0 / 3, 2.0 / 3, 1]) { #expect(abs(tick.fraction - fraction) < 1e-12) }
    }

    @Test func shortLogarithmicAxesHaveFinerTicks() {
        #expect(labels(Axis("x", .logarithmic, range: 0.2...8), []) == ["0.2", "0.5", "1", "2", "5"])
        #expect(labels(Axis("x", .logarithmic, range: 2000...5000), [], atMost: 5) == ["2000", "3000", "4000", "5000"])
        let scale = AxisScale(Axis("x", .logarithmic, range: 2000...5000), values: [])
        #expect(abs(scale.ticks(atMost: 5)[1].fraction - log(1.5) / log(2.5)) < 1e-9)
    }

    @Test func zeroLiesAtTheLowerEndBelowEveryPositiveValue() {
        let scale = AxisScale(Axis("y", .logarithmic), values: [0, 0.001, 5, -3])
        #expect(scale.low == -4 && scale.high == 1)
        #expect(scale.fraction(0) == 0 && scale.fraction(-7) == 0)
        #expect(abs(scale.fraction(0.001)! - 0.2) < 1e-12)
        #expect(scale.fraction(.infinity) == nil && scale.fraction(.nan) == nil)
    }

    @Test(arguments: [
        [], [0], [5], [-3, -3], [1e-300], [-1e300, 1e300], [1e300, 1e300],
        [.leastNonzeroMagnitude, .leastNormalMagnitude], [1, 1.0.nextUp], [.nan, .infinity],
        [-.greatestFiniteMagnitude, .greatestFiniteMagnitude], [1e-300, 3e-300],
        [123_456_789.000_01, 123_456_789.000_02],
    ])
    func everyDataGiveAnAxis(values: [Double]) {
        let ranges = [
            nil, -1...0, 0...0, 2...2.000_000_001, 0...Double.infinity,
            Double.leastNonzeroMagnitude...Double.leastNormalMagnitude, -1e308...1e308,
        ]
        for axis in ranges.flatMap({ [Axis("", .linear, range: $0), Axis("", .logarithmic, range: $0)] }) {
            let scale = AxisScale(axis, values: values)
            #expect(scale.low < scale.high && (scale.high - scale.low).isFinite)
            for count in 2...9 {
                let ticks = scale.ticks(atMost: count)
                #expect(ticks.count <= count, "\(axis) \(values)")
                #expect(ticks.allSatisfy { $0.fraction >= 0 && $0.fraction <= 1 && $0.label.count < 30 }, "\(ticks)")
                #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.fraction < $1.fraction && $0.label != $1.label })
            }
            if axis.range == nil {
                let places = values.compactMap(scale.fraction)
                #expect(places.allSatisfy { $0 >= -1e-9 && $0 <= 1 + 1e-9 }, "\(axis) \(values) \(places)")
            }
        }
    }
}
