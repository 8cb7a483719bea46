import Foundation

/// The standard normal distribution.
public enum StandardNormal {
    public static func distribution(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// The inverse of the distribution: bisection to the bracket's last bits, on the C library's error function.
    ///
    /// - Parameter probability: between 0 and 1, ends excluded; values at or beyond the ends give ∓8.2.
    public static func quantile(_ probability: Double) -> Double {
        var (low, high) = (-8.2, 8.2)
        while true {
            let middle = 0.5 * (low + high)
            guard middle > low, middle < high else { return middle }
            if distribution(middle) < probability { low = middle } else { high = middle }
        }
    }
}
