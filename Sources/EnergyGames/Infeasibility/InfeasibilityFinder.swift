import Energy
import Games
import LinearModels
import Writing

/// Finds why a model has no solution, and puts it into the case's words.
struct InfeasibilityFinder {
    let model: LinearModel
    let parameters: [Double]
    let time: TimeGrid
    /// The day that the model is of; nil where its names tell, or there are none.
    var day: String?
    /// What is decided, by name.
    var sizes: [String: Dimension] = [:]

    /// - Returns: nil where the model has a solution after all.
    func find(_ extent: Infeasibility.Extent, decided: String?, isOfEveryDecision: Bool) throws -> Infeasibility? {
        guard try model.hasSolution(at: parameters) == false else { return nil }
        let balances = model.rules(at: parameters).filter { name($0).carrier != nil }
        let largest = balances.map(limit).max() ?? 0
        let missing = try model.leastChanges(at: parameters) { rule in
            guard name(rule).carrier != nil else { return nil }
            // Of several parties the one that asks for most goes without; one that only passes on comes last.
            let demand = limit(of: rule)
            return demand > 0 ? 1.01 - 0.01 * demand / largest : 1.02
        }
        let unmet = (missing ?? []).map(words)
        let worst = unmet.max { abs($0.missing) < abs($1.missing) }
        // What clashes where most is missing says most. What a trade can carry at most follows from its parties, and
        // what stands before a binary from other limits.
        let clash = try model.clash(at: parameters, given: isGiven) { rule in
            let name = name(rule)
            let isThere = worst.map { $0.day == day ?? name.day && $0.hour == name.step.map(hour) } ?? true
            return name.isExclusion ? 4 : (isThere ? 0 : 2) + (name.party == nil ? 1 : 0)
        }
        guard let clash else { return nil }
        let steady = steadyNumbers()
        let changes = try leastChanges(steady)
        return Infeasibility(
            extent: extent, isOfEveryDecision: isOfEveryDecision, decided: decided, unmet: unmet,
            clash: grouped(clash.rules), isIrreducible: clash.isIrreducible, isOfWholeNumbers: clash.isOfWholeNumbers,
            changes: words(changes, steady), modelChanges: changes, modelClash: clash.rules)
    }

    private func name(_ rule: ModelRule) -> RuleName { RuleName(rule) }

    /// That a power is not negative is nothing that anybody would change.
    private func isGiven(_ rule: ModelRule) -> Bool { rule.kind == .lowerBound && limit(of: rule) == 0 }

    private func limit(of rule: ModelRule) -> Double { model.limits(of: rule, at: parameters).lower }

    // MARK: Least change

    /// Limits first; demands where limits alone cannot mend it; all rules where those cannot.
    private func leastChanges(_ steady: Set<String>) throws -> [RuleChange] {
        func ofLimits(_ rule: ModelRule) -> Double? {
            let name = name(rule)
            if isGiven(rule) || name.isPhysics || name.carrier != nil { return nil }
            // Follows from what its parties can take and give, or is the same limit once more.
            if name.party == nil || name.isExclusion { return 1e-3 }
            guard rule.kind != .row else { return 10 }
            // What follows the weather or the vehicles that are there cannot be raised where it is nothing.
            guard !steady.contains(Self.number(rule, name)) else { return 1 }
            return rule.kind == .upperBound && model.limits(of: rule, at: parameters).upper == 0 ? nil : 10
        }
        let ways: [(ModelRule) -> Double?] = [
            ofLimits,
            { rule in name(rule).carrier != nil ? 1 : ofLimits(rule) },
            { rule in name(rule).isPhysics ? 100 : ofLimits(rule) ?? 10 },
        ]
        for way in ways {
            let changes = try model.leastChanges(
                at: parameters,
                sharing: { rule in
                    let number = Self.number(rule, name(rule))
                    return steady.contains(number) ? number : nil
                }, price: way)
            if let changes { return changes }
        }
        return []
    }

    /// What rules have in common that are the same number at all steps.
    private static func number(_ rule: ModelRule, _ name: RuleName) -> String {
        [name.day ?? "", name.party ?? "", name.component, name.subject, "\(rule.kind)"].joined(separator: ".")
    }

    /// Numbers of limits that are the same at all steps: in the case they are one.
    private func steadyNumbers() -> Set<String> {
        var limits: [String: Set<[Double]>] = [:]
        for rule in model.rules(at: parameters) {
            let name = name(rule)
            guard name.step != nil, name.party != nil, name.carrier == nil, !name.isPhysics else { continue }
            let (lower, upper) = model.limits(of: rule, at: parameters)
            limits[Self.number(rule, name), default: []].insert(rule.kind == .row ? [lower, upper] : [upper])
        }
        return Set(limits.filter { $0.value.count == 1 }.keys)
    }

    // MARK: Words

    private func hour(_ step: Int) -> Double { NumberText.roundedNumber(time.start(of: step)) }

    private func words(_ change: RuleChange) -> Infeasibility.Unmet {
        let name = name(change.rule)
        return Infeasibility.Unmet(
            day: day ?? name.day, party: name.party ?? "", carrier: name.carrier ?? "", hour: hour(name.step ?? 0),
            demand: unsigned(max(0, change.limit)), missing: -change.amount)
    }

    /// Nothing has no sign, in JSON either.
    private func unsigned(_ value: Double) -> Double { value == 0 ? 0 : value }

    /// Rules of the same name become one with all their hours.
    private func grouped(_ rules: [ModelRule]) -> [Infeasibility.Rule] {
        var result: [Infeasibility.Rule] = []
        for rule in rules {
            let name = name(rule)
            let (day, hours) = (day ?? name.day, name.step.map { [hour($0)] } ?? [])
            if let k = result.firstIndex(where: { $0.name == name.text && $0.day == day }) {
                result[k].hours = Set(result[k].hours + hours).sorted()
            } else {
                result.append(Infeasibility.Rule(day: day, name: name.text, hours: hours))
            }
        }
        return result
    }

    private func words(_ changes: [RuleChange], _ steady: Set<String>) -> [Infeasibility.Change] {
        var groups: [(key: String, changes: [RuleChange])] = []
        for change in changes where name(change.rule).party != nil {
            let name = name(change.rule)
            let isSteady = steady.contains(Self.number(change.rule, name))
            let key = "\(name.day ?? "") \(name.text) \(isSteady ? "" : "\(change.amount > 0)")"
            if let k = groups.firstIndex(where: { $0.key == key }) {
                groups[k].changes.append(change)
            } else {
                groups.append((key, [change]))
            }
        }
        // What stands before a binary follows from a limit: it is no change of its own where a limit is reported.
        let limits = groups.filter { !$0.changes.allSatisfy { name($0.rule).isExclusion } }
        return (limits.isEmpty ? groups : limits).compactMap { _, changes in
            // A limit that stands in several rules: the one that has the number, and of two sides the upper one.
            let sizes = changes.map { abs($0.amount) + ($0.limit != 0 ? 2e-9 : 0) + ($0.amount > 0 ? 1e-9 : 0) }
            guard let k = sizes.indices.max(by: { sizes[$0] < sizes[$1] }),
                var rule = grouped(changes.map(\.rule)).first
            else { return nil }
            let name = name(changes[k].rule)
            if steady.contains(Self.number(changes[k].rule, name)) { rule.hours = [] }
            let (unit, factor) = name.unit(time, sizes: self.sizes)
            return Infeasibility.Change(
                rule: rule, limit: unsigned(factor * changes[k].limit), amount: factor * changes[k].amount, unit: unit)
        }
    }
}

extension EnergyGame {
    /// Why a decision has no answer.
    ///
    /// - Parameter decision: one number per decision.
    /// - Returns: nil where it has one, where something is unbounded, or where a limit keeps it from being told.
    public func infeasibility(at decision: [Double]) throws -> Infeasibility? {
        guard let found = try game.unsolvable(at: decision) else { return nil }
        var day: Day?
        let extent: Infeasibility.Extent
        switch found.extent {
        case .follower(let k):
            let party = game.parties.firstIndex { $0.followers.contains(k) } ?? 0
            let own = days.first { $0.parties.contains(party) } ?? days[0]
            day = own
            extent = .follower(own.groups[party - own.parties.lowerBound].joined(separator: " + "))
        case .system: extent = .everybody
        case .dispatch: extent = .dispatch
        }
        let finder = InfeasibilityFinder(
            model: found.model, parameters: found.parameters, time: system.time, day: day?.name)
        var reason = try finder.find(extent, decided: "price", isOfEveryDecision: found.isOfEveryDecision)
        guard let clash = reason?.modelClash else { return reason }
        // Rules of a whole system say themselves which day they are of.
        let concerned =
            day.map { [($0, clash)] } ?? days.map { one in (one, clash.filter { RuleName($0).day == one.name }) }
        reason?.vehicles = concerned.flatMap { $0.system.vehicles(behind: $1) }
        return reason
    }
}

extension Dispatch {
    /// Why the system cannot be operated.
    ///
    /// - Returns: nil where it can, or where a limit keeps it from being told.
    public func infeasibility() throws -> Infeasibility? {
        var reason = try InfeasibilityFinder(model: built.model, parameters: [], time: system.time)
            .find(.everybody, decided: nil, isOfEveryDecision: true)
        if let clash = reason?.modelClash { reason?.vehicles = system.vehicles(behind: clash) }
        return reason
    }

    /// Does something with the system, and says why it cannot be operated where it cannot.
    ///
    /// - Throws: ``Infeasibility`` in the place of ``DispatchError/infeasible``, where the reason can be told.
    public func explaining<Result>(_ operate: (Dispatch) throws -> Result) throws -> Result {
        do {
            return try operate(self)
        } catch DispatchError.infeasible {
            throw try infeasibility() ?? DispatchError.infeasible
        }
    }
}

extension EnergySystem {
    /// Vehicles that have to be charged during the hours of rules of their fleet.
    fileprivate func vehicles(behind rules: [ModelRule]) -> [String] {
        let names = rules.map { RuleName($0) }
        return parties.flatMap { party in
            party.components.compactMap { $0 as? any VehicleFleet }.flatMap { fleet -> [String] in
                let components = Set(fleet.groups.map(\.name) + [fleet.name])
                let steps = names.filter { $0.party == party.name && components.contains($0.component) }
                    .compactMap(\.step)
                guard let first = steps.min(), let last = steps.max() else { return [] }
                let (from, to) = (time.start(of: first), time.start(of: last) + time.hours)
                return fleet.scheduledVehicles.filter {
                    $0.departureEnergy > $0.arrivalEnergy && $0.arrival < to && $0.departure > from
                }
                .sorted { ($0.departure, $0.name) < ($1.departure, $1.name) }
                .map {
                    let share = NumberText.rounded(100 * $0.departureEnergy / $0.battery)
                    return "\($0.name) (soc_departure \(share) % at hour \(NumberText.rounded($0.departure)))"
                }
            }
        }
    }
}

extension SizingGame {
    /// Why no sizes serve all days: of the first day that none serve, or of all days together.
    ///
    /// - Returns: nil where there are sizes that do, or where a limit keeps it from being told.
    public func infeasibility() throws -> Infeasibility? {
        for (day, built) in zip(days, built) {
            let model = try built.model.freeing(built.model.parameters.map { ($0, built.model.range(of: $0)) })
            let finder = finder(model, [], days.count > 1 ? day.name : nil)
            if let found = try finder.find(.everybody, decided: "size", isOfEveryDecision: true) { return found }
        }
        return try finder(exactModel(), [], nil).find(.everybody, decided: "size", isOfEveryDecision: true)
    }

    /// Why the first day without an operation at given sizes has none.
    ///
    /// - Parameter sizes: one number per decision.
    public func infeasibility(at sizes: [Double]) throws -> Infeasibility? {
        guard let found = try game.unsolvable(at: sizes), case .follower(let k) = found.extent else { return nil }
        return try finder(found.model, found.parameters, days.count > 1 ? days[k].name : nil)
            .find(.everybody, decided: "size", isOfEveryDecision: false)
    }

    private func finder(_ model: LinearModel, _ parameters: [Double], _ day: String?) -> InfeasibilityFinder {
        InfeasibilityFinder(
            model: model, parameters: parameters, time: days[0].system.time, day: day,
            sizes: Dictionary(sizes.map { ($0.name, $0.dimension) }) { first, _ in first })
    }
}
