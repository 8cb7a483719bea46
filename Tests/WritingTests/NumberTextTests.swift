import Testing

@testable import Writing

@Suite struct NumberTextTests {
    /// What rounds to nothing has no sign, and what does not keeps it.
    @Test(arguments: [
        (-0.0, 2, "0.00"), (-0.004, 2, "0.00"), (-1e-300, 2, "0.00"), (-0.4, 0, "0"), (0.0, 2, "0.00"),
        (-0.006, 2, "-0.01"),
        (-10.004, 2, "-10.00"), (1234.5, 1, "1234.5"), (-0.6, 0, "-1"),
    ]) func nothingHasNoSign(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == text)
        #expect(NumberText.grouped(value, decimals: decimals).replacing(",", with: "") == text)
    }

    @Test func tablesHaveTenDigitsOrAll() {
        #expect(NumberText.csv(-0.0) == "0" && NumberText.csv(1.0 / 3) == "0.3333333333" && NumberText.csv(12) == "12")
        for number in [1.0 / 3, 0.1, -2, 1e300, 1e-300, 0.1 + 0.2] {
            #expect(Double(NumberText.exact(number)) == number)
        }
    }

    @Test(arguments: [(1e-5, "0.00001"), (3e-5, "0.00003"), (0.1, "0.1"), (10, "10"), (1, "1"), (2.5, "2.5"), (0, "0")])
    func stepsHaveNoExponent(value: Double, text: String) { #expect(NumberText.decimal(value) == text) }

    @Test func peopleReadGroups() {
        #expect(NumberText.grouped(-1234567.891, decimals: 2) == "-1,234,567.89")
        #expect(NumberText.grouped(-0.001, decimals: 2) == "0.00" && NumberText.grouped(999) == "999")
    }

    @Test func messagesHaveTheDigitsThatMatter() {
        #expect(NumberText.plain(-0.0) == "0" && NumberText.plain(0.25) == "0.25" && NumberText.plain(12) == "12")
        #expect(NumberText.hundredths(2.094) == "2.09" && NumberText.hundredths(7) == "7")
        #expect(NumberText.rounded(0.1 + 0.2) == "0.3" && NumberText.with(unit: "kW", 1.0 / 3) == "0.333333333 kW")
    }

    @Test func nothingHasNoSign() {
        #expect(NumberText.csv(-0.0) == "0" && NumberText.significant(-0.0, digits: 3) == "0")
        #expect(NumberText.fixed(-0.004, decimals: 2) == "0.00" && NumberText.grouped(-0.4) == "0")
        #expect(NumberText.signed(-0.04, decimals: 1) == "+0.0" && NumberText.signed(-0.06, decimals: 1) == "-0.1")
        #expect(NumberText.isNoise(-7e-8) && !NumberText.isNoise(2e-6) && !NumberText.isNoise(0))
    }

    // MARK: A message that says two numbers differ shows how

    private func texts(_ a: Double, _ b: Double) -> [String] {
        let texts = NumberText.compared(a, b) { "\(($0 * 100).rounded() / 100)" }
        return [texts.0, texts.1]
    }

    @Test func digitsAreThoseThatTellApart() {
        #expect(texts(2.094, 2.09) == ["2.094", "2.09"])
        #expect(texts(7, 6.65) == ["7.0", "6.65"])
        #expect(texts(0.001, 0) == ["0.001", "0"])
        #expect(texts(-0.001, -0.002) == ["-0.001", "-0.002"])
        #expect(texts(100.000_000_1, 100) == ["100.0000001", "100"])
        #expect(texts(1, 1) == ["1.0", "1.0"])
        // The nearest numbers that there are, whatever their size.
        for number in [1.0, 0.1, 1e9 / 3, 1e-7] {
            let pair = texts(number.nextUp, number)
            #expect(pair[0] != pair[1])
        }
    }
}
