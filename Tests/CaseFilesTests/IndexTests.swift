import Energy
import EnergyGames
import Testing

@testable import CaseFiles

/// Numbers that a case defines by its results, against what can be counted by hand.
@Suite struct IndexTests {
    /// Wind offers 400, 100, 200 and 400 kW, of which 200, 100, 200 and 300 are used. The grid gives 80 and 120, and
    /// 540 of heat burn 600 of gas.
    private static func place(hours: Double, _ added: String) throws -> Case {
        try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: place}
            time: {steps: 4, step: \(hours) h}
            carriers: {electricity: {}, heat: {}, gas: {price: 0.3, co2: 0.2}}
            grid: {buy: {price: [0.4, 0.5, 0.9, 0.6], max: 2000 kW, co2: 0.6}}
            operator:
              demand: {electricity: [200, 180, 320, 300], heat: [150, 160, 120, 110]}
              devices:
                boiler: {type: boiler, capacity: 500 kW, efficiency: {heat: 0.9}}
                wind: {type: wind, capacity: 400, profile: [1, 0.25, 0.5, 1]}
            carbon: {fixed_quota: 100, ladder: {base_price: 0.1, steps: 1}}
            indices:
            \(added)
            """
        ])
    }

    @Test(arguments: [1, 0.5]) func sumsAndShares(hours: Double) throws {
        let source = try Self.place(
            hours: hours,
            """
              sums: {unit: CNY, constant: 7, terms: {cost: 2, emission: -1, carbon cost: 3}}
              shares: {terms: {renewable use: 1, self-sufficiency in electricity: 10}}
              powers: {terms: {peak to valley of operator.grid: 1, peak of operator.demand.electricity: 100}}
              energies: {terms: {energy of operator.boiler.gas: 1, energy of operator.wind.electricity: 1000}}
              bought: {terms: {energy of operator.grid.electricity.buy: 1, energy of operator.supply.gas: 1000}}
              party: {terms: {cost of operator: 1, payoff of operator: 0.5, emission of operator: 10,
                              carbon cost of operator: -2}}
              both: {constant: -1, terms: {sums: 2, shares: 0.1}}
            """)
        #expect(source.indices.map(\.name) == ["sums", "shares", "powers", "energies", "bought", "party", "both"])
        #expect(source.indices.map(\.unit) == ["CNY"] + [String](repeating: "1", count: 6))
        let solution = try Dispatch(source.system).solve().solution
        let values = source.indices.values(over: [OperatedSystem(source.system, solution)])

        let emission = (200 * 0.6 + 600 * 0.2) * hours
        let paid = 0.1 * (emission - 100)
        let cost = (80 * 0.5 + 120 * 0.9 + 600 * 0.3) * hours + paid
        let sums: Double = 7 + 2 * cost - emission + 3 * paid
        let shares: Double = 100 * 800 / 1100 + 10 * 80
        let party: Double = 0.5 * cost + 10 * emission - 2 * paid
        let both: Double = -1 + 2 * sums + 0.1 * shares
        let wanted: [Double] = [sums, shares, 120 + 100 * 320, 799_400 * hours, 600_200 * hours, party, both]
        for (found, wanted) in zip(values, wanted) {
            #expect(abs(try #require(found) - wanted) < 1e-6 * abs(wanted))
        }
    }

    /// Sums are of the year, peaks of its worst day, shares of all its energy.
    @Test func daysCountByTheirWeight() throws {
        let source = try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: year}
            time: {steps: 2, step: 12 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.5, max: 2000 kW}}
            operator:
              demand: {electricity: [10, 20]}
              devices: {pv: {type: pv, capacity: 40, profile: [0, 0.1]}}
            days:
              plain: {weight: 300}
              busy: {weight: 65, operator.demand.electricity: [50, 2]}
            indices:
              bill: {terms: {cost: 1}}
              peak: {terms: {peak of operator.grid.electricity: 1}}
              valley: {terms: {peak to valley of operator.grid: 1}}
              use: {terms: {renewable use: 1}}
              taken: {terms: {energy of operator.demand.electricity: 1}}
            """
        ])
        let horizons = try source.days.map { day in
            OperatedSystem(weight: day.weight, day.system, try Dispatch(day.system).solve().solution)
        }
        let values = source.indices.values(over: horizons)
        let bill: Double = 0.5 * 12 * (300 * (10 + 16) + 65 * 50)
        let use: Double = 100 * (300 * 4 + 65 * 2) / (365 * 4)
        let wanted: [Double] = [bill, 50, 50, use, -12 * (300 * 30 + 65 * 52)]
        for (found, wanted) in zip(values, wanted) {
            #expect(abs(try #require(found) - wanted) < 1e-9 * abs(wanted))
        }
    }

    /// A share of nothing has no value, and what holds it neither.
    @Test func aShareOfNothingHasNoValue() throws {
        let source = try Self.place(
            hours: 1, "  use: {terms: {renewable use: 1}}\n  more: {terms: {use: 2}}\n  bill: {terms: {cost: 1}}")
        let calm = try Workshop.read([
            "case.yaml": String(decoding: source.inputs[0].content, as: UTF8.self)
                .replacing("profile: [1, 0.25, 0.5, 1]", with: "profile: 0")
        ])
        let solution = try Dispatch(calm.system).solve().solution
        let values = calm.indices.values(over: [OperatedSystem(calm.system, solution)])
        #expect(values.map { $0 == nil } == [true, true, false])
    }

    /// A variant may change an index, a day may not.
    @Test func variantsChangeAnIndex() throws {
        let text = """
            case: {schema: 1, name: year}
            time: {steps: 2, step: 12 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.5, max: 2000 kW}}
            operator: {demand: {electricity: [10, 20]}}
            indices: {bill: {terms: {cost: 1}}}
            variants: {double: {indices.bill.terms.cost: 2}}

            """
        #expect(try Workshop.read(["case.yaml": text], variant: "double").indices[0].terms[0].weight == 2)
        #expect(
            try Workshop.complaints([
                "case.yaml": text + "days: {plain: {weight: 365, indices.bill.constant: 1}}\n"
            ]) == ["case.yaml:8:29  days.plain: 'indices' cannot be changed by a day."])
    }
}
