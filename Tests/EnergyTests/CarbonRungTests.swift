import Testing

@testable import Energy

@Suite struct CarbonRungTests {
    /// The area below the rungs between zero and an excess is what the excess costs.
    @Test(arguments: [CarbonAccount.Reward.none, .flat(price: 0.2), .stepped(growth: 0.4)])
    func rungsAreTheSlopeOfTheCost(reward: CarbonAccount.Reward) {
        for steps in [1, 2, 5] {
            let account = CarbonAccount(basePrice: 0.25, interval: 100, growth: 0.3, steps: steps, reward: reward)
            let rungs = account.rungs(from: -730, to: 960)
            #expect(rungs.first?.from == -730 && rungs.last?.to == 960)
            for (a, b) in zip(rungs, rungs.dropFirst()) { #expect(a.to == b.from && a.from < a.to) }
            for excess in stride(from: -730.0, through: 960, by: 13) {
                let area = rungs.reduce(0.0) { sum, rung in
                    let (low, high) = (max(rung.from, min(0, excess)), min(rung.to, max(0, excess)))
                    return sum + max(0, high - low) * rung.price * (excess < 0 ? -1 : 1)
                }
                #expect(abs(area - account.cost(of: excess)) < 1e-9 * max(1, abs(area)), "\(steps) \(excess)")
            }
        }
        #expect(
            CarbonAccount(basePrice: 1, interval: 10, growth: 0, steps: 1, reward: .none).rungs(from: 0, to: 5).count
                == 1)
    }
}
