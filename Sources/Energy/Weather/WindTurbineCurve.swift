import Foundation

/// Power of a wind turbine by wind speed, per unit of its capacity.
public enum WindTurbineCurve: Sendable, Equatable {
    /// `(v^3 - in^3) / (rated^3 - in^3)` between cut-in and rated speed (paper 002).
    case cubic(WindSpeeds)
    /// `scale * atan(omega1 * v + omega2) + omega3` between cut-in and rated speed (paper 001, eq. 9). The scale and
    /// `omega3` follow from continuity: 0 at cut-in, 1 at rated speed.
    case arctangent(WindSpeeds, omega1: Double, omega2: Double)
    /// Linear between the points `(speed, power)`; nothing beyond them.
    case table([Point])

    /// Output per unit of capacity at a wind speed in m/s at hub height.
    public func output(at speed: Double) -> Double {
        switch self {
        case .cubic(let speeds):
            return speeds.output(at: speed) { v in
                let (low, high) = (pow(speeds.cutIn, 3), pow(speeds.rated, 3))
                return (pow(v, 3) - low) / (high - low)
            }
        case .arctangent(let speeds, let omega1, let omega2):
            return speeds.output(at: speed) { v in
                let low = atan(omega1 * speeds.cutIn + omega2)
                let high = atan(omega1 * speeds.rated + omega2)
                return (atan(omega1 * v + omega2) - low) / (high - low)
            }
        case .table(let points):
            guard let next = points.firstIndex(where: { $0.x >= speed }) else { return 0 }
            let right = points[next]
            guard next > 0 else { return right.x == speed ? right.y : 0 }
            let left = points[next - 1]
            return left.y + (right.y - left.y) * (speed - left.x) / (right.x - left.x)
        }
    }
}

/// Where a turbine begins, is full and stops, in m/s.
public struct WindSpeeds: Sendable, Equatable {
    public var cutIn: Double
    public var rated: Double
    public var cutOut: Double

    public init(cutIn: Double, rated: Double, cutOut: Double) {
        self.cutIn = cutIn
        self.rated = rated
        self.cutOut = cutOut
    }

    /// Nothing outside cut-in and cut-out, all from rated speed on, and a rising part between.
    fileprivate func output(at speed: Double, rising: (Double) -> Double) -> Double {
        if speed < cutIn || speed > cutOut { return 0 }
        return speed >= rated ? 1 : rising(speed)
    }
}
