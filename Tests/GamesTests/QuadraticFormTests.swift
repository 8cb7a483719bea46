import TestSupport
import Testing

@testable import Games

/// Forms are the sum of their squares, with as many negative ones as the law of inertia says.
@Suite struct QuadraticFormTests {
    /// Forms that are made as `sum(d_k (l_k v)²)` over a basis of forms `l_k`, so that the signs of `d_k` are those of
    /// the eigenvalues.
    @Test(arguments: 0..<40)
    func isTheSumOfItsSquares(seed: Int) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        let count = numbers.whole(1...6)
        let weights = (0..<count).map { _ in Double(numbers.whole(-2...2)) }
        // A triangle of ones on the diagonal is a basis.
        let basis = (0..<count).map { k in
            (0..<count).map { $0 < k ? 0 : $0 == k ? 1 : Double(numbers.whole(-2...2)) }
        }
        var products: [BilevelProblem.OwnProduct] = []
        for (weight, form) in zip(weights, basis) {
            for i in 0..<count {
                for j in 0..<count {
                    products.append(.init(first: i, second: j, factor: weight * form[i] * form[j]))
                }
            }
        }
        let squares = QuadraticForm(products, count: count).squares()
        #expect(squares.count { $0.factor > 0 } == weights.count { $0 > 0 })
        #expect(squares.count { $0.factor < 0 } == weights.count { $0 < 0 })
        for _ in 0..<10 {
            let point = (0..<count).map { _ in numbers.uniform(in: -3...3) }
            let direct = products.reduce(0) { $0 + $1.factor * point[$1.first] * point[$1.second] }
            let sum = squares.reduce(0) { sum, square in
                let root = zip(square.root, point).reduce(0) { $0 + $1.0 * $1.1 }
                return sum + square.factor * root * root
            }
            #expect(abs(direct - sum) <= 1e-9 * max(1, abs(direct)))
        }
    }

    /// `v0 v1` has no square of its own: it is a quarter of `(v0 + v1)² - (v0 - v1)²`. Nothing is no square.
    @Test func products() {
        let squares = QuadraticForm([.init(first: 1, second: 0, factor: 1)], count: 2).squares()
        #expect(squares.map { $0.factor * $0.root[0] * $0.root[0] }.sorted() == [-0.25, 0.25])
        #expect(QuadraticForm([.init(first: 0, second: 0, factor: 0)], count: 2).squares().isEmpty)
    }
}
