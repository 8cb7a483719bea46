import Foundation

/// The grid on which numbers are written: multiples of a step that has few digits itself, such as 0.0001 or 0.25.
public struct Tick: Sendable, Equatable, Codable {
    /// The step in units of the last decimal: 25 of 0.25.
    public let multiple: Double
    /// Negative before the point.
    public let decimals: Int

    /// One unit of the last of so many decimals.
    public init(decimals: Int) {
        multiple = 1
        self.decimals = decimals
    }

    /// - Parameter size: above 0.
    /// - Returns: nil where it has more than ``mostDecimals``, so that it could not be written either.
    public init?(_ size: Double) {
        guard size.isFinite, size > 0 else { return nil }
        for decimals in 0...Self.mostDecimals {
            let scaled = size * pow(10, Double(decimals))
            let whole = scaled.rounded()
            guard whole >= 1, abs(scaled - whole) <= 1e-12 * whole else { continue }
            multiple = whole
            self.decimals = decimals
            return
        }
        return nil
    }

    public static let mostDecimals = 9

    public var size: Double { number(1) }

    /// A multiple of the step. Divided by a power of ten, which is exact, so that the text with these decimals reads
    /// back as the same number.
    func number(_ count: Double) -> Double {
        let scale = pow(10, Double(abs(decimals)))
        return decimals >= 0 ? count * multiple / scale + 0 : count * multiple * scale + 0
    }

    private func count(_ value: Double) -> Double {
        let scale = pow(10, Double(abs(decimals)))
        return (decimals >= 0 ? value * scale : value / scale) / multiple
    }

    func nearest(to value: Double) -> Double { number(count(value).rounded(.toNearestOrAwayFromZero)) }

    /// The greatest multiple that is not above a value.
    func below(_ value: Double) -> Double {
        // A number that is written so already may have lost its last digit to the scale.
        let nearest = nearest(to: value)
        return nearest <= value ? nearest : number(count(value).rounded(.down))
    }

    /// The least multiple that is not below a value.
    func above(_ value: Double) -> Double {
        let nearest = nearest(to: value)
        return nearest >= value ? nearest : number(count(value).rounded(.up))
    }
}
