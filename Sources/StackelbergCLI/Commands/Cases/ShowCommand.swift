import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import ResultFiles

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints a case as the engine reads it: every value with its unit, defaults included.",
        discussion: "Example: stackelberg show data/cases/stackelberg-park; stackelberg show --schema")

    @Argument(help: "Folder of the case, or its case.yaml.", completion: .directory)
    var `case`: String?
    @Option(help: "Name of a variant of the case.")
    var variant: String?
    @Flag(help: "Print every key that a case file may contain, instead of a case.")
    var schema = false
    @Flag(help: "Print as JSON: prices and sizes with their bounds, typical days, and every value.")
    var json = false

    func validate() throws {
        if !schema, `case` == nil { throw ValidationError("Name a case, or ask for --schema.") }
    }

    func run() throws {
        try reporting {
            if schema {
                print(CaseSchema.text())
                return
            }
            let source = try CaseReader.read(URL(fileURLWithPath: `case` ?? "."), variant: variant)
            for warning in source.warnings { complain("\(warning)") }
            if json {
                try printJSON(source)
            } else {
                for value in source.listing {
                    print(
                        "\(value.path) = \(value.value)\(value.unit.isEmpty ? "" : " " + value.unit)"
                            + (value.isDefault ? "   (default)" : ""))
                }
            }
        }
    }

    private func printJSON(_ source: Case) throws {
        struct Bounds: Codable {
            let name: String
            let lower: [Double]
            let upper: [Double]
            let intervalOfStep: [Int]
            let meanMaximum: Double?
            /// Of a part of a tariff that is no price by step.
            let unit: String?
        }
        struct Size: Codable {
            let name: String
            let lower: Double
            let upper: Double
            let unit: String
        }
        struct Day: Codable {
            let name: String
            let weight: Double
        }
        struct Value: Codable {
            let path: String
            let value: String
            let unit: String
            let isDefault: Bool
        }
        struct Output: Codable {
            let name: String
            let variants: [String]
            let parties: [String]
            let prices: [Bounds]
            let sizes: [Size]
            let days: [Day]
            let values: [Value]
        }
        let output = Output(
            name: source.name, variants: source.variants, parties: source.system.parties.map(\.name),
            prices: source.prices.map {
                Bounds(
                    name: $0.name, lower: $0.lower, upper: $0.upper, intervalOfStep: $0.index,
                    meanMaximum: $0.meanMaximum, unit: $0.isCharge ? source.unit(of: $0) : nil)
            },
            sizes: try source.isSizing
                ? SizingGame(source).game.space.decisions.map {
                    Size(name: $0.name, lower: $0.lower, upper: $0.upper, unit: $0.unit)
                } : [],
            days: source.days.map { Day(name: $0.name, weight: $0.weight) },
            values: source.listing.map { Value(path: $0.path, value: $0.value, unit: $0.unit, isDefault: $0.isDefault) }
        )
        print(JSONText.of(output))
    }
}
