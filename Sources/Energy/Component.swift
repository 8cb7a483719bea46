import LinearModels

/// Part of a party: a device, a flexible demand, an exchange with a market, a fleet.
///
/// A component states its data, variables, rows, costs and emissions once. A new type is one file and one line in
/// ``ComponentCatalogue``.
public protocol Component: Sendable {
    /// The word after `type:` in a case file.
    static var type: String { get }
    /// One sentence for the printed schema.
    static var meaning: String { get }
    static var attributes: [Attribute] { get }

    /// The name that the case gives this component, unique within its party.
    var name: String { get }

    /// Whether what it gives may come from outside the system, as a market's does: then it need not come from what it
    /// takes.
    var isSource: Bool { get }

    /// - Throws: ``InputProblem`` where values contradict each other.
    init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem)

    /// Adds variables, rows, flows, costs and emissions to the party's part of the model.
    func build(in party: PartyBuilder) throws

    /// Largest gap in kWh between the stored energy that a solution reports and the one that follows, by this
    /// component's own physics, from the powers that it reports. 0 for a component that stores nothing.
    func conservationGap(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double
}

/// An energy form by name: `electricity`, `heat`, `cooling`, `gas`, `hydrogen`. A carrier with a price can be bought
/// from outside by any party that uses it.
public struct Carrier: Sendable, Equatable {
    public var name: String
    /// Price of outside supply in CNY/kWh, one value per step; nil when the carrier cannot be bought.
    public var price: [Double]?
    /// Emission of outside supply in kg/kWh.
    public var emissionFactor: Double
    /// Whether a party may let a surplus go unused, as heat can be vented (the `>=` of paper 001, eq. 14).
    public var mayBeVented: Bool
    /// Whether it is counted in kg in place of kWh, as CO2 is: a power of 1 kW of it stands for 1 kg/h.
    public var isMass: Bool
    /// Colour in figures, `#RRGGBB`.
    public var color: String?

    public init(
        name: String, price: [Double]? = nil, emissionFactor: Double = 0, mayBeVented: Bool = false,
        isMass: Bool = false, color: String? = nil
    ) {
        self.name = name
        self.price = price
        self.emissionFactor = emissionFactor
        self.mayBeVented = mayBeVented
        self.isMass = isMass
        self.color = color
    }
}

/// Somebody with an objective: an operator, a user, an EV station.
public struct Party: Sendable {
    public var name: String
    /// Base demand in kW by carrier, one value per step, before flexibility.
    public var demand: [(carrier: String, power: [Double])]
    public var components: [any Component]
    public var carbon: CarbonAccount?
    /// What its components emit by what they give, beside the emission of what is bought; counted with an account or
    /// without.
    public var outputEmissions: [OutputEmission]
    /// Whether it may sell what it bought from others, as an operator does. Everybody else sells at most what its own
    /// components give in that step.
    public var resells: Bool

    public init(
        name: String, demand: [(carrier: String, power: [Double])] = [], components: [any Component] = [],
        carbon: CarbonAccount? = nil, outputEmissions: [OutputEmission] = [], resells: Bool = false
    ) {
        self.name = name
        self.demand = demand
        self.components = components
        self.carbon = carbon
        self.outputEmissions = outputEmissions
        self.resells = resells
    }
}

/// A price paid between parties.
public enum Price: Sendable, Equatable {
    /// CNY/kWh, one value per step.
    case fixed([Double])
    /// `factor` times a price that somebody posts: a parameter of the model, named `name[k]` with `k = index[t]` at
    /// step t.
    case posted(name: String, index: [Int], factor: Double)
}

/// A standing offer between two parties: the buyer takes what it likes, at the price.
public struct Trade: Sendable {
    /// Unique in the system; stands in names of variables and flows.
    public var name: String
    public var seller: String
    public var buyer: String
    public var carrier: String
    public var price: Price
    /// Most power in kW, one value per step; infinite for no limit.
    public var limit: [Double]
    /// What the buyer pays for the way to whoever owns the lines, who is none of the parties, CNY/kWh.
    public var fee: Double

    public init(
        name: String, seller: String, buyer: String, carrier: String, price: Price, limit: [Double], fee: Double = 0
    ) {
        self.name = name
        self.seller = seller
        self.buyer = buyer
        self.carrier = carrier
        self.price = price
        self.limit = limit
        self.fee = fee
    }

    /// Name of the model's variable that holds the traded power of a step.
    public func variable(at step: Int) -> String { tag(at: step).name }

    func tag(at step: Int) -> ModelTag { ModelTag(owner: nil, part: name, item: "trade", step: step) }
}

extension Price {
    /// The same price where what somebody posts is nothing.
    package func leavingPostedOut(steps: Int) -> Price {
        if case .posted = self { .fixed([Double](repeating: 0, count: steps)) } else { self }
    }
}

extension Sequence<Trade> {
    /// The trades in which each party buys or sells, in their order.
    package var byParty: [String: [Trade]] {
        var trades: [String: [Trade]] = [:]
        for trade in self {
            trades[trade.buyer, default: []].append(trade)
            trades[trade.seller, default: []].append(trade)
        }
        return trades
    }

    /// Whether something is paid at a posted price.
    package func pay(_ posted: String) -> Bool {
        contains { if case .posted(posted, _, _) = $0.price { true } else { false } }
    }
}

/// Parties, carriers and the trades between parties: everything physical of a case.
public struct EnergySystem: Sendable {
    public var time: TimeGrid
    public var carriers: [Carrier]
    public var parties: [Party]
    public var trades: [Trade]
    /// What parties pay each other beside the prices of trades.
    public var charges: [Charge]
    /// One at most for a party.
    public var choices: [SupplyChoice]

    public init(
        time: TimeGrid, carriers: [Carrier], parties: [Party], trades: [Trade], charges: [Charge] = [],
        choices: [SupplyChoice] = []
    ) {
        self.time = time
        self.carriers = carriers
        self.parties = parties
        self.trades = trades
        self.charges = charges
        self.choices = choices
    }

    /// Some of the parties, with what they may trade among themselves.
    public func part(of members: [String]) -> EnergySystem {
        var part = self
        part.parties.removeAll { !members.contains($0.name) }
        part.trades.removeAll { !members.contains($0.seller) || !members.contains($0.buyer) }
        part.charges.removeAll { !members.contains($0.seller) || !members.contains($0.buyer) }
        part.choices.removeAll { !members.contains($0.party) }
        return part
    }
}
