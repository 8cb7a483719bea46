import Foundation
import Scenarios
import Testing

/// What the paper of the virtual power plant shows, and how far the case shows it; its README says why where it does
/// not.
@Suite struct PowerPlantTests {
    /// Tables 3 and 4: operation and emission fall from case 1 to 2 to 3, and case 4 emits less than 3.
    @Test func theMoreRespondTheLessItCostsAndEmits() throws {
        let years = try (1...4).map { try PowerPlantYear("case_\($0)") }
        for (before, after) in zip(years, years.dropFirst().prefix(2)) {
            #expect(after.operation < before.operation - 1000 && after.emission < before.emission - 1000)
            #expect(after.operation + after.investment < before.operation + before.investment)
            #expect(after.response > before.response)
        }
        #expect(years[3].emission < years[2].emission)
        // Trips take what they take, however drivers respond.
        #expect(years.allSatisfy { abs($0.income - years[0].income) < 1e-6 * years[0].income && $0.unserved < 1e-6 })
        #expect(years.map { ($0.scheduled * 100).rounded() } == [0, 0, 53, 53])
    }

    /// Tables 5 and 6: more answer to more subsidy, at the published shares, and cost more. Thirty vehicles are too few
    /// for operation to turn within the tables; a fleet of 120 makes it turn, and saves investment.
    @Test func subsidies() throws {
        for (sweep, prices, shares) in [
            (PowerPlantYear.chargeSubsidy, [0.25, 0.45], [33.0, 96]),
            (PowerPlantYear.dischargeSubsidy, [0.27, 0.47], [33, 74]),
        ] {
            let ends = try prices.map { try PowerPlantYear(nil, sweep($0)) }
            for (year, share) in zip(ends, shares) { #expect(abs(100 * year.scheduled - share) < 1) }
            #expect(ends[1].response > ends[0].response && ends[1].operation < ends[0].operation)
            #expect(ends[1].investment < ends[0].investment)
        }
        let large = try [0.25, 0.35, 0.45].map { try PowerPlantYear("large_fleet", PowerPlantYear.chargeSubsidy($0)) }
        #expect(large[1].operation < min(large[0].operation, large[2].operation))
        #expect(large[1].investment < large[0].investment && large[2].investment < large[1].investment)
    }

    /// Figure 12: what drivers pay aside, operation is cheapest at a number of vehicles between few and many, here
    /// about 150.
    @Test func vehicles() throws {
        let years = try [30, 150, 300].map { try PowerPlantYear(nil, PowerPlantYear.vehicles($0)) }
        let net = years.map { $0.operation - $0.income }
        #expect(net[1] < min(net[0], net[2]))
        for (before, after) in zip(years, years.dropFirst()) { #expect(after.response > before.response) }
    }

    /// Figure 11: emission falls as carbon grows dearer. Its cost turns where heat may be thrown away, so that the
    /// plant can generate what it else buys.
    @Test func carbonPrices() throws {
        let years = try [0, 0.5, 1.5].map { try PowerPlantYear(nil, PowerPlantYear.carbonPrice($0)) }
        for (before, after) in zip(years, years.dropFirst()) {
            #expect(after.emission < before.emission && after.carbon > before.carbon)
        }
        let vented = try [0, 0.1, 0.5].map { try PowerPlantYear("vented_heat", PowerPlantYear.carbonPrice($0)) }
        #expect(vented[1].carbon > vented[0].carbon && vented[2].carbon < vented[1].carbon)
    }

    /// Prints the tables of the case's README: `STACKELBERG_TABLES=1 swift test --filter printTables`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["STACKELBERG_TABLES"] != nil))
    func printTables() throws {
        func line(_ name: String, _ year: PowerPlantYear) {
            func tenThousand(_ money: Double) -> String { String(format: "%.2f", money / 1e4) }
            let money = [
                year.investment, year.purchase, year.maintenance, year.response, year.carbon, year.operation,
                year.operation - year.income,
            ]
            let cells =
                [name, String(format: "%.0f %%", 100 * year.scheduled)] + money.map(tenThousand)
                + [String(format: "%.1f", year.emission / 1000)] + year.sizes.map { String(format: "%.0f", abs($0)) }
            print("| " + cells.joined(separator: " | ") + " |")
        }
        for number in 1...4 { line("case \(number)", try PowerPlantYear("case_\(number)")) }
        for variant in [nil, "large_fleet"] {
            for price in [0.25, 0.30, 0.35, 0.40, 0.45] {
                line("charging \(price)", try PowerPlantYear(variant, PowerPlantYear.chargeSubsidy(price)))
            }
            for price in [0.27, 0.32, 0.37, 0.42, 0.47] {
                line("discharging \(price)", try PowerPlantYear(variant, PowerPlantYear.dischargeSubsidy(price)))
            }
        }
        for count in [30, 40, 50, 60, 70, 100, 150, 200, 300] {
            line("\(count) vehicles", try PowerPlantYear(nil, PowerPlantYear.vehicles(count)))
        }
        for variant in [nil, "vented_heat"] {
            for price in [0, 0.1, 0.2, 0.3, 0.4, 0.6, 1, 1.5, 2] {
                line("carbon \(price)", try PowerPlantYear(variant, PowerPlantYear.carbonPrice(price)))
            }
        }
    }
}
