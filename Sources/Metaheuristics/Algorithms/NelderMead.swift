import Foundation

/// Nelder and Mead's simplex with coefficients that follow the dimension (Gao and Han 2012), with restarts.
///
/// In dimension `n`: reflection 1, expansion `1 + 2/n`, contraction `3/4 - 1/(2n)`, shrinking `1 - 1/n` (in one
/// dimension 1, 2, 1/2, 1/2). Points outside the box are put on its bounds. The first simplex has edges of 0.1 of the
/// box; when it has become smaller than 1e-12 or its values are equal, a new one begins at a random point.
public struct NelderMead: Metaheuristic {
    static let edge = 0.1

    private struct Vertex: Codable, Sendable {
        var point: [Double]
        var value: Double
    }

    private enum Phase: String, Codable, Sendable { case simplex, reflection, expansion, contraction, shrinking }

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var phase = Phase.simplex
    /// Sorted by value between phases, the best first.
    private var simplex: [[Double]]
    private var values: [Double] = []
    private var asked: [[Double]] = []
    private var reflected = Vertex(point: [], value: 0)
    private var restarts: UInt64 = 0

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
        simplex = Self.simplex(at: space.initialUnitPopulation(settings).first ?? [])
    }

    private static let streamNumber: UInt64 = 0x4E4D

    private static func simplex(at start: [Double]) -> [[Double]] {
        [start]
            + start.indices.map { j in
                var vertex = start
                vertex[j] += vertex[j] < 0.5 ? edge : -edge
                return vertex
            }
    }

    public mutating func ask() -> [[Double]] {
        switch phase {
        case .simplex: asked = simplex
        case .reflection: asked = [beyondCentroid(1)]
        case .expansion: asked = [beyondCentroid(expansion)]
        // Outside the simplex if the reflected point is better than the worst one, else inside.
        case .contraction: asked = [beyondCentroid(reflected.value < values[size] ? contraction : -contraction)]
        case .shrinking:
            asked = simplex.dropFirst().map { vertex in
                vertex.indices.map { simplex[0][$0] + shrinking * (vertex[$0] - simplex[0][$0]) }
            }
        }
        return asked.map(space.point)
    }

    public mutating func tell(_ told: [Double]) {
        // If the budget cut the batch short, nothing more will be asked.
        guard told.count == asked.count else { return }
        let answers = told.map(ranked)
        let answer = Vertex(point: asked[0], value: answers[0])
        switch phase {
        case .simplex: settle(asked, answers)
        case .reflection: reflect(answer)
        case .expansion: replaceWorst(by: answers[0] < reflected.value ? answer : reflected)
        case .contraction:
            if answers[0] < min(reflected.value, values[size]) {
                replaceWorst(by: answer)
            } else {
                phase = .shrinking
            }
        case .shrinking: settle([simplex[0]] + asked, [values[0]] + answers)
        }
    }

    private mutating func reflect(_ answer: Vertex) {
        reflected = answer
        let value = answer.value
        if value < values[0] {
            phase = .expansion
        } else if value < values[size - 1] {
            replaceWorst(by: reflected)
        } else {
            phase = .contraction
        }
    }

    private mutating func replaceWorst(by vertex: Vertex) {
        settle(simplex.dropLast() + [vertex.point], values.dropLast() + [vertex.value])
    }

    private mutating func settle(_ points: [[Double]], _ pointValues: [Double]) {
        let order = bestFirst(pointValues)
        simplex = order.map { points[$0] }
        values = order.map { pointValues[$0] }
        phase = .reflection
        let width = simplex.dropFirst().flatMap { zip($0, simplex[0]).map { abs($0 - $1) } }.max() ?? 0
        if width < 1e-12 || values[size] == values[0] { restart() }
    }

    private mutating func restart() {
        restarts += 1
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, restarts])
        simplex = Self.simplex(at: simplex[0].map { _ in stream.uniform() })
        values = []
        phase = .simplex
    }

    // MARK: Geometry

    /// The dimension, and the index of the worst vertex.
    private var size: Int { simplex.count - 1 }
    private var expansion: Double { size == 1 ? 2 : 1 + 2 / Double(size) }
    private var contraction: Double { size == 1 ? 0.5 : 0.75 - 1 / (2 * Double(size)) }
    private var shrinking: Double { size == 1 ? 0.5 : 1 - 1 / Double(size) }

    /// The point on the line from the worst vertex through the centroid of the others, `factor` times its distance
    /// beyond it.
    private func beyondCentroid(_ factor: Double) -> [Double] {
        simplex[0].indices.map { j in
            let centroid = simplex.dropLast().reduce(0) { $0 + $1[j] } / Double(size)
            return min(max(centroid + factor * (centroid - simplex[size][j]), 0), 1)
        }
    }
}
