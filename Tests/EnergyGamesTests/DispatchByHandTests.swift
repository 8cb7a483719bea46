import CaseFiles
import EnergyGames
import Testing

@testable import Energy

/// Days of the shipped cases of dispatch, beside programs written down from the papers' equations.
@Suite struct DispatchByHandTests {
    /// Of the case, or of the first scenario of one that has days.
    private static func shipped(_ name: String, _ variant: String?) throws -> (system: EnergySystem, cost: Double) {
        let source = try CaseReader.read(HandTable.cases.appendingPathComponent(name), variant: variant)
        let system = source.days.first?.system ?? source.system
        let answer = try Dispatch(system).solve()
        #expect(answer.status == .optimal)
        return (system, answer.cost)
    }

    private static func compare(_ found: Double, _ byHand: Double) {
        #expect(abs(found - byHand) <= 1e-6 * abs(byHand), "\(found) and \(byHand) by hand")
    }

    @Test(
        arguments: [
            (nil, CommunityByHand()), ("full_storage", CommunityByHand(boiler: .through(1))),
            ("half_storage", CommunityByHand(boiler: .through(0.5))),
            ("wind_controlled", CommunityByHand(boiler: .window("window_disorderly"))),
            ("improved", CommunityByHand(isImproved: true)),
            (
                "case_5",
                CommunityByHand(
                    isImproved: true, boiler: .window("window_improved"), hasPowerToGas: true, tradesCarbon: true)
            ),
        ] as [(String?, CommunityByHand)]) func community(variant: String?, byHand: CommunityByHand) throws
    {
        let shipped = try Self.shipped("cies-dispatch", variant)
        let fleet = try #require(shipped.system.parties[0].components.lazy.compactMap { $0 as? ChargingFleet }.first)
        // Its load spreads evenly over the chargers that are free; see ChargingFleetTests for it by hand.
        let signed = fleet.contractEnergy.reduce(0, +)
        let free = fleet.room.reduce(0, +) * shipped.system.time.hours
        let cars = zip(fleet.steady, fleet.room).map { $0 + (free > 0 ? $1 * signed / free : 0) }
        Self.compare(shipped.cost, try byHand.optimum(cars: cars, moved: fleet.orderedEnergy + signed))
    }

    @Test(
        arguments: [
            (nil, ExcessParkByHand()), ("scheme_2", ExcessParkByHand(carbon: .onePrice)),
            ("scheme_3", ExcessParkByHand(carbon: .none)), ("frozen_1", ExcessParkByHand(fixedQuota: 9000)),
            ("table_1_stays", ExcessParkByHand(stays: "stays_table_1")),
            ("single_vehicles", ExcessParkByHand(groups: 100)),
        ] as [(String?, ExcessParkByHand)]) func park(variant: String?, byHand: ExcessParkByHand) throws
    {
        Self.compare(try Self.shipped("carbon-excess-park", variant).cost, try byHand.optimum())
    }
}
