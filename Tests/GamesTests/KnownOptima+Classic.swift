// Published or computed optima, as facts: name and source of each stand with it.

extension KnownOptima {
    /// Textbook problems, most with the decision in right-hand sides and an optimum inside the box.
    static let classic: [SmallBilevelProblem] = [
        SmallBilevelProblem(
            name: "candler_townsley_1982",
            source: "Candler & Townsley 1982 / Bard 5.3.1 (BASBLib ct_1982_01, BOLIB CandlerTownsley1982, "
                + "TP4 of Sinha-Malo-Deb)",
            x: Array(repeating: b(0, 2), count: 2),
            y: Array(repeating: b(0, .infinity), count: 3),
            upper: .init(x: [-8, -4], y: [4, -40, -4]),
            lower: .init(x: [1, 2], y: [1, 1, 2]),
            lowerRows: [
                r([0, 0], [-1, 1, 1], .atMost, 1),
                r([2, 0], [-1, 2, -0.5], .atMost, 1),
                r([0, 2], [2, -1, -0.5], .atMost, 1),
            ],
            optimistic: .init(value: -29.2, x: [0, 0.9]),
            pessimistic: .init(value: -29.2, x: [0, 0.9])),
        SmallBilevelProblem(
            name: "bard_1984_a",
            source: "Bard 1984 Ex 1 (BASBLib b_1984_01, BOLIB Bard1984a)",
            x: [b(0, 10)],
            y: [b(0, .infinity)],
            upper: .init(x: [1], y: [1]),
            lower: .init(x: [-5], y: [-1]),
            lowerRows: [
                r([1], [0.5], .atLeast, 2),
                r([-0.25], [1], .atMost, 2),
                r([1], [0.5], .atMost, 8),
                r([1], [-2], .atMost, 4),
            ],
            optimistic: .init(value: 3.111111111111111, x: [0.8888888888888888]),
            pessimistic: .init(value: 3.111111111, x: [0.888888889])),
        SmallBilevelProblem(
            name: "bard_1984_b",
            source: "BOLIB Bard1984b",
            x: [b(0, 10)],
            y: [b(0, .infinity)],
            upper: .init(x: [-5], y: [-1]),
            lower: .init(x: [0], y: [1]),
            lowerRows: [
                r([1], [0.5], .atLeast, 2),
                r([-0.25], [1], .atMost, 2),
                r([1], [0.5], .atMost, 8),
                r([1], [-2], .atMost, 4),
            ],
            optimistic: .init(value: -37.6, x: [7.2]),
            pessimistic: .init(value: -37.6, x: [7.2])),
        SmallBilevelProblem(
            name: "dempe_fbp_3_2",
            source: "Dempe, Foundations of Bilevel Programming ch.3.2 (BilevelJuMP jump_03, README example)",
            x: [b(0, 8)],
            y: [b(-.infinity, .infinity)],
            upper: .init(x: [1], y: [3]),
            lower: .init(x: [0], y: [-1]),
            upperRows: [
                r([0], [1], .atMost, 5)
            ],
            lowerRows: [
                r([1], [1], .atMost, 8),
                r([1], [4], .atLeast, 8),
                r([1], [2], .atMost, 13),
                r([-7], [2], .atMost, 0),
            ],
            optimistic: .init(value: 6.133333333333334, x: [0.5333333333333333]),
            pessimistic: .init(value: 6.133333333, x: [0.533333333])),
        SmallBilevelProblem(
            name: "dempe_2015_ex3_3",
            source: "Dempe et al. 2015 Ex 3.3 with alpha=0.2 (BilevelJuMP jump_12)",
            x: [b(-2, 2)],
            y: [b(-.infinity, .infinity), b(0, 1)],
            upper: .init(x: [0.5], y: [-1, 3]),
            lower: .init(x: [0], y: [-1, -1]),
            lowerRows: [
                r([1], [1, 0], .atMost, 1.2),
                r([-1], [1, 0], .atMost, 1),
            ],
            optimistic: .init(value: 1.95, x: [0.1]),
            pessimistic: .init(value: 1.950000003, x: [0.1])),
        SmallBilevelProblem(
            name: "hu_huang_zhang_2009",
            source: "Hu, Huang & Zhang 2009 (BOLIB)",
            x: [b(0, 3)],
            y: Array(repeating: b(0, .infinity), count: 2),
            upper: .init(x: [-4], y: [-1, -1]),
            lower: .init(x: [-1], y: [-3, 0]),
            lowerRows: [
                r([1], [1, 1], .atMost, 2.7777777777777777),
                r([1], [0, 1], .atMost, 2),
                r([0], [1, 1], .atMost, 0.8888888888888888),
            ],
            optimistic: .init(value: -8.777777777777779, x: [2]),
            pessimistic: .init(value: -8.777777777, x: [2])),
        SmallBilevelProblem(
            name: "lan_wen_shih_lee_2007",
            source: "Lan, Wen, Shih & Lee 2007 (BOLIB; best known only)",
            x: [b(0, 30)],
            y: [b(0, .infinity)],
            upper: .init(x: [2], y: [-11]),
            lower: .init(x: [1], y: [3]),
            lowerRows: [
                r([1], [-2], .atMost, 4),
                r([2], [-1], .atMost, 24),
                r([3], [4], .atMost, 96),
                r([1], [7], .atMost, 126),
                r([-4], [5], .atMost, 65),
                r([1], [4], .atLeast, 8),
            ],
            optimistic: .init(value: -85.0909090909091, x: [17.454545454545453]),
            pessimistic: .init(value: -85.090909091, x: [17.454545455])),
        SmallBilevelProblem(
            name: "mersha_dempe_2006_ex2",
            source: "Mersha & Dempe 2006 (BilevelOptimization.jl tests; BOLIB MershaDempe2006Ex2; PAO getachew_ex1)",
            x: [b(0, 20)],
            y: [b(-.infinity, .infinity)],
            upper: .init(x: [-1], y: [-2]),
            lower: .init(x: [0], y: [-1]),
            upperRows: [
                r([2], [-3], .atLeast, -12),
                r([1], [1], .atMost, 14),
            ],
            lowerRows: [
                r([-3], [1], .atMost, -3),
                r([3], [1], .atMost, 30),
            ],
            optimistic: .init(value: -20, x: [8])),
        SmallBilevelProblem(
            name: "kleinert_2021_ex1",
            source: "Kleinert 2021 thesis Ex 1 (idol examples/bilevel/kleinert-kkt), coupling",
            x: [b(0, 10)],
            y: [b(-.infinity, .infinity)],
            upper: .init(x: [1], y: [6]),
            lower: .init(x: [0], y: [-1]),
            upperRows: [
                r([-1], [5], .atMost, 12.5)
            ],
            lowerRows: [
                r([2], [-1], .atLeast, 0),
                r([1], [1], .atMost, 6),
                r([-1], [6], .atLeast, -3),
                r([1], [3], .atLeast, 3),
            ],
            optimistic: .init(value: 5.571428571428571, x: [0.42857142857142855])),
        SmallBilevelProblem(
            name: "savard_1989",
            source: "Savard 1989 thesis (BASBLib s_1989_01), upper constraint couples x and y",
            x: Array(repeating: b(0, 2), count: 2),
            y: Array(repeating: b(0, .infinity), count: 3),
            upper: .init(x: [-8, -4], y: [4, -40, 4]),
            lower: .init(x: [0, 0], y: [2, 1, 2]),
            upperRows: [
                r([1, 2], [0, 0, -1], .atMost, 1.3)
            ],
            lowerRows: [
                r([0, 0], [-1, 1, 1], .atMost, 1),
                r([4, 0], [-2, 4, -1], .atMost, 2),
                r([0, 4], [4, -2, -1], .atMost, 2),
            ],
            optimistic: .init(value: -14.6, x: [0, 0.65])),
        SmallBilevelProblem(
            name: "glackin_2009",
            source: "Glackin et al. 2009 (BOLIB), coupling absent",
            x: Array(repeating: b(0, 4), count: 2),
            y: [b(0, .infinity)],
            upper: .init(x: [-2, 4], y: [3]),
            lower: .init(x: [0, 0], y: [-1]),
            upperRows: [
                r([-1, 1], [0], .atLeast, 1)
            ],
            lowerRows: [
                r([1, 1], [1], .atMost, 4),
                r([2, 2], [1], .atMost, 6),
            ],
            optimistic: .init(value: 6, x: [1, 2]),
            pessimistic: .init(value: 6, x: [1, 2])),
        SmallBilevelProblem(
            name: "clark_westerberg_1990b",
            source: "Clark & Westerberg 1990 sec 3.1 / Floudas handbook 9.2.2 (BASBLib cw_1990_01)",
            x: [b(0, 8)],
            y: [b(0, 4), b(0, .infinity)],
            upper: .init(x: [-1], y: [-3, 2]),
            lower: .init(x: [0], y: [-1, 0]),
            lowerRows: [
                r([-2], [1, 4], .atMost, 16),
                r([8], [3, -2], .atMost, 48),
                r([-2], [1, -3], .atMost, -12),
            ],
            optimistic: .init(value: -13, x: [5]),
            pessimistic: .init(value: -5.999999983, x: [2.01])),
        SmallBilevelProblem(
            name: "benayed_blair_1990a",
            source: "Ben-Ayed & Blair 1990 (BOLIB BenAyedBlair1990a)",
            x: [b(0, 1)],
            y: Array(repeating: b(0, .infinity), count: 2),
            upper: .init(x: [-1.5], y: [-6, -1]),
            lower: .init(x: [0], y: [-1, -5]),
            lowerRows: [
                r([1], [3, 1], .atMost, 5),
                r([2], [1, 3], .atMost, 5),
            ],
            optimistic: .init(value: -2.5, x: [1]),
            pessimistic: .init(value: -2.499999999, x: [1])),
        SmallBilevelProblem(
            name: "bialas_karwan_1984a",
            source: "Bialas & Karwan 1984 (BOLIB a)",
            x: [b(0, 3)],
            y: Array(repeating: b(0, .infinity), count: 2),
            upper: .init(x: [-1], y: [0, -1]),
            lower: .init(x: [0], y: [0, -1]),
            lowerRows: [
                r([1], [1, 1], .atMost, 3),
                r([1], [1, -1], .atLeast, 1),
                r([1], [-1, -1], .atLeast, -1),
                r([-1], [1, -1], .atLeast, -1),
                r([0], [0, 1], .atMost, 0.5),
            ],
            optimistic: .init(value: -2, x: [1.5]),
            pessimistic: .init(value: -2, x: [2])),
        SmallBilevelProblem(
            name: "zeng_pess_ex",
            source: "Zeng 2020/2025 practical scheme for pessimistic bilevel (idol zeng-pess example)",
            x: Array(repeating: b(0, 10), count: 2),
            y: Array(repeating: b(0, .infinity), count: 4),
            upper: .init(x: [-8, -6], y: [-25, -30, 2, 16]),
            lower: .init(x: [0, 0], y: [-10, -10, -10, -10]),
            upperRows: [
                r([1, 1], [0, 0, 0, 0], .atMost, 10)
            ],
            lowerRows: [
                r([1, 1], [1, 1, 1, 1], .atMost, 10),
                r([-0.8, -0.8], [-1, 0, 0, 1], .atMost, 0),
                r([0, -4], [0, 1, 0, 1], .atMost, 0),
            ],
            optimistic: .init(value: -252, x: [0, 2]),
            pessimistic: .init(value: -80, x: [10, 0])),
        SmallBilevelProblem(
            name: "yezza_1996_3_1",
            source: "Yezza 1996 Ex 3.1 (BASBLib y_1996_02, Floudas 9.3.9)",
            x: [b(0, 1)],
            y: [b(0, 1)],
            upper: .init(constant: 1, x: [2], y: [3], products: [(0, 0, -4)]),
            lower: .init(constant: -2, x: [-2], y: [-1], products: [(0, 0, 4)]),
            optimistic: .init(value: 1.5, x: [0.25])),
        SmallBilevelProblem(
            name: "bard_1991_ex1",
            source: "Bard 1991 Ex 2.1 (BASBLib LP-QP/b_1991_02, Floudas 9.3.10)",
            x: [b(2, 4)],
            y: Array(repeating: b(0, 20), count: 2),
            upper: .init(x: [1], y: [0, 1]),
            lower: .init(x: [0], y: [2, 0], products: [(0, 1, 1)]),
            lowerRows: [
                r([-1], [1, 1], .atLeast, 4)
            ],
            optimistic: .init(value: 2, x: [2]),
            pessimistic: .init(value: 2.000228037, x: [2.000114012])),
        SmallBilevelProblem(
            name: "tie_trap_1",
            source: "own: degenerate tie example (follower indifferent on a segment)",
            x: [b(0, 4)],
            y: Array(repeating: b(0, .infinity), count: 2),
            upper: .init(x: [-2], y: [-3, 5]),
            lower: .init(x: [0], y: [-1, -1]),
            lowerRows: [
                r([-1], [1, 1], .atMost, 0),
                r([0], [1, 0], .atMost, 2),
            ],
            optimistic: .init(value: -10, x: [2]),
            pessimistic: .init(value: 0, x: [0])),
    ]
}
