import Energy
import LinearModels
import Writing

/// Finds devices that turn carriers into each other in a circle and end with more than they began with, within a party
/// or by what parties sell each other.
///
/// What a device makes of what is read from its own rows, at every point at which it may run: a region's corners, a
/// coefficient that changes by the hour, several inputs and outputs. Every device may run at any size beside every
/// other one, and nothing comes from outside. Then whatever goes round is a circle without a loss, and whatever is left
/// over comes out of nothing. Stores and markets, which give what they took or what is theirs, are left out. A mass,
/// such as CO2, must be there, but is no energy.
struct FreeEnergyCheck {
    let context: CaseContext
    private let masses: Set<String>
    private var log: DiagnosticLog { context.log }

    init(context: CaseContext, carriers: [Carrier]) {
        self.context = context
        masses = Set(carriers.filter(\.isMass).map(\.name))
    }

    /// What a device takes and gives, step by step.
    private struct Device {
        let party: Int
        let component: String
        let takes: [String]
        let gives: [String]
        let model: LinearModel
        /// Of takes, then of gives, in kW, one value per step.
        let powers: [[LinearExpression]]
        /// Of the powers, one value per step; nil where the model has none.
        var cones: [Cone]?
        /// Where it was read from.
        let source: ReadValues
    }

    /// A device's part in a circle.
    private struct Part {
        let device: Device
        /// By carrier, above 0.
        let takes: [(carrier: String, amount: Double)]
        let gives: [(carrier: String, amount: Double)]
    }

    private struct Circle {
        let parts: [Part]
        /// What is left of a kWh that all devices together take.
        let surplus: Double
    }

    /// Of all that goes round: less is what a solver leaves of nothing.
    private static let noise = 1e-6

    func check(_ drafts: [PartyDraft], trades: [Trade]) {
        for draft in drafts {
            for component in draft.components where component is Converter {
                if let source = draft.sources[component.name] { checkConverter(source) }
            }
        }
        var devices = drafts.enumerated().flatMap { k, draft in
            draft.components.compactMap { device($0, of: draft, k) }
        }
        devices = thoseThatMayGoRound(devices, drafts, trades).compactMap { device in
            var device = device
            device.cones = device.model.cones(of: device.powers)
            return device.cones == nil ? nil : device
        }
        // One circle after the other: a device of each is left out when the next is looked for.
        while !devices.isEmpty, let circle = circle(devices, drafts, trades), let last = circle.parts.last?.device {
            report(circle, drafts)
            devices.removeAll { $0.party == last.party && $0.component == last.component }
        }
    }

    private func device(_ component: any Component, of draft: PartyDraft, _ party: Int) -> Device? {
        guard !component.isSource, let source = draft.sources[component.name] else { return nil }
        let alone = EnergySystem(
            time: context.time, carriers: [],
            parties: [Party(name: draft.name, demand: draft.demand, components: [component], resells: true)],
            trades: [])
        // What cannot be built is reported where the party is built.
        guard let built = try? alone.build([draft.name], minimising: []),
            let ledger = built.ledger(of: draft.name), ledger.states.isEmpty
        else { return nil }
        let flows = ledger.flows.filter { $0.component == component.name }
        let (taken, given) = (flows.filter { !$0.isGiven }, flows.filter(\.isGiven))
        guard !taken.isEmpty, !given.isEmpty else { return nil }
        return Device(
            party: party, component: component.name, takes: taken.map(\.carrier), gives: given.map(\.carrier),
            model: built.model, powers: taken.map { $0.power.map { -$0 } } + given.map(\.power), source: source)
    }

    /// Warns of a converter that gives more kWh than it takes. Heat and cold may be drawn from the surroundings, as
    /// heat pumps do; anything else may not.
    private func checkConverter(_ source: ReadValues) {
        guard let outputs = try? source.values.perCarrier("outputs").filter({ !masses.contains($0.carrier) }),
            let inputs = try? source.values.perCarrier("inputs"),
            // A mass may be a fuel, of any energy.
            !inputs.contains(where: { masses.contains($0.carrier) })
        else { return }
        let multiples = (source.values.optionalSeries("efficiency_factor") ?? [1]).max() ?? 1
        let best = multiples * (source.values.points("part_load")?.map(\.y).max() ?? 1)
        let (given, taken) = (best * outputs.reduce(0) { $0 + $1.amount }, inputs.reduce(0) { $0 + $1.amount })
        let isPump = outputs.allSatisfy { Self.ofSurroundings.contains($0.carrier) }
        guard !isPump, given > taken * (1 + 1e-9) else { return }
        log.warning(
            source.location(of: "outputs"), "\(source.path).outputs",
            "come to \(NumberText.rounded(given)) kWh for each \(NumberText.rounded(taken)) kWh of inputs. Only heat and cold can be drawn "
                + "from the surroundings. Are the ratios right?")
    }

    private static let ofSurroundings: Set<String> = ["heat", "cooling", "co2"]

    private struct Node: Hashable {
        let party: Int
        let carrier: String
    }

    /// Devices from whose outputs a way leads back to one of their inputs: most cases have none, and need no program.
    private func thoseThatMayGoRound(_ devices: [Device], _ drafts: [PartyDraft], _ trades: [Trade]) -> [Device] {
        var next: [Node: Set<Node>] = [:]
        for device in devices {
            let gives = device.gives.map { Node(party: device.party, carrier: $0) }
            for take in device.takes { next[Node(party: device.party, carrier: take), default: []].formUnion(gives) }
        }
        let number = Dictionary(drafts.enumerated().map { ($1.name, $0) }) { first, _ in first }
        for trade in trades {
            guard let seller = number[trade.seller], let buyer = number[trade.buyer] else { continue }
            next[Node(party: seller, carrier: trade.carrier), default: []].insert(
                Node(party: buyer, carrier: trade.carrier))
        }
        var reached: [Node: Set<Node>] = [:]
        func reach(from start: Node) -> Set<Node> {
            if let known = reached[start] { return known }
            var (found, open): (Set<Node>, [Node]) = ([start], [start])
            while let node = open.popLast() {
                for other in next[node] ?? [] where found.insert(other).inserted { open.append(other) }
            }
            reached[start] = found
            return found
        }
        return devices.filter { device in
            device.gives.contains { give in
                let nodes = reach(from: Node(party: device.party, carrier: give))
                return device.takes.contains { nodes.contains(Node(party: device.party, carrier: $0)) }
            }
        }
    }

    // MARK: The program

    /// - Returns: the circle that ends with most, of the first step that has one.
    private func circle(_ devices: [Device], _ drafts: [PartyDraft], _ trades: [Trade]) -> Circle? {
        struct Step: Hashable {
            let cones: [Cone]
            let isTraded: [Bool]
        }
        var tried: Set<Step> = []
        for t in context.time.indices {
            let step = Step(cones: devices.compactMap { $0.cones?[t] }, isTraded: trades.map { $0.limit[t] > 0 })
            guard tried.insert(step).inserted else { continue }
            if let found = try? circle(devices, drafts, zip(trades, step.isTraded).filter(\.1).map(\.0), at: t) {
                return found
            }
        }
        return nil
    }

    private func circle(_ devices: [Device], _ drafts: [PartyDraft], _ trades: [Trade], at step: Int) throws -> Circle?
    {
        var model = LinearModel()
        var balances: [Node: LinearExpression] = [:]
        var own: [Node: LinearExpression] = [:]
        var sales: [Node: LinearExpression] = [:]
        var flows: [[LinearExpression]] = []
        var taken = LinearExpression()
        for (k, device) in devices.enumerated() {
            guard let expressions = try device.cones?[step].add(to: &model, named: "d\(k)") else { continue }
            flows.append(expressions)
            for (carrier, flow) in zip(device.takes, expressions) {
                balances[Node(party: device.party, carrier: carrier), default: .init()] += -flow
                if !masses.contains(carrier) { taken += flow }
            }
            for (carrier, flow) in zip(device.gives, expressions.dropFirst(device.takes.count)) {
                balances[Node(party: device.party, carrier: carrier), default: .init()] += flow
                own[Node(party: device.party, carrier: carrier), default: .init()] += flow
            }
        }
        for (k, trade) in trades.enumerated() {
            guard let seller = drafts.firstIndex(where: { $0.name == trade.seller }),
                let buyer = drafts.firstIndex(where: { $0.name == trade.buyer })
            else { continue }
            let flow = try model.variable("t\(k)")
            balances[Node(party: seller, carrier: trade.carrier), default: .init()] += -flow.linearExpression
            balances[Node(party: buyer, carrier: trade.carrier), default: .init()] += flow.linearExpression
            if !drafts[seller].party.resells {
                sales[Node(party: seller, carrier: trade.carrier), default: .init()] += flow.linearExpression
            }
        }
        guard !taken.isConstant else { return nil }
        let nodes = balances.keys.sorted { ($0.party, $0.carrier) < ($1.party, $1.carrier) }
        var surplus = LinearExpression()
        for (k, node) in nodes.enumerated() {
            let left = balances[node] ?? .init()
            if !masses.contains(node.carrier) { surplus += left }
            if !left.isConstant { try model.add(left >= 0, named: "b\(k)") }
            if let sold = sales[node] { try model.add((own[node] ?? .init()) - sold >= 0, named: "s\(k)") }
        }
        try model.add(taken <= 1, named: "taken")
        try model.maximise(taken)
        // Nothing but nothing goes round, or as much as one lets it.
        let session = try SolverSession(model)
        guard try session.solve() == .optimal, session.objectiveValue > 0.5 else { return nil }
        try model.maximise(surplus)
        let most = try SolverSession(model)
        guard try most.solve() == .optimal else { return nil }
        // Without a surplus to be had, any circle does.
        let answer = most.objectiveValue > Self.noise ? most : session
        let parts = zip(devices, flows).compactMap { device, expressions -> Part? in
            let amounts = expressions.map { answer.value(of: $0) }
            func above(_ carriers: [String], _ amounts: [Double]) -> [(carrier: String, amount: Double)] {
                zip(carriers, amounts).filter { $1 > Self.noise }.map { ($0, $1) }
            }
            let takes = above(device.takes, amounts)
            guard !takes.isEmpty else { return nil }
            return Part(
                device: device, takes: takes, gives: above(device.gives, Array(amounts.dropFirst(device.takes.count))))
        }
        return parts.isEmpty ? nil : Circle(parts: parts, surplus: max(0, most.objectiveValue))
    }

    // MARK: Words

    private func report(_ circle: Circle, _ drafts: [PartyDraft]) {
        let isOfOne = Set(circle.parts.map(\.device.party)).count == 1
        func name(_ part: Part) -> String {
            isOfOne ? part.device.component : "\(drafts[part.device.party].name).\(part.device.component)"
        }
        let (parts, gain) = inOrder(circle.parts)
        let steps = parts.map { part in
            let all = part.takes.reduce(0) { $0 + $1.amount }
            let gives = part.gives.map { "\(NumberText.rounded($0.amount / all)) kWh of \($0.carrier)" }
            let takes =
                part.takes.count == 1
                ? "a kWh of \(part.takes[0].carrier)"
                : part.takes.map { "\(NumberText.rounded($0.amount / all)) kWh of \($0.carrier)" }
                    .joined(separator: " and ")
            return "\(name(part)) makes \(gives.joined(separator: " and ")) of \(takes)"
        }.joined(separator: ", ")
        let source = parts[0].device.source
        let key = ["corners", "efficiency"].first { source.values.written.contains($0) }
        if circle.surplus > Self.noise {
            let gain =
                // What is left over may be something else than what goes round.
                gain.flatMap { $0 > 1 + Self.noise ? $0 : nil }.map { "a kWh becomes \(NumberText.rounded($0))" }
                ?? "of each kWh that they take \(NumberText.rounded(circle.surplus)) kWh are left over"
            log.error(
                source.location(of: key), source.path,
                "energy out of nothing: \(steps), so that \(gain). Lower an efficiency."
            )
        } else {
            log.warning(
                source.location(of: key), source.path,
                "energy may go round without a loss: \(steps). There are then many best answers. Lower an efficiency.")
        }
    }

    /// The parts as the energy passes through them, and what a kWh becomes on its way round; as they are, and nil,
    /// where a device has several inputs or hands on several outputs.
    private func inOrder(_ parts: [Part]) -> (parts: [Part], gain: Double?) {
        let carriers = Set(parts.flatMap { $0.takes.map(\.carrier) })
        var order: [Int] = []
        var gain = 1.0
        var at = parts.count - 1
        while !order.contains(at) {
            order.append(at)
            let handed = parts[at].gives.filter { carriers.contains($0.carrier) }
            guard parts[at].takes.count == 1, handed.count == 1,
                let next = parts.indices.first(where: { parts[$0].takes[0].carrier == handed[0].carrier })
            else { return (parts, nil) }
            gain *= handed[0].amount / parts[at].takes[0].amount
            at = next
        }
        return order.count == parts.count && at == order[0] ? (order.map { parts[$0] }, gain) : (parts, nil)
    }
}
