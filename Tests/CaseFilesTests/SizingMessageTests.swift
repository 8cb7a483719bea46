import Testing

@testable import CaseFiles
@testable import EnergyGames

/// What a case of sizes is refused for.
@Suite struct SizingMessageTests {
    private static let edits: [(old: String, new: String, expected: String)] = [
        (
            "{min: 0, max: 400}", "{min: 500, max: 400}",
            "case.yaml:9:46  operator.devices.battery.capacity.min: 500 kWh is above max, 400 kWh. Exchange them."
        ),
        (
            "{min: 0, max: 400}", "{min: 0}",
            "case.yaml:9:40  operator.devices.battery.capacity: 'max' is missing. Add it: upper bound of a size to be decided."
        ),
        (
            "{min: 0, max: 400}", "{min: 0, max: 4, most: 5}",
            "case.yaml:9:57  operator.devices.battery.capacity.most: unknown key. Known keys: min, max."
        ),
        (
            "weight: 200", "weight: 0",
            "case.yaml:13:20  days.bright.weight: must be above 0. Take the day out if no year has it."
        ),
        (
            "weight: 200", "",
            "case.yaml:13:3  days.bright: 'weight' is missing. Add it: number of such days, or horizons, per year."
        ),
        (
            "weight: 200", "weight: 200, time.steps: 8",
            "case.yaml:13:25  days.bright: 'time' cannot be changed by a day."
        ),
        (
            "weight: 200", "weight: 200, operator.devices.py.profile: 0",
            "case.yaml:13:25  days.bright.operator.devices.py.profile: there is no 'py' in 'operator.devices'. Known here: battery, pv, dark."
        ),
        (
            "weight: 200", "weight: 200, operator.devices.pv.investment: 5",
            "case.yaml:13:57  days.bright: operator.devices.pv.investment is not what it is in the case, but a device is bought once for "
                + "all days. Take the change out of the day."
        ),
        (
            "weight: 200", "weight: 200, operator.devices.pv.profile: [1, 2]",
            "case.yaml:13:54  days.bright: operator.devices.pv.profile: has 2 values, but the case has 4 steps."
        ),
        (
            "weight: 200", "weight: 100",
            "case.yaml:12:1  warning: days: the weights make a year of 265 days. One has 365, or 366."
        ),
        (
            "  devices:", "  prices: {electricity_sell: {min: 0.1, max: 1}}\n  devices:",
            "case.yaml:8:12  operator.prices.electricity_sell: is to be decided, but the case is one of sizing, by "
                + "operator.devices.battery.capacity. Decide the one or the other: give the price as a number or a series."
        ),
    ]

    @Test(arguments: edits.indices) func saysWhatIsWrong(index: Int) throws {
        let (old, new, expected) = Self.edits[index]
        let text = SizingGameTests.small.replacing(old, with: new)
        var found: [String]
        do {
            found = try Workshop.read(["case.yaml": text]).warnings.map(\.rendered)
        } catch let error as CaseFileError {
            found = error.diagnostics.map(\.rendered)
        }
        #expect(found.contains(expected), "\(found)")
    }

    @Test func sentencesOfSizing() {
        #expect(
            SizingError.sizesToDecide(path: "operator.devices.chp.capacity").description
                == "operator.devices.chp.capacity is to be decided, but here prices are. Give it as a number, or ask for sizes, as `size` does."
        )
        #expect(
            SizingError.daysToOperate(day: "winter").description
                == "'winter' is a typical day of a year on which nobody is charged. Add users and prices, or ask for sizes, as `size` does."
        )
        #expect(SizingError.noDays.description == "there is no typical day to operate on. Give at least one.")
        #expect(
            SizingError.daysDisagree(day: "winter", other: "summer").description
                == "the devices of 'winter' are not those of 'summer', but sizes and investments hold for all days.")
        #expect(
            SizingError.pricesToDecide(day: "winter").description
                == "prices of 'winter' are to be decided, but here sizes are. Fix the prices, or ask for them, as `price` does."
        )
    }

    /// A fault in one day's table is told once, with the day where the table does not tell.
    @Test func aDaysTableIsRead() throws {
        var files = SizingCase.files
        files["summer.csv"] = SizingCase.files["summer.csv"]?.replacing("\n3,", with: "\n3,n/a,")
        let complaints = try Workshop.complaints(files)
        #expect(!complaints.isEmpty && complaints.allSatisfy { $0.hasPrefix("summer.csv:5") }, "\(complaints)")
    }
}
