import Energy
import LinearModels
import Testing

@Suite struct MarketTests {
    @Test func sellingAboveTheBuyingPriceIsNotAMoneyMachine() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [10])]
        park.components = [try market([0.5], time: park.time, sell: [0.8], maximum: 100)]
        let answer = try park.solve()
        #expect(near(answer.cost, 5))
        #expect(min(answer.flow("grid", "buy")[0], -answer.flow("grid", "sell")[0]) < 1e-9)
    }

    @Test func sellingNeedsAPrice() {
        #expect(
            refusal(MarketExchange.self, ["buy_price": .series([1]), "buy_max": .number(1), "sell_max": .number(1)])
                .contains("without a price"))
    }
}

@Suite struct CarbonTests {
    static func account(_ reward: CarbonAccount.Reward) -> CarbonAccount {
        CarbonAccount(fixedQuota: 100, basePrice: 0.2, interval: 50, growth: 0.5, steps: 3, reward: reward)
    }

    /// By hand: 0.2, 0.3 and 0.4 a kg in steps of 50 kg above the quota; the last goes on.
    @Test(arguments: [(0.0, 0.0), (50, 10), (100, 25), (150, 45), (230, 77)])
    func ladderByHand(excess: Double, cost: Double) throws {
        let account = Self.account(.none)
        #expect(near(account.cost(of: excess), cost))
        #expect(near(try account.cost(from: -100, to: 400).value(at: excess), cost))
    }

    @Test func rewardsByHand() {
        #expect(near(Self.account(.flat(price: 0.1)).cost(of: -80), -8))
        let expected1: Double = -(50 * 0.2 + 30 * 0.3)
        #expect(near(Self.account(.stepped(growth: 0.5)).cost(of: -80), expected1))
        #expect(Self.account(.none).cost(of: -80) == 0)
        #expect(Self.account(.flat(price: 0.2)).isConvex && !Self.account(.stepped(growth: 0.5)).isConvex)
    }

    /// A park that can abate: gas emits 1 kg a kWh at 1 CNY, clean supply costs more. The emission that minimises the
    /// whole cost is compared with a search over all emissions, for rewards with and without binaries.
    @Test(
        arguments: [CarbonAccount.Reward.none, .flat(price: 0.15), .stepped(growth: 0.5)],
        [1.05, 1.16, 1.22, 1.27, 1.33, 1.5])
    func costEqualsBruteForce(reward: CarbonAccount.Reward, clean: Double) throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity"), Carrier(name: "gas", price: [1], emissionFactor: 1)]
        park.demand = [("electricity", [300])]
        park.carbon = Self.account(reward)
        park.components = [
            try make(
                Converter.self, "engine",
                [
                    "capacity": .number(300), "inputs": .perCarrier([CarrierAmount("gas", 1)]),
                    "outputs": .perCarrier([CarrierAmount("electricity", 1)]),
                ]),
            try market([clean], time: park.time),
        ]
        let answer = try park.solve()
        let best =
            (0...600).map { k -> Double in
                let emission = Double(k) / 2
                return emission + clean * (300 - emission) + Self.account(reward).cost(of: emission - 100)
            }.min() ?? .nan
        #expect(near(answer.cost, best))
        #expect(answer.audit.holds)
    }

    /// The stepped reward is not convex: its relaxation would sell the dearest kilograms first, and answers too low.
    @Test func relaxingTheSteppedRewardAnswersWrongly() throws {
        let function = try Self.account(.stepped(growth: 0.5)).cost(from: -100, to: 200)
        #expect(!function.isConvex)
        var relaxed = LinearModel()
        let emission = try relaxed.variable("emission", in: -40 ... -40)
        var abscissa = LinearExpression(function.x[0])
        var cost = LinearExpression(function.y[0])
        for (i, slope) in function.slopes.enumerated() {
            let piece = try relaxed.variable("piece@\(i)", in: 0...(function.x[i + 1] - function.x[i]))
            abscissa += piece
            cost += slope * piece
        }
        try relaxed.add(emission - abscissa == 0, named: "argument")
        try relaxed.minimise(cost)
        let session = try SolverSession(relaxed)
        try session.solve()
        let truth = Self.account(.stepped(growth: 0.5)).cost(of: -40)
        #expect(near(truth, -8))
        #expect(session.objectiveValue < truth - 1)
        var exact = LinearModel()
        let at = try exact.variable("emission", in: -40 ... -40)
        try exact.minimise(try exact.piecewiseLinear(function, of: at, use: .minimised, named: "ladder"))
        let proved = try SolverSession(exact)
        try proved.solve()
        #expect(near(proved.objectiveValue, truth))
    }

    @Test func anUnboundedAccountIsRefused() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [1])]
        park.carbon = Self.account(.none)
        park.components = [try market([1], time: park.time)]
        #expect(throws: InputProblem.self) { try park.solve() }
    }
}
