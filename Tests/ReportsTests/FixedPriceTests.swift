import Energy
import Testing

@testable import Reports

@Suite struct FixedPriceTests {
    /// Trades at one price are one price: of a seller to all its buyers, or of a buyer from all its sellers.
    @Test func tradesAtOnePriceAreTold() {
        func trade(_ seller: String, _ buyer: String, _ price: Price, _ carrier: String = "heat") -> Trade {
            Trade(
                name: "\(seller) \(buyer) \(carrier)", seller: seller, buyer: buyer, carrier: carrier, price: price,
                limit: [.infinity, .infinity])
        }
        let system = EnergySystem(
            time: TimeGrid(steps: 2, hours: 1), carriers: [], parties: [],
            trades: [
                trade("park", "a", .fixed([1, 2])), trade("park", "b", .fixed([1, 2])),
                trade("a", "park", .fixed([1, 1])), trade("b", "park", .fixed([1, 1])),
                trade("park", "c", .fixed([3, 3])), trade("park", "c", .fixed([1, 2]), "power"),
                trade("park", "d", .posted(name: "p", index: [0, 0], factor: 1)),
            ])
        let all = FixedPrice.all(in: system)
        #expect(all.map(\.name) == ["price to a, b", "price from a, b", "price to c", "price to c"])
        #expect(all.map(\.party) == ["park", "park", "park", "park"])
        #expect(all.map(\.carrier) == ["heat", "heat", "heat", "power"])
        #expect(all.map(\.values) == [[1, 2], [1, 1], [3, 3], [1, 2]])
        let many = EnergySystem(
            time: TimeGrid(steps: 1, hours: 1), carriers: [], parties: [],
            trades: (1...6).map { trade("park", "u\($0)", .fixed([1])) })
        #expect(FixedPrice.all(in: many).map(\.name) == ["price to u1, u2, u3 and 3 others"])
    }
}
