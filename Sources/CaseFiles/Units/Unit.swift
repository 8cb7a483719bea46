/// A unit as powers of a few base units and a factor, such as `MWh` = 1000 kWh.
///
/// Base units are those of the engine, kWh, h and kg, with metre, kelvin, volt, ampere and the case's currency; so a kW
/// is a kWh/h and watts need no definition in joules.
struct Unit: Sendable, Equatable {
    enum Base: Int, CaseIterable, Sendable {
        case energy, time, mass, money, temperature, length, voltage, current
    }

    /// As it was written.
    var symbol: String
    /// The size of this unit in base units.
    var factor: Double
    /// What to add, in the base unit, after multiplying: only Celsius has one.
    var offset = 0.0
    /// Power of each base unit, in the order of ``Base``.
    var powers: [Int]

    init(_ symbol: String, _ factor: Double, offset: Double = 0, _ bases: [Base: Int] = [:]) {
        self.symbol = symbol
        self.factor = factor
        self.offset = offset
        powers = Base.allCases.map { bases[$0] ?? 0 }
    }

    func measuresTheSame(as other: Unit) -> Bool { powers == other.powers }

    /// The ratio of two units. An offset is dropped: a kelvin and a degree Celsius are the same difference.
    func divided(by other: Unit) -> Unit {
        var ratio = self
        ratio.symbol = "\(symbol)/\(other.symbol)"
        ratio.factor = factor / other.factor
        ratio.offset = 0
        ratio.powers = zip(powers, other.powers).map { $0 - $1 }
        return ratio
    }

    /// The product of two units. An offset is dropped.
    func multiplied(by other: Unit) -> Unit {
        var product = self
        let isPlain = powers.allSatisfy { $0 == 0 } && factor == 1
        product.symbol = isPlain ? other.symbol : "\(other.symbol) * \(symbol)"
        product.factor = factor * other.factor
        product.offset = 0
        product.powers = zip(powers, other.powers).map { $0 + $1 }
        return product
    }

    /// The unit with energy in place of volume, of a carrier of which a cubic metre holds so many kWh; nil where it is
    /// not about one volume.
    func holding(_ heatingValue: Double) -> Unit? {
        let (length, energy) = (Base.length.rawValue, Base.energy.rawValue)
        guard abs(powers[length]) == 3 else { return nil }
        var unit = self
        unit.factor = powers[length] > 0 ? factor * heatingValue : factor / heatingValue
        unit.powers[energy] += powers[length] / 3
        unit.powers[length] = 0
        return unit
    }

    /// A number in this unit as a number in another that measures the same.
    func convert(_ value: Double, to other: Unit) -> Double {
        if self.factor == other.factor, offset == other.offset { return value }
        // Exact for factors that are powers of ten on one side: divide rather than multiply by a rounded inverse.
        if offset == 0, other.offset == 0 {
            let ratio = factor / other.factor
            return ratio >= 1 ? value * ratio : value / (other.factor / factor)
        }
        return (value * factor + offset - other.offset) / other.factor
    }

    /// The units that a case may use, besides its currency.
    static let named: [String: Unit] = {
        var table: [String: Unit] = [:]
        func add(_ symbol: String, _ factor: Double, offset: Double = 0, _ bases: [Base: Int] = [:]) {
            table[symbol] = Unit(symbol, factor, offset: offset, bases)
        }
        for (prefix, factor) in [("", 0.001), ("k", 1), ("M", 1000), ("G", 1_000_000)] {
            add("\(prefix)W", factor, [.energy: 1, .time: -1])
            add("\(prefix)Wh", factor, [.energy: 1])
        }
        for (prefix, factor) in [("k", 1.0), ("M", 1000), ("G", 1_000_000)] {
            add("\(prefix)J", factor / 3600, [.energy: 1])
        }
        add("g", 0.001, [.mass: 1])
        add("kg", 1, [.mass: 1])
        add("t", 1000, [.mass: 1])
        add("s", 1.0 / 3600, [.time: 1])
        add("min", 1.0 / 60, [.time: 1])
        add("h", 1, [.time: 1])
        add("d", 24, [.time: 1])
        add("%", 0.01)
        add("1", 1)
        add("K", 1, [.temperature: 1])
        add("degC", 1, offset: 273.15, [.temperature: 1])
        add("m", 1, [.length: 1])
        add("km", 1000, [.length: 1])
        add("m2", 1, [.length: 2])
        add("m3", 1, [.length: 3])
        add("V", 1, [.voltage: 1])
        add("A", 1, [.current: 1])
        return table
    }()
}
