import Energy
import EnergyGames

/// The units of a case: its currency, and the units of numbers without a unit.
struct UnitSystem: Sendable {
    var currency = "CNY"
    var power = "kW"
    var energy = "kWh"
    var mass = "kg"
    /// kWh in a cubic metre of the carrier that is read about; nil where it has none, and volumes mean nothing.
    var heatingValue: Double?

    /// - Returns: nil if the text is not a unit.
    func parse(_ text: String) -> Unit? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.trimmingSpaces }
        guard let first = parts.first, parts.count <= 4, var unit = single(first) else { return nil }
        for part in parts.dropFirst() {
            guard part != "1", let next = single(part) else { return nil }
            unit = unit.divided(by: next)
        }
        unit.symbol = text.trimmingSpaces
        return unit
    }

    private func single(_ symbol: String) -> Unit? {
        symbol == currency ? Unit(symbol, 1, [.money: 1]) : Unit.named[symbol]
    }

    /// The engine's unit, with the case's currency for `CNY`.
    func engineUnit(of dimension: Dimension) -> Unit {
        let symbol = engineSymbol(of: dimension)
        return parse(symbol) ?? Unit(symbol, 1)
    }

    func engineSymbol(of dimension: Dimension) -> String {
        dimension.unit.replacing("CNY", with: currency)
    }

    /// A unit of something that measures what a dimension does, a volume being the energy that it holds; nil where it
    /// measures something else.
    func reading(_ unit: Unit, as dimension: Dimension) -> Unit? {
        let engine = engineUnit(of: dimension)
        if unit.measuresTheSame(as: engine) { return unit }
        guard let held = heatingValue.flatMap(unit.holding), held.measuresTheSame(as: engine) else { return nil }
        return held
    }

    /// Whether a heating value is all that is missing to read a unit.
    func lacksHeatingValue(_ unit: Unit, for dimension: Dimension) -> Bool {
        heatingValue == nil && unit.holding(1)?.measuresTheSame(as: engineUnit(of: dimension)) == true
    }

    /// The unit of a number without a unit.
    func bareUnit(of dimension: Dimension) -> Unit {
        let symbol =
            switch dimension {
            case .power: power
            case .energy: energy
            case .mass: mass
            case .energyPrice: "\(currency)/\(energy)"
            case .powerPrice: "\(currency)/\(power)"
            case .massPrice: "\(currency)/\(mass)"
            case .emissionFactor: "\(mass)/\(energy)"
            case .emissionRate: "\(mass)/h"
            case .emissionFactorPerPower: "\(mass)/\(energy)/\(power)"
            case .ramp: "\(power)/h"
            default: engineSymbol(of: dimension)
            }
        return parse(symbol) ?? engineUnit(of: dimension)
    }

    /// What a unit measures, in words for messages.
    func noun(for unit: Unit) -> String {
        for dimension in Dimension.allCases where engineUnit(of: dimension).measuresTheSame(as: unit) {
            return dimension.noun
        }
        return "a quantity in \(unit.symbol)"
    }

    /// Whether a text looks like money that is not the case's currency, as `EUR/MWh` or `ct/kWh`.
    func isOtherMoney(_ symbol: String) -> Bool {
        let parts = symbol.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let money = parts.first,
            parse(([currency] + parts.dropFirst().map(String.init)).joined(separator: "/")) != nil
        else { return false }
        let isCode = money.count == 3 && money.allSatisfy { $0.isASCII && $0.isUppercase }
        return isCode || money.contains(where: \.isCurrencySymbol)
            || ["ct", "cent", "cents"].contains(money.lowercased())
    }

    /// All that a case may write: energies, powers, times and others, each from small to large, and the currency.
    var allKnown: String {
        let units = Unit.named.values.sorted { first, second in
            guard first.powers == second.powers else { return second.powers.lexicographicallyPrecedes(first.powers) }
            return (first.factor, first.symbol) < (second.factor, second.symbol)
        }
        return (units.map(\.symbol) + [currency]).joined(separator: ", ") + ", and quotients such as \(currency)/kWh"
    }

    /// The nearest unit to a mistyped one.
    func suggestion(for symbol: String) -> String? {
        let known = Unit.named.keys.sorted() + [currency]
        if let same = known.first(where: { $0.lowercased() == symbol.lowercased() }) { return same }
        return Nearest.word(to: symbol, among: known)
    }
}

extension Dimension {
    /// The dimension with its article.
    var noun: String {
        switch self {
        case .ratio: "a plain number"
        case .power: "a power"
        case .energy: "an energy"
        case .energyPrice: "a price of energy"
        case .powerPrice: "a price of power"
        case .massPrice: "a price of mass"
        case .money: "money"
        case .mass: "a mass"
        case .emissionFactor: "an emission factor"
        case .emissionRate: "an emission rate"
        case .emissionFactorPerPower: "an emission factor per power"
        case .duration: "a duration"
        case .rate: "a rate"
        case .ramp: "a ramp"
        case .temperature: "a temperature"
        case .speed: "a speed"
        case .irradiance: "an irradiance"
        case .length: "a length"
        case .voltage: "a voltage"
        case .current: "a current"
        case .voltagePerKelvin: "a voltage per kelvin"
        case .currentPerKelvin: "a current per kelvin"
        case .heatingValue: "a heating value"
        }
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        var rest = Substring(self)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension Case {
    /// The unit of a price, or of another part of a tariff.
    package func unit(of price: PostedPrice) -> String {
        UnitSystem(currency: currency).engineSymbol(of: price.dimension)
    }
}
