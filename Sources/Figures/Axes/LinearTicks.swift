import Foundation

/// Ticks at whole multiples of 1, 2 or 5 times a power of ten.
struct LinearTicks {
    private let low: Double
    private let high: Double
    /// A step is `digit` times ten to the `exponent`.
    private let digit: Double
    private let exponent: Int

    init(low: Double, high: Double, atMost count: Int) {
        self.low = low
        self.high = high
        // Below 1e-305 the power of ten would not be a number; an axis that narrow has no ticks.
        var exponent = max(Int(log10((high - low) / Double(count + 1)).rounded(.down)), -305)
        var digits: [Double] = [1, 2, 5]
        func steps() -> Double {
            let step = Self.power(digits[0], exponent)
            return (high / step + 1e-9).rounded(.down) - (low / step - 1e-9).rounded(.up) + 1
        }
        while steps() > Double(count) {
            digits.removeFirst()
            if digits.isEmpty {
                digits = [1, 2, 5]
                exponent += 1
            }
        }
        self.digit = digits[0]
        self.exponent = exponent
    }

    /// The ends moved outwards to the nearest multiples.
    var rounded: (Double, Double) {
        let step = Self.power(digit, exponent)
        let first = (low / step + 1e-9).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        return (Self.power(first * digit, exponent), Self.power(last * digit, exponent))
    }

    var marks: [(value: Double, label: String)] {
        let step = Self.power(digit, exponent)
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard first <= last else { return [] }
        let multiples = stride(from: first, through: last, by: 1).map { $0 * digit }
        let texts = TickText.labels(multiples, exponent: exponent)
        return zip(multiples, texts).map { (Self.power($0, exponent), $1) }
    }

    /// `digits` times ten to the `exponent`, rounded once: 3 / 10 is 0.3, while 3 × 0.1 is not.
    static func power(_ digits: Double, _ exponent: Int) -> Double {
        exponent < 0 ? digits / pow(10, Double(-exponent)) : digits * pow(10, Double(exponent))
    }
}
