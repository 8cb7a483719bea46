import Energy
import Testing

@Suite struct SimultaneousStoreTests {
    /// Who is paid to take heat loses what he can: a tank that takes in c and gives d at once keeps its content with d
    /// = 0.95 * 0.95 c, and c + d is its power. By hand; a store that does one or the other loses nothing.
    @Test func sharesItsPower() throws {
        for (simultaneous, lost) in [(true, 50 * (1 - 0.9025) / 1.9025), (false, 0)] {
            var park = TinyPark()
            park.carriers = [Carrier(name: "heat", price: [-1])]
            park.demand = [("heat", [10])]
            park.components = [
                try make(
                    Storage.self, "tank",
                    [
                        "carrier": .text("heat"), "capacity": .number(100), "duration": .number(2),
                        "simultaneous": .flag(simultaneous),
                    ])
            ]
            #expect(try park.built().model.hasIntegers != simultaneous)
            let answer = try park.solve()
            #expect(answer.audit.holds)
            #expect(near(answer.cost, -10 - lost))
        }
    }
}
