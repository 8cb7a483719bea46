import CaseFiles
import Energy
import Foundation
import LinearModels

/// A motor that makes electricity of gas and nothing else: `gas(t) = power(t) / efficiency`,
/// `0 <= power(t) <= capacity`.
struct GasMotor: Component {
    static let type = "gas_motor"
    static let meaning = "Makes electricity of gas."
    static let attributes = [
        Attribute("capacity", .size(.power, 0...1e9), "Greatest output."),
        Attribute("efficiency", .quantity(.ratio, 0.05...0.6), "Electricity per gas."),
    ]

    let name: String
    private let capacity: Size
    private let efficiency: Double

    init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        capacity = try values.size("capacity")
        efficiency = try values.number("efficiency")
    }

    func build(in party: PartyBuilder) throws {
        let power = try party.variables(name, "output", upTo: party.size(capacity, name))
        party.inject(power.map(\.linearExpression), into: "electricity", name, as: "output")
        party.withdraw(power.map { (1 / efficiency) * $0 }, from: "gas", name, as: "input")
    }
}

/// A case that may say `type: gas_motor`.
func caseWithMotors(_ folder: URL) throws -> Case {
    try CaseReader.read(folder, components: .standard.adding(GasMotor.self))
}
