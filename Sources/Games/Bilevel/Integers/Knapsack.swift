/// One row of whole weights over variables that are 0 or 1: the best of them by a table over what may be carried
/// (Bellman 1957), which takes microseconds where branch and bound takes milliseconds.
struct Knapsack {
    private let weights: [Int]
    private let capacity: Int
    /// Which variables may be 1.
    private let isFree: [Bool]

    private static let largestTable = 2_000_000

    /// - Returns: nil where the rows are not of this kind.
    init?(_ columns: [WholeProblem.Column], _ upper: [Double], _ rows: [WholeProblem.FollowerRow]) {
        guard rows.count == 1, let row = rows.first, row.side <= 0,
            columns.indices.allSatisfy({ columns[$0].isInteger && columns[$0].lower == 0 && upper[$0] <= 1 }),
            row.y.allSatisfy({ $0.factor < 0 })
        else { return nil }
        var weights = columns.map { _ in 0 }
        for term in row.y { weights[term.column] = Int(-term.factor) }
        capacity = min(Int(-row.side), weights.reduce(0, +))
        guard (capacity + 1) * columns.count <= Self.largestTable else { return nil }
        self.weights = weights
        isFree = upper.map { $0 >= 1 }
    }

    /// The choice of least cost.
    func best(_ costs: [Double]) -> [Double] {
        var least = [Double](repeating: 0, count: capacity + 1)
        let items = costs.indices.filter { costs[$0] < 0 && isFree[$0] && weights[$0] <= capacity }
        var isTaken = [Bool](repeating: false, count: items.count * (capacity + 1))
        for (place, k) in items.enumerated() {
            let (weight, cost) = (weights[k], costs[k])
            let first = place * (capacity + 1)
            for room in stride(from: capacity, through: weight, by: -1) {
                let with = least[room - weight] + cost
                if with < least[room] {
                    least[room] = with
                    isTaken[first + room] = true
                }
            }
        }
        var choice = [Double](repeating: 0, count: costs.count)
        var room = capacity
        for (place, k) in items.enumerated().reversed() where isTaken[place * (capacity + 1) + room] {
            choice[k] = 1
            room -= weights[k]
        }
        return choice
    }
}
