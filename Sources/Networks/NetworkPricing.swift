/// Network pricing, also known as toll setting: an operator sets tolls on some arcs of a network, and every commodity
/// takes a cheapest way from its origin to its destination, costs and tolls together.
///
///     max over tolls t >= 0 of  sum over commodities k of  demand_k * (tolls on the way of k)
///     way of k:  a cheapest one by  sum of cost_a  +  sum of t_a over its tolled arcs
///
/// Where several ways are equally cheap, a commodity takes one that pays the operator most (Labbé, Marcotte and Savard,
/// "A bilevel model of taxation and its application to optimal highway pricing", 1998). Each commodity needs a way
/// without tolls, which bounds what it pays.
///
///     let problem = try NetworkPricing(
///         name: "bridge", nodes: 3,
///         arcs: [.init(from: 1, to: 2, cost: 1, isTolled: true), .init(from: 1, to: 2, cost: 5)],
///         commodities: [.init(from: 1, to: 2, demand: 10)])
///     // A toll of 4: 40 in all.
public struct NetworkPricing: Sendable, Equatable {
    public struct Arc: Sendable, Equatable {
        /// Nodes are numbered from 1.
        public var source: Int
        public var target: Int
        /// What a unit pays beside the toll.
        public var cost: Double
        public var isTolled: Bool

        public init(from source: Int, to target: Int, cost: Double, isTolled: Bool = false) {
            self.source = source
            self.target = target
            self.cost = cost
            self.isTolled = isTolled
        }
    }

    public struct Commodity: Sendable, Equatable {
        public var origin: Int
        public var destination: Int
        public var demand: Double

        public init(from origin: Int, to destination: Int, demand: Double) {
            self.origin = origin
            self.destination = destination
            self.demand = demand
        }
    }

    /// A toll to be decided.
    public struct Toll: Sendable, Equatable {
        /// Its place in ``arcs``.
        public let arc: Int
        /// At a higher one nobody takes the arc, whatever all other tolls are.
        public let limit: Double
    }

    public let name: String
    public let nodes: Int
    public let arcs: [Arc]
    public let commodities: [Commodity]
    /// Arcs that a toll brings something on: those that some commodity may take. Other tolls change nothing.
    public let tolls: [Toll]
    /// Each commodity that has a choice, with the part of the network that it may use.
    let markets: [Market]
    /// No tolls bring more: what commodities save by all tolled arcs at no toll.
    public let bound: Double

    /// - Throws: ``NetworkPricingError`` where a number is out of range, or a commodity has no way without tolls.
    public init(name: String, nodes: Int, arcs: [Arc], commodities: [Commodity]) throws(NetworkPricingError) {
        try Self.check(nodes, arcs, commodities)
        self.name = name
        self.nodes = nodes
        self.arcs = arcs
        self.commodities = commodities
        let incidence = Incidence(nodes: nodes + 1, sources: arcs.map(\.source), targets: arcs.map(\.target))
        var limits = [Double](repeating: 0, count: arcs.count)
        var reductions: [Market.Reduction] = []
        for (k, commodity) in commodities.enumerated() {
            let reduction = Market.Reduction(arcs, incidence, commodity, place: k)
            guard reduction.freeCost.isFinite else { throw .noFreeWay(commodity: k) }
            guard reduction.hasChoice else { continue }
            reductions.append(reduction)
            for (a, arc) in arcs.enumerated() where arc.isTolled { limits[a] = max(limits[a], reduction.room(arc)) }
        }
        tolls = limits.indices.filter { limits[$0] > 0 }.map { Toll(arc: $0, limit: limits[$0]) }
        var tollOfArc = [Int?](repeating: nil, count: arcs.count)
        for (t, toll) in tolls.enumerated() { tollOfArc[toll.arc] = t }
        markets = reductions.map { $0.market(tollOfArc) }
        bound = reductions.reduce(0) { $0 + $1.saving }
    }

    private static func check(
        _ nodes: Int, _ arcs: [Arc], _ commodities: [Commodity]
    ) throws(NetworkPricingError) {
        guard (1...mostNodes).contains(nodes) else { throw .nodes(nodes) }
        for (a, arc) in arcs.enumerated() {
            for node in [arc.source, arc.target] where !(1...nodes).contains(node) {
                throw .unknownNode(node, of: "arc", number: a, nodes: nodes)
            }
            guard arc.cost >= 0, arc.cost <= largest else { throw .cost(arc.cost, arc: a) }
        }
        for (k, commodity) in commodities.enumerated() {
            for node in [commodity.origin, commodity.destination] where !(1...nodes).contains(node) {
                throw .unknownNode(node, of: "commodity", number: k, nodes: nodes)
            }
            guard commodity.demand >= 0, commodity.demand <= largest else {
                throw .demand(commodity.demand, commodity: k)
            }
        }
    }

    public static let mostNodes = 10_000_000
    public static let largest = 1e12
}

/// What a network for pricing cannot have.
public enum NetworkPricingError: Error, Equatable, CustomStringConvertible {
    case nodes(Int)
    case unknownNode(Int, of: String, number: Int, nodes: Int)
    case cost(Double, arc: Int)
    case demand(Double, commodity: Int)
    case noFreeWay(commodity: Int)

    public var description: String {
        switch self {
        case .nodes(let count): "has \(count) nodes. It needs 1 to \(NetworkPricing.mostNodes)."
        case .unknownNode(let node, let kind, let number, let nodes):
            "\(kind) \(number + 1) names node \(node), but nodes are numbered from 1 to \(nodes)."
        case .cost(let cost, let arc):
            "arc \(arc + 1) costs \(cost). A cost is a number from 0 to \(NetworkPricing.largest)."
        case .demand(let demand, let commodity):
            "commodity \(commodity + 1) has a demand of \(demand). A demand is a number from 0 to "
                + "\(NetworkPricing.largest)."
        case .noFreeWay(let commodity):
            "commodity \(commodity + 1) has no way without tolled arcs, so that it pays any toll and the revenue has no "
                + "bound. Add an arc without toll, such as one from its origin to its destination at the price at which "
                + "it would rather stay away."
        }
    }
}
