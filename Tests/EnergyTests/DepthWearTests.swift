import Energy
import Foundation
import LinearModels
import Testing

/// Wear that grows with the depth of a step, against the curve itself.
@Suite struct DepthWearTests {
    private static func values(pieces: Int, _ more: [String: AttributeValue] = [:]) -> [String: AttributeValue] {
        let common: [String: AttributeValue] = [
            "capacity": .number(100), "power": .number(100), "initial_soc": .number(1), "cyclic": .flag(false),
            "charge_efficiency": .number(1), "discharge_efficiency": .number(1), "depth_wear": .number(2),
            "wear_pieces": .count(pieces),
        ]
        return common.merging(more) { $1 }
    }

    /// CNY for giving a power for a step, which nothing else could give.
    private func wear(_ power: Double, pieces: Int, hours: Double = 1) throws -> Double {
        var park = TinyPark()
        park.time = TimeGrid(steps: 1, hours: hours)
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [power])]
        park.components = [try make(Storage.self, "battery", Self.values(pieces: pieces), time: park.time)]
        let answer = try park.solve()
        #expect(answer.audit.holds)
        return answer.cost
    }

    /// At the ends of the pieces the cost is the curve's: 2 (0.5)^1.5 * 50 at half the capacity.
    @Test(arguments: [(1, [100.0]), (2, [50, 100]), (4, [25, 50, 75, 100]), (8, [12.5, 62.5])] as [(Int, [Double])])
    func exactAtTheEndsOfPieces(pieces: Int, powers: [Double]) throws {
        for power in powers { #expect(near(try wear(power, pieces: pieces), 2 * pow(power / 100, 1.5) * power)) }
    }

    /// Between the ends a chord lies above the curve, by `capacity h^2 / 8` times the greatest curvature of
    /// `2 u^2.5`, 7.5, at the most. Twice as many pieces leave about a quarter: 32.6 % of the greatest cost with
    /// one piece, 10.1 % with two, 2.7 % with four, 0.7 % with eight, 0.2 % with sixteen.
    @Test func theErrorFallsAsPiecesAreAdded() throws {
        let powers = stride(from: 1.0, through: 100, by: 1).map(\.self)
        var errors: [Double] = []
        for pieces in [1, 2, 4, 8, 16] {
            let gaps = try powers.map { try wear($0, pieces: pieces) - 2 * pow($0 / 100, 1.5) * $0 }
            #expect(gaps.allSatisfy { $0 >= -1e-7 })
            let width = 1 / Double(pieces)
            let bound: Double = 100 * 7.5 * width * width / 8
            let most = gaps.max() ?? .infinity
            #expect(most <= bound)
            if let before = errors.last { #expect(most < before / 2.5 && most > before / 4.5) }
            errors.append(most)
        }
        let shares = errors.map { ($0 / 200 * 1000).rounded() / 10 }
        #expect(shares == [32.6, 10.1, 2.7, 0.7, 0.2])
    }

    /// Half an hour at twice the power gives as much, and wears as much: depth is energy over capacity.
    @Test func depthIsTheEnergyOfAStep() throws {
        // Pieces of one sixteenth of the capacity both: half of it is all that half an hour gives.
        #expect(near(try wear(80, pieces: 8, hours: 0.5), try wear(40, pieces: 16)))
    }

    /// 60 kWh at one price in two hours, and for nothing else: 30 in each, not all in one, as a wear by the kWh alone
    /// would leave open. Deep discharge costs 2 (0.3)^1.5 a kWh, with the break at 0.3.
    @Test func shallowDischargesArePreferred() throws {
        var park = TinyPark()
        park.time = TimeGrid(steps: 2, hours: 1)
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [60, 60])]
        park.components = [
            try market([1, 1], time: park.time),
            try make(
                Storage.self, "battery", Self.values(pieces: 10, ["initial_soc": .number(0.6)]), time: park.time),
        ]
        let answer = try park.solve()
        #expect(answer.flow("battery", "discharge").map { $0.rounded() } == [30, 30])
        let expected: Double = 60 + 2 * 2 * pow(0.3, 1.5) * 30
        #expect(near(answer.cost, expected))
    }

    /// Beside a wear by the kWh both are paid, under one name.
    @Test func bothWearsAreOneItem() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [50])]
        park.components = [
            try make(Storage.self, "battery", Self.values(pieces: 2, ["wear_cost": .number(0.1)]))
        ]
        let answer = try park.solve()
        let expected: Double = 5 + 2 * pow(0.5, 1.5) * 50
        #expect(answer.party.costs.map(\.item) == ["wear"] && near(answer.cost, expected))
    }

    /// An exponent of 0 is a cost by the kWh, whatever the pieces.
    @Test(arguments: [1, 5]) func anExponentOfNothingIsAWearByTheKilowattHour(pieces: Int) throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [37])]
        park.components = [
            try make(Storage.self, "battery", Self.values(pieces: pieces, ["wear_exponent": .number(0)]))
        ]
        #expect(near(try park.solve().cost, 74))
    }

    /// A capacity that is decided costs what the number does.
    @Test func decidedCapacitiesAreTheFixedOnes() throws {
        var park = TinyPark()
        park.time = TimeGrid(steps: 6, hours: 0.5)
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [40, 30, 60, 50, 20, 70])]
        func solve(_ capacity: AttributeValue) throws -> BuiltSystem {
            var values = Self.values(pieces: 5, ["capacity": capacity, "cyclic": .flag(true), "duration": .number(2)])
            values["power"] = nil
            park.components = [
                try market([0.3, 0.2, 1.6, 0.9, 0.5, 1.8], time: park.time),
                try make(Storage.self, "battery", values, time: park.time),
            ]
            return try park.built()
        }
        let built = try solve(.range(0...200))
        let session = try SolverSession(built.model)
        var costs: [Double] = []
        for size in [200.0, 0, 60] {
            try session.set(try #require(built.model.parameters.first), to: size)
            #expect(try session.solve() == .optimal)
            _ = try solve(.number(size))
            #expect(near(session.objectiveValue, try park.solve().cost), "\(size)")
            costs.append(session.objectiveValue)
        }
        #expect(costs[0] < costs[2] && costs[2] < costs[1])
    }

    @Test func whatHasNoEffectIsRefused() {
        let battery: [String: AttributeValue] = ["capacity": .number(10), "power": .number(1)]
        func refused(_ more: [String: AttributeValue]) -> String { refusal(Storage.self, battery.merging(more) { $1 }) }
        #expect(
            refused(["wear_pieces": .count(3)])
                == "wear_pieces: has no effect without depth_wear. Give it, or take this out.")
        #expect(
            refused(["wear_exponent": .number(2)])
                == "wear_exponent: has no effect without depth_wear. Give it, or take this out.")
        #expect(
            refused(["depth_wear": .number(1), "simultaneous": .flag(true)]).hasPrefix("depth_wear: is of a battery"))
    }
}
