import Foundation
import Writing

/// Labels of ticks. All labels of an axis have the same number of decimals and the same power of ten, so that they
/// compare at a glance.
enum TickText {
    /// Labels of `multiples` times ten to the `exponent`.
    static func labels(_ multiples: [Double], exponent: Int) -> [String] {
        let largest = multiples.map(\.magnitude).max() ?? 0
        guard largest > 0 else { return multiples.map { _ in "0" } }
        let power = Int((log10(largest) + 1e-12).rounded(.down)) + exponent
        if (-3..<7).contains(power) {
            return multiples.map { fixed(LinearTicks.power($0, exponent), decimals: max(0, -exponent)) }
        }
        let decimals = max(0, power - exponent)
        return multiples.map {
            $0 == 0 ? "0" : fixed(LinearTicks.power($0, exponent - power), decimals: decimals) + "×" + powerOfTen(power)
        }
    }

    static func fixed(_ value: Double, decimals: Int) -> String {
        NumberText.fixed(value, decimals: min(decimals, 17)).replacingOccurrences(of: "-", with: "−")
    }

    static func powerOfTen(_ power: Int) -> String {
        "10" + String(String(power).map { superscripts[$0] ?? $0 })
    }

    private static let superscripts: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
}
