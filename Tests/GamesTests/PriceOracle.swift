import TestSupport

/// What can be known of a ``TinyGame`` by counting: all answers that followers may give, and where they change.
struct PriceOracle {
    let game: TinyGame
    /// By party, every answer that may be a best one: whole points, or corners.
    let answers: [[[Double]]]

    init(_ game: TinyGame) {
        self.game = game
        answers = game.parties.map { $0.isInteger ? TinyOracle.wholePoints(of: $0) : TinyOracle.corners(of: $0) }
    }

    /// What the parties pay at least, in all.
    func leastCost(at x: [Double]) -> Double {
        zip(game.parties, answers).reduce(0) { sum, part in
            sum + (part.1.map { part.0.cost($0, at: x) }.min() ?? .nan)
        }
    }

    /// Steps at which the least cost bends along a line, strictly between two others: where two lines cross on the
    /// lower envelope.
    func breakpoints(from x: [Double], along d: [Double], between low: Double, _ high: Double) -> [Double] {
        var found: [Double] = []
        for (party, answers) in zip(game.parties, answers) {
            let lines = answers.map { y in
                let start = party.cost(y, at: x)
                return (start: start, slope: party.cost(y, at: zip(x, d).map { $0 + $1 }) - start)
            }
            for a in lines {
                for b in lines where a.slope > b.slope + 1e-9 {
                    let t = (b.start - a.start) / (a.slope - b.slope)
                    guard t > low + 1e-7, t < high - 1e-7 else { continue }
                    let height = a.start + t * a.slope
                    let least = lines.map { $0.start + t * $0.slope }.min() ?? 0
                    if height <= least + 1e-9, !found.contains(where: { abs($0 - t) < 1e-7 }) { found.append(t) }
                }
            }
        }
        return found.sorted()
    }

    /// The greatest payoff over all prices, ties in the leader's favour. Where the answers are given the payoff is
    /// linear, so it is greatest at a corner of their region: where indifferences of followers and bounds of the box
    /// meet.
    func optimum() throws -> Double {
        let box = (0.0, 5.0)
        var points: [[Double]] = []
        // Indifferences as lines a x = b.
        var lines: [(a: [Double], b: Double)] = []
        for k in 0..<game.decisions {
            let unit = (0..<game.decisions).map { $0 == k ? 1.0 : 0 }
            lines += [(unit, box.0), (unit, box.1)]
        }
        for (party, answers) in zip(game.parties, answers) {
            for (i, y) in answers.enumerated() {
                for z in answers[..<i] {
                    var a = [Double](repeating: 0, count: game.decisions)
                    var b = 0.0
                    for j in y.indices {
                        a[party.price[j]] += y[j] - z[j]
                        b -= party.extra[j] * (y[j] - z[j])
                    }
                    if a.contains(where: { abs($0) > 1e-9 }) { lines.append((a, b)) }
                }
            }
        }
        for (i, one) in lines.enumerated() {
            if game.decisions == 1 {
                points.append([one.b / one.a[0]])
                continue
            }
            for other in lines[..<i] {
                let determinant = one.a[0] * other.a[1] - one.a[1] * other.a[0]
                guard abs(determinant) > 1e-9 else { continue }
                points.append([
                    (one.b * other.a[1] - one.a[1] * other.b) / determinant,
                    (one.a[0] * other.b - one.b * other.a[0]) / determinant,
                ])
            }
        }
        let inside = Set(
            points.filter { $0.allSatisfy { $0 >= box.0 - 1e-9 && $0 <= box.1 + 1e-9 } }
                .map { $0.map { min(max($0, box.0), box.1) } })
        return try inside.map { try TinyOracle(game, at: $0).optimistic() }.max() ?? .nan
    }
}
