import Testing
import Writing

@testable import Figures

@Suite struct TextTests {
    @Test(arguments: [
        (0.0, "0"), (-0.001, "0"), (1, "1"), (1.5, "1.5"), (1.05, "1.05"), (-1.256, "-1.26"), (0.999, "1"),
        (12.30, "12.3"),
        (-0.5, "-0.5"), (1e300, "1000000000"), (.nan, "0"), (-.infinity, "0"),
    ])
    func numbersHaveAtMostTwoDecimals(value: Double, text: String) { #expect(SVGText.number(value) == text) }

    @Test func everyTextIsReadBackAsItWas() {
        let name = "a < b & \"c\" > 'd' é 中 😀"
        let chart = LineChart(title: name, x: Axis(name), y: Axis(name), series: [LineSeries(name, [(0, 0), (1, 1)])])
        let picture = Picture(chart)
        #expect(picture.error == nil)
        #expect(picture.texts().filter { $0 == name }.count == 4)
        #expect(picture.elements.first { $0.name == "title" }?.text == name)
    }

    @Test func charactersThatXMLForbidsAreReplaced() {
        #expect("a\u{0}b\u{1B}\nc\u{FFFE}".escaped(for: .svg) == "a\u{FFFD}b\u{FFFD} c\u{FFFD}")
        #expect(Picture(LineChart(title: "\u{1}\u{B}", x: Axis("\u{0}"), y: Axis("\u{FFFF}"), series: [])).error == nil)
    }

    /// Widths of DejaVu Sans in units of the font size, from its table of advances.
    @Test(arguments: [
        ("stackelberg-park", 8.389), ("L-SHADE", 4.373), ("evaluations", 5.781), ("10⁻³⁰⁰", 3.003),
        ("random search", 7.518),
        ("MINIMUM WAGE", 7.983), ("illicit fill", 3.834), ("1.2350×10⁶", 6.010), ("payoff [CNY]", 6.295),
        ("−0.25", 3.064),
    ])
    func estimatesAreNotBelowAWideFont(text: String, width: Double) {
        let estimate = TextMeasure.width(text, size: 1)
        #expect(estimate > 0.99 * width && estimate < 1.25 * width, "\(estimate)")
    }

    @Test func longTextsAreCutInTheMiddle() {
        let name = String(repeating: "ab ", count: 100) + "end"
        let short = TextMeasure.shortened(name, to: 120)
        #expect(short.hasPrefix("ab ab") && short.hasSuffix("b end") && short.contains("…"))
        #expect(TextMeasure.width(short) <= 120)
        #expect(TextMeasure.shortened("fits", to: 120) == "fits")
        #expect(TextMeasure.shortened("MMM", to: 1) == "…")
    }

    @Test func titlesAreBrokenBetweenWords() {
        #expect(TextMeasure.wrapped("one two three", to: 60, lines: 3, size: 12) == ["one two", "three"])
        let lines = TextMeasure.wrapped("one two three four five", to: 60, lines: 2, size: 12)
        #expect(lines.count == 2 && lines[0] == "one two" && lines[1].hasSuffix("ive"))
        #expect(TextMeasure.wrapped("  ", to: 60, lines: 2, size: 12).isEmpty)
    }
}
