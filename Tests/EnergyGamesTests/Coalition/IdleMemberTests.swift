import Energy
import EnergyGames
import Testing

/// Two parties who trade beside one who does not: prices that reach two of three, by hand.
@Suite struct IdleMemberTests {
    /// The mill trades nothing. The farm sells 100 kWh to the homes at 0.1 to 0.3 CNY/kWh, 10 to 30 CNY.
    private static let terms: CoalitionTerms = {
        func offer(_ seller: String, _ buyer: String) -> CoalitionTerms.Offer {
            CoalitionTerms.Offer(
                trade: Trade(
                    name: "\(seller).\(buyer)", seller: seller, buyer: buyer, carrier: "electricity",
                    price: .fixed([0.2]), limit: [500], fee: 0), lower: [0.1], upper: [0.3])
        }
        return CoalitionTerms(
            members: ["mill", "farm", "homes"].map { CoalitionTerms.Member($0) },
            offers: [offer("farm", "homes"), offer("mill", "homes")])
    }()
    private static let energy = [[100.0], [0.0]]

    /// Prices may miss sums by 1e-7 of the largest, here 7e-6 CNY.
    private static func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 }
    }

    /// Of 20 CNY gained each of the two who trade has 10 where the homes pay 20, 0.2 a kWh.
    @Test func thePriceIsHalfWay() throws {
        let agreement = try CoalitionAgreement(Self.terms, energy: Self.energy, before: [0, -10, 30], game: nil)
        #expect(agreement.prices.outcome == .realised)
        #expect(Self.isNear(agreement.prices.payments, [0, -20, 20]))
        #expect(Self.isNear(agreement.gains, [0, 10, 10]))
        #expect(Self.isNear([agreement.prices.prices[0][0] ?? .nan], [0.2]) && agreement.prices.prices[1] == [nil])
    }

    /// Of 60 CNY each would have 30, at 0.4 a kWh. At most 0.3 may be paid.
    @Test func theBandBinds() throws {
        let agreement = try CoalitionAgreement(Self.terms, energy: Self.energy, before: [0, -10, 70], game: nil)
        #expect(agreement.prices.outcome == .bounded)
        #expect(Self.isNear(agreement.gains, [0, 20, 40]))
        #expect(Self.isNear(agreement.prices.missing.map { abs($0) }, [0, 10, 10]))
    }

    /// A division that gives the mill something: no price of the others' trade brings it there.
    @Test func whoTradesNothingIsPaidNothing() throws {
        let prices = try TradePrices(
            Self.terms, energy: Self.energy, before: [0, -10, 30], shares: [6, 7, 7], weights: nil)
        #expect(prices.outcome == .bounded)
        #expect(prices.payments[0] == 0 && abs(abs(prices.missing[0]) - 6) < 1e-6)
        let gains = prices.gains(before: [0, -10, 30])
        #expect(Self.isNear([gains.reduce(0, +), gains[0]], [20, 0]) && gains[1] >= 7 - 1e-6 && gains[2] >= 7 - 1e-6)
    }

    /// A mill that is worse off by 5 CNY gets them beside the prices, as no price can give it anything.
    @Test func whoTradesNothingAndIsWorseOff() throws {
        let (before, shares) = ([-5.0, -10, 30], [5.0, 5, 5])
        let prices = try TradePrices(
            Self.terms, energy: Self.energy, before: before, shares: shares, weights: [1, 1, 1])
        #expect(prices.outcome == .insufficient)
        #expect(abs(prices.lumpSums.reduce(0, +)) < 1e-6)
        #expect(Self.isNear(prices.gains(before: before), shares))
        #expect((0.1...0.3).contains(prices.prices[0][0] ?? .nan))
    }
}
