import Energy
import Testing

@testable import CaseFiles

@Suite struct SchemaTests {
    @Test func everyKeyIsExplained() {
        for row in CaseSchema.rows {
            #expect(!row.kind.isEmpty && !row.meaning.isEmpty, "\(row)")
            #expect(
                row.meaning.hasSuffix(".") || row.meaning.hasSuffix("away."),
                "\(row.section).\(row.name): \(row.meaning)")
        }
    }

    @Test func keysAreUniqueWithinASection() {
        for section in CaseSchema.sections() {
            let names = CaseSchema.rows(of: section).map(\.name)
            #expect(Set(names).count == names.count, "\(section.path)")
        }
    }

    @Test func everyComponentIsInTheText() {
        let text = CaseSchema.text()
        for type in ComponentCatalogue.standard.devices {
            #expect(text.contains("devices.<name> of type \(type.type)"))
        }
        for type in ComponentCatalogue.standard.flexibilities {
            #expect(text.contains("flexibility.<name> of type \(type.type)"))
        }
        let fleets = CaseSchema.rows.filter { $0.section == CaseSchema.chargingFleet.path }.map(\.name)
        #expect(fleets == ChargingFleet.attributes.map(\.name) + ["sessions", "sampling"])
        #expect(text.contains("individual (true or false): Whether each vehicle is scheduled by itself"))
        #expect(text.contains("capacity (number or {min, max}; kWh;"))
        #expect(text.contains("default 0.95"))
    }

    @Test func theGridsKeysAreTheMarketsOwn() {
        #expect(CaseSchema.gridBuy.attributes.map(\.name) == ["price", "max", "co2"])
        #expect(CaseSchema.gridSell.attributes.map(\.name) == ["price", "max"])
        #expect(CaseSchema.grid.attributes.map(\.name) == ["carrier", "available"])
    }

    @Test func nearWordsAreFound() {
        #expect(Nearest.word(to: "capcity", among: ["capacity", "carrier"]) == "capacity")
        #expect(Nearest.word(to: "chrage", among: ["charge"]) == "charge")
        #expect(Nearest.word(to: "zone", among: ["region"]) == nil)
        #expect(Nearest.word(to: "x", among: ["y"]) == nil)
        #expect(Nearest.word(to: "ab", among: ["cd"]) == nil)
    }
}
