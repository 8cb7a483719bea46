import Foundation

/// Six classical test functions of the distance from their optimum, where they are 0.
public enum TestFunction: String, Sendable, CaseIterable {
    case sphere, schwefel12, rosenbrock, rastrigin, ackley, griewank

    /// Half the width of the box, which is symmetric about zero.
    public var bound: Double {
        switch self {
        case .sphere, .schwefel12: 100
        case .rosenbrock: 30
        case .rastrigin: 5.12
        case .ackley: 32
        case .griewank: 600
        }
    }

    /// - Parameter z: distance from the optimum, coordinate by coordinate.
    func value(from z: [Double]) -> Double {
        let count = Double(z.count)
        switch self {
        case .sphere: return z.reduce(0) { $0 + $1 * $1 }
        case .schwefel12:
            var (partial, total) = (0.0, 0.0)
            for x in z {
                partial += x
                total += partial * partial
            }
            return total
        case .rosenbrock:
            return zip(z, z.dropFirst()).reduce(0) { sum, pair in
                let (a, b) = (pair.0 + 1, pair.1 + 1)
                return sum + 100 * (b - a * a) * (b - a * a) + (a - 1) * (a - 1)
            }
        case .rastrigin: return z.reduce(10 * count) { $0 + $1 * $1 - 10 * cos(2 * .pi * $1) }
        case .ackley:
            let squares = z.reduce(0) { $0 + $1 * $1 } / count
            let waves = z.reduce(0) { $0 + cos(2 * .pi * $1) } / count
            return -20 * exp(-0.2 * squares.squareRoot()) - exp(waves) + 20 + M_E
        case .griewank:
            let squares = z.reduce(0) { $0 + $1 * $1 } / 4000
            let waves = z.enumerated().reduce(1) { $0 * cos($1.element / Double($1.offset + 1).squareRoot()) }
            return squares - waves + 1
        }
    }
}
