import Testing

@testable import CaseFiles

@Suite struct TemplateTests {
    @Test func aNewCaseIsGood() throws {
        let files = Dictionary(uniqueKeysWithValues: CaseTemplate.files(name: "mine").map { ($0.path, $0.text) })
        let new = try Workshop.read(files)
        #expect(new.name == "mine")
        #expect(new.warnings.isEmpty)
        for variant in new.variants { _ = try Workshop.read(files, variant: variant) }
    }
}
