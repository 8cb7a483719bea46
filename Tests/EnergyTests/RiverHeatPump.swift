import Energy
import LinearModels

/// A heat pump on a river, whose coefficient of performance follows the water.
///
///     0 <= heat(t) <= capacity
///     electricity(t) = heat(t) / cop(t)
struct RiverHeatPump: Component {
    static let type = "river_heat_pump"
    static let meaning = "Makes heat from electricity, more or less of it with the water."
    static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest heat output."),
            Attribute("cop", .series(.ratio, 0.1...20), .required, "Heat per electricity, one number per step."),
        ] + Investment.ofPower

    let name: String
    private let capacity: Size
    private let performance: [Double]
    private let investment: Investment?

    init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        capacity = try values.size("capacity")
        performance = try values.series("cop")
        investment = try Investment.read(values)
    }

    func build(in party: PartyBuilder) throws {
        // A number, or a parameter where the capacity is to be decided.
        let capacity = try party.size(capacity, name)
        party.buy(capacity, name, for: investment)
        let heat = try party.variables(name, "output", upTo: capacity)
        party.inject(heat.map(\.linearExpression), into: "heat", name, as: "output")
        party.withdraw(zip(heat, performance).map { (1 / $1) * $0 }, from: "electricity", name, as: "input")
    }
}
