import Foundation
import Testing

@testable import CaseFiles

/// Values laid over the numbers of a case, one point after the other.
@Suite struct SweepTests {
    static let files = CaseTemplate.files(name: "park").reduce(into: [String: Data]()) { $0[$1.0] = Data($1.1.utf8) }

    private func values(_ text: String) throws -> [Double] { try SweepAxis(text).values.compactMap(\.number) }

    @Test func rangesAndLists() throws {
        #expect(try values("a.b=0.1:0.6:6") == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
        #expect(try values("a.b=30:70:5") == [30, 40, 50, 60, 70])
        #expect(try values("a.b=1:-1:3") == [1, 0, -1])
        #expect(try values("a.b= 5, 2.5 ,1e3") == [5, 2.5, 1000])
        let axis = try SweepAxis("variant=one,two")
        #expect(axis.isOfVariants && axis.values.map(\.text) == ["one", "two"])
    }

    /// A point is the case with the number written by hand, its unit kept.
    @Test func aPointIsTheCaseEditedByHand() throws {
        func listing(_ yaml: String) throws -> [ListedValue] {
            var files = Self.files
            files["case.yaml"] = Data(yaml.utf8)
            return try Workshop.withFolder(files) { try CaseReader.read($0) }.listing
        }
        let yaml = String(decoding: try #require(Self.files["case.yaml"]), as: UTF8.self)
        for (path, old, new, value) in [
            ("grid.buy.max", "max: 3 MW", "max: 2.5 MW", 2.5),
            ("carbon.ladder.base_price", "base_price: 0.25 CNY/kg", "base_price: 0.3 CNY/kg", 0.3),
            ("carbon.ladder.steps", "steps: 5", "steps: 4", 4),
            ("users.homes.flexibility.warmth.share", "carrier: heat, share: 0.1", "carrier: heat, share: 0.2", 0.2),
            ("operator.devices.chp.capacity", "chp, capacity: 500 kW", "chp, capacity: 450 kW", 450),
        ] {
            #expect(yaml.contains(old))
            let point = try Workshop.withFolder(Self.files) {
                try CaseReader.read($0, numbers: [CaseNumber(path: path, value: value)])
            }
            #expect(try point.listing == listing(yaml.replacing(old, with: new)), "\(path)")
            #expect(old.hasSuffix(point.numbers[0].unit))
        }
    }

    /// A key that the case leaves out is as written by hand, too, with its section where that is left out.
    @Test func aPointMaySetWhatTheCaseLeavesOut() throws {
        // By name: what is added stands at another place of the file.
        func values(_ yaml: String, variant: String? = nil, _ numbers: [CaseNumber] = []) throws -> [String: String] {
            var files = Self.files
            files["case.yaml"] = Data(yaml.utf8)
            let source = try Workshop.withFolder(files) {
                try CaseReader.read($0, variant: variant, numbers: numbers)
            }
            return Dictionary(source.listing.map { ($0.path, $0.value) }) { first, _ in first }
        }
        let yaml = String(decoding: try #require(Self.files["case.yaml"]), as: UTF8.self)
        let bare = try yaml.replacing(Regex("(?m)^game:\n( .*\n)*"), with: "")
        #expect(bare != yaml && !bare.contains("game:"))
        let byHand = bare + "game: {tick: 0.01}\n"
        #expect(try values(bare, [CaseNumber(path: "game.tick", value: 0.01)]) == values(byHand))
        #expect(try values(byHand)["game.tick"] == "0.01" && values(bare)["game.tick"] == nil)
        let ticked = bare.replacing("  no_carbon:", with: "  ticked: {game.tick: 0.01}\n  no_carbon:")
        #expect(try values(ticked, variant: "ticked") == values(byHand))
        let path = "operator.prices.electricity_sell.levels"
        #expect(try values(yaml, [CaseNumber(path: path, value: 3)])[path] == "3")
    }

    /// A number that variants write in different units has no unit of its own.
    @Test func aNumberHasOneUnitInAllVariants() throws {
        let yaml = String(decoding: try #require(Self.files["case.yaml"]), as: UTF8.self)
        var files = Self.files
        files["case.yaml"] = Data(
            yaml.replacing("  no_carbon:", with: "  small: {grid.buy.max: 900 kW}\n  no_carbon:").utf8)
        try Workshop.withFolder(files) { folder in
            do {
                _ = try SweepGrid(
                    folder, variant: nil, over: [SweepAxis("variant=no_v2g,small"), SweepAxis("grid.buy.max=1,2")])
                Issue.record("it was taken")
            } catch let error as CaseFileError {
                #expect(error.description.contains("is written in MW, or in kW, by the variant"))
            }
        }
    }

    /// The grid has every combination, and variants lie under the numbers.
    @Test func aGridIsEveryCombination() throws {
        let grid = try Workshop.withFolder(Self.files) {
            try SweepGrid(
                $0, variant: nil,
                over: [SweepAxis("variant=no_v2g,no_carbon"), SweepAxis("carbon.ladder.base_price=0.1,0.2")])
        }
        #expect(
            grid.points.map { $0.values.map(\.text) } == [
                ["no_v2g", "0.1"], ["no_v2g", "0.2"], ["no_carbon", "0.1"], ["no_carbon", "0.2"],
            ])
        #expect(grid.points.map(\.source.variant) == ["no_v2g", "no_v2g", "no_carbon", "no_carbon"])
        #expect(grid.points[1].source.listing.contains { $0.path == "carbon.ladder.base_price" && $0.value == "0.2" })
    }

    static let mistakes: [([String], String)] = [
        (["carbon"], "--over carbon  does not say what to sweep over. Write it as carbon.ladder.base_price=0.1:0.6:6."),
        (["a=0.1:0.6"], "--over a=0.1:0.6  '0.1:0.6' is not a range. Write it as from:to:steps, such as 0.1:0.6:6."),
        (
            ["a=0:1:1"],
            "--over a=0:1:1  '1' is not a number of values. Write a whole number from 2 to 10000, both ends counted."
        ),
        (["a=2:2:3"], "--over a=2:2:3  the range begins where it ends. Give two ends, or one number."),
        (["a=1,2,1"], "--over a=1,2,1  1 appears twice. Take one out."),
        (
            ["a=1,x"],
            "--over a=1,x  'x' is not a number. Write from:to:steps, or numbers with commas, in the unit that the case writes there."
        ),
        (
            ["variant=a,,b"],
            "--over variant=a,,b  a name is missing. Write variants with commas between them: variant=a,b."
        ),
        (
            ["carbon.ladder.base_prize=1,2"],
            "--over carbon.ladder.base_prize=1,2  carbon.ladder.base_prize: unknown key. Did you mean 'base_price'?"
        ),
        (
            ["carbon.lader.growth=1,2"],
            "--over carbon.lader.growth=1,2  there is no 'lader' in 'carbon'. Did you mean 'ladder'?"
        ),
        (["carbon.=1,2"], "--over carbon.=1,2  there is no '' in 'carbon'. Known here: payer, quota, ladder."),
        (
            ["operator.prices.electricity_sell.levels=0,3"],
            "--over operator.prices.electricity_sell.levels=0,3  operator.prices.electricity_sell.levels: 0 is outside 1 … 100000."
        ),
        (
            ["carbon.ladder=1,2"],
            "--over carbon.ladder=1,2  a map is there (case.yaml:50), which is not a number. Name a number in it, as carbon.ladder.base_price."
        ),
        (
            ["carbon.payer=1,2"],
            "--over carbon.payer=1,2  'operator' is there (case.yaml:48), which is not a number."
        ),
        (
            ["carbon.payer.name=1,2"],
            "--over carbon.payer.name=1,2  'carbon.payer' is 'operator', no map, so it has no 'name'."
        ),
        (
            ["time.start=1,2"],
            "--over time.start=1,2  '2024-01-15T00:00' is there (case.yaml:5), which is not a number."
        ),
        (
            ["case.schema=1,2"],
            "--over case.schema=1,2  'case' says how the case is read, so no number of it can be changed."
        ),
        (
            ["carbon.ladder.base_price=-1,0.1"],
            "case.yaml:50:24  carbon.ladder.base_price: -1 CNY/kg is below 0 CNY/kg, the least allowed. (At carbon.ladder.base_price=-1.)"
        ),
        (
            ["carbon.ladder.steps=5,5.5"],
            "case.yaml:50:76  carbon.ladder.steps: '5.5' is not a whole number. (At carbon.ladder.steps=5.5.)"
        ),
        (
            ["grid.buy.max=1,2", "grid.buy.max=3,4"],
            "--over grid.buy.max=3,4  grid.buy.max is swept over already. Take one of them out."
        ),
        (
            ["grid.buy.max=1:2:200", "carbon.ladder.growth=0:1:200"],
            "--over carbon.ladder.growth=0:1:200  there are more than 10000 points in all. Take fewer values."
        ),
        (
            ["variant=no_v2k,no_v2g"],
            "case.yaml:56:1  variants: there is no variant 'no_v2k'. Did you mean 'no_v2g'? (At variant=no_v2k.)"
        ),
    ]

    @Test(arguments: mistakes) func mistakesAreNamed(over: [String], message: String) throws {
        try Workshop.withFolder(Self.files) { folder in
            do {
                _ = try SweepGrid(folder, variant: nil, over: over.map { try SweepAxis($0) })
                Issue.record("\(over) was taken")
            } catch let error as CaseFileError {
                #expect(error.diagnostics.map(\.rendered) == [message])
            }
        }
    }

    @Test func aVariantIsChosenOnce() throws {
        _ = try Workshop.withFolder(Self.files) { folder in
            #expect(throws: CaseFileError.self) {
                _ = try SweepGrid(folder, variant: "no_v2g", over: [SweepAxis("variant=no_carbon")])
            }
        }
    }
}
