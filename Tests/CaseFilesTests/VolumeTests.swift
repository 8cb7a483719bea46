import Energy
import EnergyGames
import LinearModels
import Testing

@testable import CaseFiles

/// Quantities and prices of a carrier by the cubic metre: the same case as the one in kWh.
@Suite struct VolumeTests {
    private struct Writing {
        var carrier = "price: 2.5 CNY/m3, co2: 2 kg/m3, heating_value: 10 kWh/m3"
        var demand = "6 m3/h"
        var store = "capacity: 50 m3, power: 20 m3/h, depth_wear: 0.1 CNY/m3"
        var market = "buy_price: gas.price, buy_max: [3 m3/h, 4 m3/h]"
        var efficiency = "0.06 m3/kWh"
        var price = "{min: 2 CNY/m3, max: 3 CNY/m3, mean_max: 2.9 CNY/m3}"
        var table = "hour,price [CNY/m3]\n0,2.1\n1,2.9\n"

        var files: [String: String] {
            [
                "case.yaml": """
                case: {schema: 1, name: a}
                time: {steps: 2}
                tables: {gas: {file: gas.csv, index: hour}}
                carriers:
                  electricity: {}
                  heat: {}
                  gas: {\(carrier)}
                grid: {buy: {price: 0.5, max: 100}}
                operator:
                  devices:
                    store: {type: storage, carrier: gas, \(store)}
                    pipe: {type: market, carrier: gas, \(market)}
                    methaniser: {type: power_to_gas, capacity: 30 kW, efficiency: {gas: \(efficiency)}}
                  prices: {electricity_sell: {min: 0.3, max: 1}, gas_sell: \(price)}
                users:
                  u: {demand: {electricity: 10, gas: \(demand)}}
                """,
                "gas.csv": table,
            ]
        }
    }

    private static let energies = Writing(
        carrier: "price: 0.25 CNY/kWh, co2: 0.2 kg/kWh", demand: "60 kW",
        store: "capacity: 500 kWh, power: 200 kW, depth_wear: 0.01 CNY/kWh",
        market: "buy_price: gas.price, buy_max: [30 kW, 40 kW]", efficiency: "0.6",
        price: "{min: 0.2 CNY/kWh, max: 0.3 CNY/kWh, mean_max: 0.29 CNY/kWh}",
        table: "hour,price [CNY/kWh]\n0,0.21\n1,0.29\n")

    /// Every value that the engine holds is the one of the case in kWh, its heating value aside.
    @Test func volumesAreEnergies() throws {
        func listed(_ writing: Writing) throws -> [String: (value: String, unit: String)] {
            let listing = try Workshop.read(writing.files).listing.filter { !$0.path.hasSuffix("heating_value") }
            return Dictionary(uniqueKeysWithValues: listing.map { ($0.path, ($0.value, $0.unit)) })
        }
        let (volumes, energies) = (try listed(Writing()), try listed(Self.energies))
        #expect(volumes.keys.sorted() == energies.keys.sorted())
        for (path, value) in energies {
            #expect(volumes[path]?.value == value.value && volumes[path]?.unit == value.unit, "\(path)")
        }
        #expect(volumes["users.u.demand.gas"]?.value == "60")
        #expect(volumes["operator.devices.store.capacity"]?.value == "500")
    }

    /// And so is what all of it costs at the least: 10 kW of electricity and 60 of gas, a part of it from the pipe.
    @Test func theCostsAgree() throws {
        let costs = try [Writing(), Self.energies].map { writing in
            let system = try Workshop.read(writing.files).system
            let session = try SolverSession(system.build(["operator", "u"], minimising: ["operator", "u"]).model)
            #expect(try session.solve() == .optimal)
            return session.objectiveValue
        }
        #expect(abs(costs[0] - costs[1]) < 1e-9 && costs[0] > 10)
    }

    @Test(arguments: ["9.86 kWh/m3", "35.496 MJ/m3", "0.00986 MWh/m3"]) func heatingValuesHaveUnits(text: String) throws
    {
        var writing = Writing()
        writing.carrier = "price: 2.18 CNY/m3, heating_value: \(text)"
        let carriers = try Workshop.read(writing.files).system.carriers
        let price = try #require(carriers.first { $0.name == "gas" }?.price)
        #expect(price.allSatisfy { abs($0 - 2.18 / 9.86) < 1e-12 })
    }

    /// Without a heating value, or about a carrier without one, a volume is nothing that can be read.
    @Test func volumesOfNothingAreRefused() throws {
        let hint = "Volumes are read as energy where 'carriers' gives their carrier a heating_value."
        var writing = Self.energies
        writing.demand = "6 m3/h"
        #expect(
            try Workshop.complaints(writing.files).contains(
                "case.yaml:16:38  users.u.demand.gas: '6 m3/h' is a quantity in m3/h, but a power (kW) is needed. \(hint)"
            ))
        writing = Writing()
        writing.demand = "6 m3/h, heat: 2 m3/h"
        #expect(
            try Workshop.complaints(writing.files).contains(
                "case.yaml:16:52  users.u.demand.heat: '2 m3/h' is a quantity in m3/h, but a power (kW) is needed. \(hint)"
            ))
        writing = Writing()
        writing.carrier = "price: 2.5 CNY/m3, heating_value: 10 kWh"
        let complaints = try Workshop.complaints(writing.files)
        #expect(complaints.first?.contains("gas.price: '2.5 CNY/m3'") == true)
        #expect(
            complaints.contains {
                $0.contains("gas.heating_value: '10 kWh' is an energy, but a heating value (kWh/m3) is needed.")
            })
        writing.carrier = "price: 2.5, heating_value: 0"
        #expect(try Workshop.complaints(writing.files).contains { $0.contains("heating_value: 0 kWh/m3 is") })
    }
}
