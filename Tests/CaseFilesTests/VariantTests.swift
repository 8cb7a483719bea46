import Energy
import Foundation
import Testing

@testable import CaseFiles

@Suite struct VariantTests {
    @Test func replacesAValue() throws {
        let varied = try Workshop.read(GoodCase.files, variant: "no_v2g")
        #expect(varied.variant == "no_v2g")
        #expect(varied.fleets["plaza"]?.v2g == false)
        #expect(try Workshop.read(GoodCase.files).fleets["plaza"]?.v2g == true)
    }

    @Test func nullTakesAway() throws {
        let varied = try Workshop.read(GoodCase.files, variant: "no_station")
        #expect(varied.followers == ["residential", "commercial", "industrial"])
        #expect(varied.fleets.isEmpty)
        #expect(!varied.prices.map(\.name).contains("prices.ev_sell"))
        #expect(
            varied.warnings.map(\.rendered) == [
                "case.yaml:6:20  warning: tables.sessions: is declared, but nothing uses it."
            ])
    }

    @Test func replacesAWholeMap() throws {
        let varied = try Workshop.read(GoodCase.files, variant: "cheap_gas")
        #expect(varied.system.carriers[2].price?.first == 0.2)
        #expect(varied.system.carriers[2].color == nil)
    }

    @Test func addsADevice() throws {
        let varied = try Workshop.read(GoodCase.files, variant: "battery")
        #expect(varied.system.parties[0].components.last is Storage)
        #expect(varied.listing.contains { $0.path == "operator.devices.battery.capacity" && $0.value == "1000" })
    }

    @Test func carbonCanBeSwitchedOff() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml.replacing("carbon.ladder.growth: 0", with: "carbon.enabled: false")
        let varied = try Workshop.read(files, variant: "flat_carbon")
        #expect(varied.system.parties.allSatisfy { $0.carbon == nil })
        files["case.yaml"] = GoodCase.yaml.replacing("carbon.ladder.growth: 0", with: "carbon: null")
        #expect(try Workshop.read(files, variant: "flat_carbon").system.parties.allSatisfy { $0.carbon == nil })
    }

    /// A mistake in a variant is told when the case is checked, not when the variant is asked for.
    @Test func mistakesInVariantsAreFoundWithoutThem() throws {
        func complaints(_ changes: String) throws -> [String] {
            let yaml = GoodCase.yaml.replacing("carbon.ladder.growth: 0", with: changes)
            return try Workshop.withFolder(
                GoodCase.files.merging(["case.yaml": yaml]) { $1 }.mapValues { Data($0.utf8) }
            ) { folder in
                let source = try CaseReader.read(folder)
                return CaseReader.mistakesInVariants(of: source, at: folder).map { "\($0.path): \($0.message)" }
            }
        }
        #expect(try complaints("carbon.ladder.growth: 0").isEmpty)
        #expect(
            try complaints("carbon.enabld: false") == [
                "carbon.enabld: unknown key. Did you mean 'enabled'? (In the variant 'flat_carbon'.)"
            ])
        #expect(
            try complaints("carbon.ladder.growth: -1") == [
                "carbon.ladder.growth: -1 is outside 0 … 1000. (In the variant 'flat_carbon'.)"
            ])
    }
}
