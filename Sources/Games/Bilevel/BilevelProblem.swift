/// A bilevel problem in algebraic form, as textbooks print them: the leader chooses `x` in a box, the follower answers
/// with `y`.
///
///     min or max  F(x, y)
///     s.t.        G x + H y  <=, ==, >=  g
///                 x in its box, y an optimum of
///                     min or max  f(x, y)
///                     s.t.        A x + B y  <=, ==, >=  b
///                                 y within its bounds
///
/// Both objectives are `constant + c x + d y + sum(factor * x_i * y_j)`, so that for a given `x` the follower has a
/// linear program, or an integer one where some `y` are whole numbers. Followers who do not meet each other are one
/// follower here: an optimum of the sum of their costs is an optimum of each.
///
/// The leader's may hold squares and products of one side's own variables too, `sum(factor * x_i * x_j)` and
/// `sum(factor * y_i * y_j)`, whether that is convex or not.
///
/// Rows of the leader that hold `y` are no part of the follower's problem: an `x` whose answers all break them has no
/// payoff.
///
/// ``game(ties:)`` makes a ``StackelbergGame`` of it.
public struct BilevelProblem: Sendable, Equatable {
    /// A variable and its bounds, which may be infinite. A search needs finite ones for the leader's; a proof does not.
    public struct Variable: Sendable, Equatable {
        public var name: String
        public var lower: Double
        public var upper: Double
        /// Whether only whole numbers count. A search proposes real numbers; the game rounds a leader's variable to the
        /// nearest whole number within its bounds, answers that one, and reports it as the decision.
        public var isInteger: Bool

        public init(_ name: String, lower: Double, upper: Double, isInteger: Bool = false) {
            self.name = name
            self.lower = lower
            self.upper = upper
            self.isInteger = isInteger
        }
    }

    /// The term `factor * x[x] * y[y]` of an objective.
    public struct Product: Sendable, Equatable {
        public var x: Int
        public var y: Int
        public var factor: Double

        public init(x: Int, y: Int, factor: Double) {
            self.x = x
            self.y = y
            self.factor = factor
        }
    }

    /// The term `factor * v[first] * v[second]` of one side's own variables `v`: a square where both are the same.
    public struct OwnProduct: Sendable, Equatable {
        public var first: Int
        public var second: Int
        public var factor: Double

        public init(first: Int, second: Int, factor: Double) {
            self.first = first
            self.second = second
            self.factor = factor
        }
    }

    public struct Objective: Sendable, Equatable {
        public var isMaximised: Bool
        public var constant: Double
        /// One factor per variable of the leader.
        public var x: [Double]
        /// One factor per variable of the follower.
        public var y: [Double]
        public var products: [Product]
        /// Of the leader's variables; in the leader's objective only.
        public var xProducts: [OwnProduct]
        /// Of the follower's variables; in the leader's objective only.
        public var yProducts: [OwnProduct]

        public init(
            isMaximised: Bool = false, constant: Double = 0, x: [Double], y: [Double], products: [Product] = [],
            xProducts: [OwnProduct] = [], yProducts: [OwnProduct] = []
        ) {
            self.isMaximised = isMaximised
            self.constant = constant
            self.x = x
            self.y = y
            self.products = products
            self.xProducts = xProducts
            self.yProducts = yProducts
        }

        /// Whether it is a linear function of all variables.
        public var isLinear: Bool { products.isEmpty && xProducts.isEmpty && yProducts.isEmpty }
    }

    public struct Row: Sendable, Equatable {
        public enum Sense: String, Sendable, CaseIterable {
            case atMost = "<="
            case equal = "=="
            case atLeast = ">="
        }

        /// One factor per variable of the leader.
        public var x: [Double]
        /// One factor per variable of the follower.
        public var y: [Double]
        public var sense: Sense
        public var side: Double

        public init(x: [Double], y: [Double], sense: Sense, side: Double) {
            self.x = x
            self.y = y
            self.sense = sense
            self.side = side
        }

        var holdsY: Bool { y.contains { $0 != 0 } }
    }

    /// What one side wants, and the rows that bind it.
    public struct Level: Sendable, Equatable {
        public var objective: Objective
        public var rows: [Row]

        public init(objective: Objective, rows: [Row] = []) {
            self.objective = objective
            self.rows = rows
        }
    }

    /// A decision and what the leader's objective is there.
    public struct Point: Sendable, Equatable {
        public var value: Double
        public var x: [Double]

        public init(value: Double, x: [Double]) {
            self.value = value
            self.x = x
        }
    }

    /// What makes a problem hard.
    public enum Category: String, Sendable, CaseIterable {
        /// All objectives and rows are linear: `x` moves what the follower can do, not what it wants.
        case linear
        /// Objectives hold products of `x` and `y`.
        case bilinear
        /// The leader's objective holds squares or products of one side's own variables.
        case quadratic
        /// `x` are prices that the follower pays to the leader for `y`.
        case price
        /// `x` or `y` are whole numbers.
        case integer
        /// Prices, and a follower with whole numbers.
        case integerPrice = "integer price"

        /// The class of a problem that names none.
        init(x: [Variable], y: [Variable], leader: Objective, follower: Objective) {
            let isPrice = !follower.products.isEmpty
            if (x + y).contains(where: \.isInteger) {
                self = isPrice && y.contains(where: \.isInteger) ? .integerPrice : .integer
            } else if !(leader.xProducts + leader.yProducts).isEmpty {
                self = .quadratic
            } else if leader.products.isEmpty && !isPrice {
                self = .linear
            } else {
                /// What one side earns with which variables.
                func earned(_ objective: Objective, _ sign: Double) -> Set<[Int]> {
                    let sign = objective.isMaximised ? sign : -sign
                    return Set(objective.products.filter { sign * $0.factor > 0 }.map { [$0.x, $0.y] })
                }
                self = earned(leader, 1).isDisjoint(with: earned(follower, -1)) ? .bilinear : .price
            }
        }
    }

    public let name: String
    /// Where the problem is from.
    public let source: String
    /// What else there is to know, such as which bounds are not the source's.
    public let note: String
    public let category: Category
    public let x: [Variable]
    public let y: [Variable]
    public let leader: Level
    public let follower: Level
    /// The best known decision where ties are broken for the leader; nil where none is known.
    public let optimistic: Point?
    /// Whether ``optimistic`` is proven to be an optimum.
    public let isProven: Bool
    /// How ``optimistic`` was checked.
    public let verification: String
    /// No decision has a better value than this where ties are broken for the leader; nil where nothing is proven.
    public let bound: Double?
    /// The best decision where ties are broken against the leader; nil where unknown or not attained.
    public let pessimistic: Point?

    /// - Parameters:
    ///   - category: nil for the one that objectives and variables show.
    ///   - bound: what is proven of a best known value; a proven optimum is its own bound.
    /// - Throws: ``BilevelProblemError`` where the parts do not fit together.
    public init(
        name: String, source: String = "", note: String = "", category: Category? = nil, x: [Variable], y: [Variable],
        leader: Level, follower: Level, optimistic: Point?, isProven: Bool = true, verification: String = "",
        bound: Double? = nil, pessimistic: Point? = nil
    ) throws {
        self.name = name
        self.source = source
        self.note = note
        self.category =
            category ?? Category(x: x, y: y, leader: leader.objective, follower: follower.objective)
        self.x = x
        self.y = y
        self.leader = leader
        self.follower = follower
        self.optimistic = optimistic
        self.isProven = isProven
        self.verification = verification
        self.bound = isProven ? optimistic?.value : bound
        self.pessimistic = pessimistic
        try check()
    }

    public var hasIntegerLeader: Bool { x.contains(where: \.isInteger) }

    /// The problem with one decision left.
    public func settled(at decision: [Double]) throws -> BilevelProblem {
        try BilevelProblem(
            name: name, category: category,
            x: zip(x, decision).map { Variable($0.name, lower: $1, upper: $1, isInteger: $0.isInteger) }, y: y,
            leader: leader, follower: follower, optimistic: nil, isProven: false)
    }

    /// The leader's objective in the problem's own sense, from the payoff of the game.
    public func value(ofPayoff payoff: Double) -> Double { leader.objective.isMaximised ? payoff : -payoff }
}
