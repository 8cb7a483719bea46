import Foundation

/// Numbers that a message holds against each other.
package enum ComparedNumbers {
    /// Both numbers as they are usually shown; where that makes them look equal though they are not, with as many significant
    /// digits as it takes to tell them apart.
    ///
    /// - Parameter shown: how such a number is usually written.
    package static func texts(_ first: Double, _ second: Double, _ shown: (Double) -> String) -> (String, String) {
        let usual = (shown(first), shown(second))
        guard usual.0 == usual.1, first != second else { return usual }
        for digits in 3...17 {
            let longer = (text(first, digits: digits), text(second, digits: digits))
            if longer.0 != longer.1 { return longer }
        }
        return usual
    }

    private static func text(_ number: Double, digits: Int) -> String {
        let rounded = Double(String(format: "%.\(digits)g", number)) ?? number
        let text = "\(rounded == 0 ? 0 : rounded)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
