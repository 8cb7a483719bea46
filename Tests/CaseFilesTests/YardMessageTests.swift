import Testing

@testable import CaseFiles
@testable import EnergyGames

/// What a plant's own vehicles and baseline quotas are refused for.
@Suite struct YardMessageTests {
    static let yaml = #"""
        case: {schema: 1, name: yard}
        time: {steps: 24, step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.5, max: 200, co2: 0.6}}
        operator:
          demand: {electricity: 50}
          devices:
            battery: {type: storage, capacity: {min: 0, max: 400}, duration: 5 h, investment: 700, lifetime: 12}
          fleets:
            cars:
              {flat_price: 0.5, tariff: 0.5,
               sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, soc_min: 0.1, distance_median: 30}}
        carbon: {baseline: {grid: {electricity: 0.5}}, ladder: {base_price: 0.1}}
        """#

    private static let edits: [(old: String, new: String, expected: String)] = [
        (
            "grid: {electricity: 0.5}", "gird: {electricity: 0.5}",
            "case.yaml:13:21  carbon.baseline.gird: the payer has no component 'gird'. Did you mean 'grid'?"
        ),
        (
            "distance_median: 30", "distance_median: 30, soc_mean: 0.4",
            "case.yaml:12:122  operator.fleets.cars.sampling.soc_mean: and distance_median are both given. Keep one of them."
        ),
        (
            "soc_min: 0.1", "soc_min: 0.9",
            "case.yaml:12:72  operator.fleets.cars.sampling.soc_departure: 0.9 is soc_min, which leaves nothing to drive with. Raise the one or "
                + "lower the other."
        ),
        (
            "cars:", "grid:",
            "case.yaml:10:5  operator.fleets.grid: 'grid' is the name of a part of the model. Choose another."
        ),
        (
            "flat_price: 0.5, ", "",
            "case.yaml:10:5  operator.fleets.cars: 'flat_price' is missing. Add it: what drivers pay for a kWh, whenever they charge."
        ),
    ]

    @Test func theYardIsRead() throws {
        let sizing = try SizingGame(try Workshop.read(["case.yaml": Self.yaml]))
        #expect(try sizing.solveExactly().best != nil)
    }

    @Test func eachHasPlaceFactReasonAndFix() throws {
        for edit in Self.edits {
            let text = Self.yaml.replacing(edit.old, with: edit.new, maxReplacements: 1)
            #expect(text != Self.yaml)
            let complaints = try Workshop.complaints(["case.yaml": text])
            #expect(complaints == [edit.expected])
        }
    }
}
