// Published or computed optima, as facts: name and source of each stand with it.

extension KnownOptima {
    /// Tolls and prices: the follower's costs hold the decision, and the leader is paid by it.
    static let pricing: [SmallBilevelProblem] = [
        SmallBilevelProblem(
            name: "toll_dms2006_P4",
            source: "toll setting P4, own form",
            x: Array(repeating: b(-20, 20), count: 2),
            y: Array(repeating: b(0, 1), count: 4),
            upper: .init(maximised: true, x: [0, 0], y: [0, 0, 0, 0], products: [(0, 1, 1), (0, 2, 1), (1, 2, 1)]),
            lower: .init(x: [0, 0], y: [8, 3, 3, 6], products: [(0, 1, 1), (0, 2, 1), (1, 2, 1)]),
            lowerRows: [
                r([0, 0], [1, 1, 0, 0], .equal, 1),
                r([0, 0], [0, 0, 1, 1], .equal, 1),
            ],
            optimistic: .init(value: 8, x: [5, -2])),
        SmallBilevelProblem(
            name: "toll_dms2006_P4_nonneg",
            source: "toll setting P4 with tolls >= 0",
            x: Array(repeating: b(0, 20), count: 2),
            y: Array(repeating: b(0, 1), count: 4),
            upper: .init(maximised: true, x: [0, 0], y: [0, 0, 0, 0], products: [(0, 1, 1), (0, 2, 1), (1, 2, 1)]),
            lower: .init(x: [0, 0], y: [8, 3, 3, 6], products: [(0, 1, 1), (0, 2, 1), (1, 2, 1)]),
            lowerRows: [
                r([0, 0], [1, 1, 0, 0], .equal, 1),
                r([0, 0], [0, 0, 1, 1], .equal, 1),
            ],
            optimistic: .init(value: 6, x: [3, 0])),
        SmallBilevelProblem(
            name: "toll_dms2006_P1",
            source: "toll setting P1 (5 nodes, 3 tolls, one commodity)",
            x: Array(repeating: b(0, 20), count: 3),
            y: Array(repeating: b(0, 1), count: 8),
            upper: .init(
                maximised: true,
                x: [0, 0, 0],
                y: [0, 0, 0, 0, 0, 0, 0, 0],
                products: [(0, 2, 1), (1, 3, 1), (2, 7, 1)]),
            lower: .init(x: [0, 0, 0], y: [2, 6, 5, 0, 4, 2, 6, 0], products: [(0, 2, 1), (1, 3, 1), (2, 7, 1)]),
            lowerRows: [
                r([0, 0, 0], [1, 1, 1, 0, 0, 0, 0, 0], .equal, 1),
                r([0, 0, 0], [1, 0, 0, -1, -1, 0, 0, 0], .equal, 0),
                r([0, 0, 0], [0, 1, 0, 1, 0, -1, -1, 0], .equal, 0),
                r([0, 0, 0], [0, 0, 0, 0, 1, 1, 0, -1], .equal, 0),
                r([0, 0, 0], [0, 0, 1, 0, 0, 0, 1, 1], .equal, 1),
            ],
            optimistic: .init(value: 7, x: [7, 20, 20])),
        SmallBilevelProblem(
            name: "toll_dms2006_P3_demand10",
            source: "toll setting P3 as meant in the source: demand of commodity 2 is 10",
            x: Array(repeating: b(0, 60), count: 3),
            y: Array(repeating: b(0, 10), count: 18),
            upper: .init(
                maximised: true,
                x: [0, 0, 0],
                y: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                products: [(0, 0, 1), (0, 1, 10), (1, 2, 1), (1, 3, 10), (2, 4, 1), (2, 5, 10)]),
            lower: .init(
                x: [0, 0, 0],
                y: [0, 0, 0, 0, 0, 0, 5, 7, 14, 70, 20, 40, 29, 20, 12, 80, 50, 20],
                products: [(0, 0, 1), (0, 1, 10), (1, 2, 1), (1, 3, 10), (2, 4, 1), (2, 5, 10)]),
            lowerRows: [
                r([0, 0, 0], [0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], .equal, 1),
                r([0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], .equal, 1),
                r([0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0], .equal, 1),
                r([0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1], .equal, 1),
                r([0, 0, 0], [-1, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0], .equal, 0),
                r([0, 0, 0], [0, -1, 0, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0, 0], .equal, 0),
                r([0, 0, 0], [1, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0], .equal, 0),
                r([0, 0, 0], [0, 1, 0, -1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0], .equal, 0),
                r([0, 0, 0], [0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0], .equal, 0),
                r([0, 0, 0], [0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1], .equal, 0),
            ],
            optimistic: .init(value: 24, x: [60, 2, 4])),
        SmallBilevelProblem(
            name: "toll_besancon_4node",
            source: "toll network of BilevelOptimization.jl tests (4 nodes, 3 units, capacities, tolls in "
                + "[0,2] continuous)",
            x: Array(repeating: b(0, 2), count: 4),
            y: [b(0, 3), b(0, 2), b(0, 3), b(0, 2), b(0, 1), b(0, 0)],
            upper: .init(
                maximised: true,
                x: [0, 0, 0, 0],
                y: [0, 0, 0, 0, 0, 0],
                products: [(0, 0, 1), (1, 1, 1), (2, 3, 1), (3, 4, 1)]),
            lower: .init(
                x: [0, 0, 0, 0],
                y: [1, 1, 4, 1, 1, 0],
                products: [(0, 0, 1), (1, 1, 1), (2, 3, 1), (3, 4, 1)]),
            lowerRows: [
                r([0, 0, 0, 0], [1, 1, 1, 0, 0, 0], .equal, 3),
                r([0, 0, 0, 0], [1, 0, 0, -1, 0, 0], .equal, 0),
                r([0, 0, 0, 0], [0, 1, 0, 0, -1, 0], .equal, 0),
                r([0, 0, 0, 0], [0, 0, 0, 0, 0, 1], .equal, 0),
            ],
            optimistic: .init(value: 6, x: [0, 0, 2, 2])),
        SmallBilevelProblem(
            name: "price_2h_1user",
            source: "own: 2-hour retail price, one shiftable load (E=4,cap 3), buy cost (2,5)",
            x: Array(repeating: b(1, 8), count: 2),
            y: Array(repeating: b(0, 3), count: 2),
            upper: .init(maximised: true, x: [0, 0], y: [-2, -5], products: [(0, 0, 1), (1, 1, 1)]),
            lower: .init(x: [0, 0], y: [0, 0], products: [(0, 0, 1), (1, 1, 1)]),
            upperRows: [
                r([1, 1], [0, 0], .atMost, 12)
            ],
            lowerRows: [
                r([0, 0], [1, 1], .equal, 4)
            ],
            optimistic: .init(value: 13, x: [6, 6])),
        SmallBilevelProblem(
            name: "price_3h_avgcap",
            source: "own: 3-hour prices with mean-price cap 5 and two EV classes with windows",
            x: Array(repeating: b(2, 8), count: 3),
            y: [b(0, 4), b(0, 4), b(0, 2), b(0, 2)],
            upper: .init(
                maximised: true,
                x: [0, 0, 0],
                y: [-2, -4, -4, -3],
                products: [(0, 0, 1), (1, 1, 1), (1, 2, 1), (2, 3, 1)]),
            lower: .init(x: [0, 0, 0], y: [0, 0, 0, 0], products: [(0, 0, 1), (1, 1, 1), (1, 2, 1), (2, 3, 1)]),
            upperRows: [
                r([1, 1, 1], [0, 0, 0, 0], .atMost, 15)
            ],
            lowerRows: [
                r([0, 0, 0], [1, 1, 0, 0], .equal, 5),
                r([0, 0, 0], [0, 0, 1, 1], .equal, 3),
            ],
            optimistic: .init(value: 21, x: [6.5, 6.5, 2])),
        SmallBilevelProblem(
            name: "price_v2g_2h",
            source: "own: 2-hour V2G aggregator: buy or sell at the posted price, storage 4, loss 10 %",
            x: Array(repeating: b(1, 9), count: 2),
            y: Array(repeating: b(0, 4), count: 3),
            upper: .init(
                maximised: true,
                x: [0, 0],
                y: [-3, 6.3, -6],
                products: [(0, 0, 1), (1, 1, -0.9), (1, 2, 1)]),
            lower: .init(x: [0, 0], y: [0, 0, 0], products: [(0, 0, 1), (1, 1, -0.9), (1, 2, 1)]),
            lowerRows: [
                r([0, 0], [-1, 1, 0], .atMost, 0),
                r([0, 0], [1, -1, 1], .equal, 2),
            ],
            optimistic: .init(value: 16.8, x: [8.1, 9])),
        SmallBilevelProblem(
            name: "milp_price_semicont_2h",
            source: "own: 2-hour prices, load must run 2..4 units in any hour it is on, start cost 1.5, "
                + "outside supply at 7",
            x: Array(repeating: b(0, 10), count: 2),
            y: [b(0, 4), b(0, 4), b(0, 1, isInteger: true), b(0, 1, isInteger: true), b(0, 5)],
            upper: .init(maximised: true, x: [0, 0], y: [-2, -4, 0, 0, 0], products: [(0, 0, 1), (1, 1, 1)]),
            lower: .init(x: [0, 0], y: [0, 0, 1.5, 1.5, 7], products: [(0, 0, 1), (1, 1, 1)]),
            lowerRows: [
                r([0, 0], [1, 1, 0, 0, 1], .equal, 5),
                r([0, 0], [1, 0, -4, 0, 0], .atMost, 0),
                r([0, 0], [-1, 0, 2, 0, 0], .atMost, 0),
                r([0, 0], [0, 1, 0, -4, 0], .atMost, 0),
                r([0, 0], [0, -1, 0, 2, 0], .atMost, 0),
            ],
            optimistic: .init(value: 18.5, x: [6.625, 10])),
        SmallBilevelProblem(
            name: "milp_price_modules_3",
            source: "own: 3 module prices, covering knapsack 2,3,4 >= 9 with outside supply at 6.5 per "
                + "unit (LP relaxation not integral)",
            x: Array(repeating: b(0, 30), count: 3),
            y: [b(0, 2, isInteger: true), b(0, 2, isInteger: true), b(0, 2, isInteger: true), b(0, 9)],
            upper: .init(
                maximised: true,
                x: [0, 0, 0],
                y: [-6, -8, -13, 0],
                products: [(0, 0, 1), (1, 1, 1), (2, 2, 1)]),
            lower: .init(x: [0, 0, 0], y: [0, 0, 0, 6.5], products: [(0, 0, 1), (1, 1, 1), (2, 2, 1)]),
            lowerRows: [
                r([0, 0, 0], [2, 3, 4, 1], .atLeast, 9)
            ],
            optimistic: .init(value: 31.5, x: [13, 19.5, 26])),
        SmallBilevelProblem(
            name: "milp_price_battery_excl_3h",
            source: "own: 3-hour prices (may be negative, mean <= 4), battery with charge/discharge "
                + "exclusivity (binaries matter when a price is negative), loss 10 % each way",
            x: Array(repeating: b(-3, 9), count: 3),
            y: [
                b(0, 2), b(0, 2), b(0, 2), b(0, 2), b(0, 2), b(0, 2), b(0, 1, isInteger: true),
                b(0, 1, isInteger: true), b(0, 1, isInteger: true),
            ],
            upper: .init(
                maximised: true,
                constant: -11,
                x: [1, 2, 1],
                y: [-1, -4, -2, 1, 4, 2, 0, 0, 0],
                products: [(0, 0, 1), (0, 3, -1), (1, 1, 1), (1, 4, -1), (2, 2, 1), (2, 5, -1)]),
            lower: .init(
                x: [1, 2, 1],
                y: [0, 0, 0, 0.1, 0.1, 0.1, 0, 0, 0],
                products: [(0, 0, 1), (0, 3, -1), (1, 1, 1), (1, 4, -1), (2, 2, 1), (2, 5, -1)]),
            upperRows: [
                r([1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0], .atMost, 12)
            ],
            lowerRows: [
                r([0, 0, 0], [1, 0, 0, 0, 0, 0, -2, 0, 0], .atMost, 0),
                r([0, 0, 0], [0, 1, 0, 0, 0, 0, 0, -2, 0], .atMost, 0),
                r([0, 0, 0], [0, 0, 1, 0, 0, 0, 0, 0, -2], .atMost, 0),
                r([0, 0, 0], [0, 0, 0, 1, 0, 0, 2, 0, 0], .atMost, 2),
                r([0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 2, 0], .atMost, 2),
                r([0, 0, 0], [0, 0, 0, 0, 0, 1, 0, 0, 2], .atMost, 2),
                r([0, 0, 0], [0.9, 0, 0, -1.1111111111111112, 0, 0, 0, 0, 0], .atLeast, -1),
                r([0, 0, 0], [0.9, 0, 0, -1.1111111111111112, 0, 0, 0, 0, 0], .atMost, 2),
                r([0, 0, 0], [0.9, 0.9, 0, -1.1111111111111112, -1.1111111111111112, 0, 0, 0, 0], .atLeast, -1),
                r([0, 0, 0], [0.9, 0.9, 0, -1.1111111111111112, -1.1111111111111112, 0, 0, 0, 0], .atMost, 2),
                r(
                    [0, 0, 0], [0.9, 0.9, 0.9, -1.1111111111111112, -1.1111111111111112, -1.1111111111111112, 0, 0, 0],
                    .atLeast, 0),
                r(
                    [0, 0, 0], [0.9, 0.9, 0.9, -1.1111111111111112, -1.1111111111111112, -1.1111111111111112, 0, 0, 0],
                    .atMost, 2),
            ],
            optimistic: .init(value: 10.503713127886156, x: [3.679007633587786, 4.641984732824428, 3.679007633587786])),
    ]
}
