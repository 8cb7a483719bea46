import CaseFiles
import Energy
import EnergyGames
import Testing

/// Days of the shipped cases of dispatch, beside programs written down from the papers' equations.
@Suite struct DispatchByHandTests {
    /// Of the case, or of the first scenario of one that has days.
    private static func shipped(_ name: String, _ variant: String?) throws -> Double {
        let source = try CaseReader.read(HandTable.cases.appendingPathComponent(name), variant: variant)
        let answer = try Dispatch(source.days.first?.system ?? source.system).solve()
        #expect(answer.status == .optimal)
        return answer.cost
    }

    private static func compare(_ found: Double, _ byHand: Double) {
        #expect(abs(found - byHand) <= 1e-6 * abs(byHand), "\(found) and \(byHand) by hand")
    }

    @Test(
        arguments: [
            (nil, CommunityByHand()), ("full_storage", CommunityByHand(boiler: .through(1))),
            ("half_storage", CommunityByHand(boiler: .through(0.5))),
            ("wind_controlled", CommunityByHand(boiler: .window("window_disorderly"))),
            ("improved", CommunityByHand(charging: "improved")),
            (
                "case_5",
                CommunityByHand(
                    charging: "improved", boiler: .window("window_improved"), hasPowerToGas: true, tradesCarbon: true)
            ),
        ] as [(String?, CommunityByHand)]) func community(variant: String?, byHand: CommunityByHand) throws
    {
        Self.compare(try Self.shipped("cies-dispatch", variant), try byHand.optimum())
    }

    @Test(
        arguments: [
            (nil, ExcessParkByHand()), ("scheme_2", ExcessParkByHand(carbon: .onePrice)),
            ("scheme_3", ExcessParkByHand(carbon: .none)), ("frozen_1", ExcessParkByHand(fixedQuota: 9000)),
            ("table_1_stays", ExcessParkByHand(stays: "stays_table_1")),
            ("single_vehicles", ExcessParkByHand(groups: 100)),
        ] as [(String?, ExcessParkByHand)]) func park(variant: String?, byHand: ExcessParkByHand) throws
    {
        Self.compare(try Self.shipped("carbon-excess-park", variant), try byHand.optimum())
    }
}
