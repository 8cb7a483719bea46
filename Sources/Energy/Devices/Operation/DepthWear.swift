import Foundation
import LinearModels

/// Wear of a battery that grows with the depth of a step: a kWh costs `cost` times the depth, the energy given in the
/// step over the capacity, to the power `exponent` (paper 002, eq. 29, read so that it is convex).
///
///     cost of a step = cost * (d dt / capacity)^exponent * d dt
///
/// Chords over equal parts of what can be given in a step stand for the curve. They lie above it by `capacity h^2 / 8`
/// times its greatest curvature at most, for parts of the depth `h`.
struct DepthWear: Sendable {
    static let (standardExponent, standardPieces) = (1.5, 8)

    /// CNY per kWh at a depth of 1.
    let cost: Double
    let exponent: Double
    let pieces: Int

    /// nil where nothing is paid for the depth.
    ///
    /// - Throws: `InputProblem` where the curve of no cost is described.
    init?(_ values: AttributeValues) throws(InputProblem) {
        guard let cost = values.optionalNumber("depth_wear"), cost > 0 else {
            if let key = ["wear_exponent", "wear_pieces"].first(where: values.written.contains) {
                throw InputProblem(at: key, "has no effect without depth_wear. Give it, or take this out.")
            }
            return nil
        }
        self.cost = cost
        exponent = values.optionalNumber("wear_exponent") ?? Self.standardExponent
        pieces = (try? values.count("wear_pieces")) ?? Self.standardPieces
    }

    /// CNY per kWh of capacity over the depth of a step.
    ///
    /// - Parameter most: greatest depth of a step, above 0.
    func curve(upTo most: Double) throws -> PiecewiseLinear {
        let ends = (0...pieces).map { most * Double($0) / Double(pieces) }
        return try PiecewiseLinear(x: ends, y: ends.map { cost * pow($0, exponent + 1) })
    }
}
