import Energy
import Writing

/// Warns of rules that bind nothing: limits that others imply, and parts of a case that do nothing.
struct IdleRuleCheck {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }

    func check(_ draft: PartyDraft) {
        // A day without it may be one of many.
        for (carrier, power) in draft.demand where !context.hasDays && power.allSatisfy({ $0 == 0 }) {
            log.warning(
                draft.location, "\(draft.path).demand.\(carrier)", "is 0 at every hour, so it asks for nothing.")
        }
        for component in draft.components {
            guard let source = draft.sources[component.name] else { continue }
            checkCapacity(source)
            checkRamp(source)
            checkLeastTimes(source)
            checkShares(source)
            checkSite(component, source)
        }
    }

    private func warn(_ source: ReadValues, _ key: String, _ sentence: String) {
        log.warning(source.location(of: key), "\(source.path).\(key)", sentence)
    }

    private func checkCapacity(_ source: ReadValues) {
        if source.values.optionalSize("capacity") == .fixed(0) { warn(source, "capacity", "is 0, so it does nothing.") }
        if let least = source.values.optionalNumber("min_soc"), least == source.values.optionalNumber("max_soc") {
            warn(source, "min_soc", "is max_soc, so nothing can be stored. Let them differ.")
        }
        if case .flag(false)? = source.values["curtailable"],
            source.values.optionalNumber("curtailment_penalty") ?? 0 > 0
        {
            warn(source, "curtailment_penalty", "has no effect, because curtailable is false. Take one of them out.")
        }
    }

    private func checkRamp(_ source: ReadValues) {
        guard let capacity = source.values.optionalSize("capacity")?.largest, capacity > 0 else { return }
        let shown = NumberText.duration(hours: context.time.hours)
        for key in ["ramp", "ramp_share"] where source.values.optionalNumber(key) == 0 {
            warn(source, key, "is 0, so the output can never change. Give the change that is possible in an hour.")
        }
        if let ramp = source.values.optionalNumber("ramp"), ramp * context.time.hours >= capacity {
            let (change, whole) = NumberText.compared(ramp * context.time.hours, capacity)
            warn(
                source, "ramp",
                "allows a change of \(change) kW within a step of \(shown), and the capacity is \(whole) kW: it never binds."
            )
        }
        if let share = source.values.optionalNumber("ramp_share"), share * context.time.hours >= 1 {
            warn(source, "ramp_share", "allows the whole capacity within a step of \(shown): it never binds.")
        }
    }

    private func checkLeastTimes(_ source: ReadValues) {
        for key in ["min_up", "min_down"] {
            guard let hours = source.values.optionalNumber(key), hours > 0, hours <= context.time.hours else {
                continue
            }
            let (least, step) = NumberText.compared(hours: hours, context.time.hours)
            warn(source, key, "is \(least), and nothing is switched within a step of \(step): it never binds.")
        }
    }

    private func checkShares(_ source: ReadValues) {
        for key in ["share", "max_power"] {
            let isNothing =
                source.values.optionalNumber(key) == 0
                || source.values.optionalSeries(key)?.allSatisfy { $0 == 0 } == true
            if isNothing { warn(source, key, "is 0, so nothing is flexible.") }
        }
    }

    private func checkSite(_ component: any Component, _ source: ReadValues) {
        let envelope = (component as? EVFleet)?.envelope ?? (component as? AggregateFleet)?.envelope
        guard let envelope, let limit = source.values.optionalNumber("site_limit") else { return }
        let most = (envelope.maximumCharge + envelope.maximumDischarge).max() ?? 0
        if most <= limit {
            let (allowed, possible) = NumberText.compared(limit, most)
            warn(
                source, "site_limit",
                "is \(allowed) kW, but all vehicles together have \(possible) kW at most: it never binds."
            )
        }
    }
}
