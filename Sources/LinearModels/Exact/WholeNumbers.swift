import Foundation

/// Numbers as whole ones: what they have to be multiplied by.
///
/// A file holds decimals, of which most are no sums of powers of two: three times 0.1 is not 0.3 in a computer. So
/// numbers that are whole ones times a power of ten, up to the last digits, are taken for these.
package enum WholeNumbers {
    /// A factor, a power of two or of ten, and the numbers multiplied by it: whole ones all of them.
    package static func scaled(_ numbers: [Double]) -> (factor: Double, numbers: [Double]) {
        let binary = numbers.reduce(0) { most, number in
            number == 0 ? most : max(most, number.significandWidth - Int(number.exponent))
        }
        if binary > fewBits {
            for digits in 0...mostDigits {
                let factor = pow(10, Double(digits))
                let whole = numbers.map { ($0 * factor).rounded() }
                let isSame = zip(numbers, whole).allSatisfy { number, whole in
                    abs(number * factor - whole) <= 2 * (number * factor).ulp && abs(whole) < 0x1p53
                        && (whole != 0) == (number != 0)
                }
                if isSame { return (factor, whole) }
            }
        }
        let factor = exp2(Double(binary))
        return (factor, numbers.map { $0 * factor })
    }

    private static let fewBits = 20
    private static let mostDigits = 22
}
