import Foundation

/// What an algorithm is given at its start. Schedules follow the budget of evaluations, never a number of iterations.
public struct MetaheuristicSettings: Sendable, Equatable, Codable {
    public var population: Int
    public var evaluations: Int
    public var seed: UInt64

    public init(population: Int = 50, evaluations: Int = 10_000, seed: UInt64 = 1) {
        self.population = population
        self.evaluations = evaluations
        self.seed = seed
    }
}

/// A search that proposes points and learns their values. It minimises.
///
/// ```swift
/// var search = GeneticAlgorithm(space: space, settings: settings)
/// while spent < budget {
///     let points = search.ask()
///     search.tell(points.map(objective))
///     spent += points.count
/// }
/// ```
///
/// The whole state is a value: encoded, decoded and continued, it gives the same points as if it had never stopped.
public protocol Metaheuristic: Codable, Sendable {
    /// The next points to evaluate, all inside the box, in any order or at once.
    mutating func ask() -> [[Double]]

    /// Values of the points last asked, in their order. If the budget ended inside the batch, values of its first
    /// points only. A value that is not a number or infinite ranks below every finite one.
    mutating func tell(_ values: [Double])
}

/// Rank of a failed evaluation: a finite number, since a saved state may contain it and JSON has no infinity.
let failedRank = Double.greatestFiniteMagnitude

/// A value as algorithms rank it: failed evaluations below every other.
func ranked(_ value: Double) -> Double { value.isFinite ? value : failedRank }

/// Indices in the order of their values, the best first; of equals, the first.
func bestFirst(_ values: [Double]) -> [Int] {
    values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1] }
}

/// The natural logarithm; the only place that names the C library's function.
func logarithm(_ x: Double) -> Double { log(x) }
