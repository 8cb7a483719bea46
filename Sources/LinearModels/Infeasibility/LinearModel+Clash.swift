/// Rules of a model that no point satisfies together.
package struct Clash: Sendable, Equatable {
    /// In the order of the model: whole numbers, bounds, rows.
    package let rules: [ModelRule]
    /// Whether any of the rules left out makes the others satisfiable. Not known where a limit ended the search.
    package let isIrreducible: Bool
    /// Whether the rules clash only because some variables must be whole.
    package let isOfWholeNumbers: Bool
}

extension LinearModel {
    /// Rules that clash although any one of them left out would not: an irreducible infeasible subset, by an elastic
    /// relaxation and then a deletion filter (Chinneck, *Feasibility and Infeasibility in Optimization*, 2008, chapters
    /// 6 and 7).
    ///
    /// The relaxation's duals are a proof of infeasibility over few rules (Farkas). The filter then leaves out half of
    /// what is left, and where that mends it, halves again; it keeps a rule without which the others can be satisfied.
    ///
    /// - Parameters:
    ///   - parameters: one number per parameter.
    ///   - isGiven: rules that hold whatever is left out, and are not told: as that a power is not negative.
    ///   - rank: where several sets clash, rules of a lower rank are told. Each rank costs a solve.
    ///   - limits: of each solve.
    /// - Returns: nil where the model has a solution, or a limit ended the first solve.
    package func clash(
        at parameters: [Double], given isGiven: (ModelRule) -> Bool = { _ in false },
        rank: (ModelRule) -> Int = { _ in 0 }, limits: SolveLimits = SolveLimits(nodes: 2_000)
    ) throws -> Clash? {
        let numeric = NumericModel(self, at: parameters)
        let rules = numeric.rules
        let given = Set(rules.filter(isGiven))
        func status(of kept: some Collection<ModelRule>, _ isRelaxed: Bool) throws -> SolveStatus {
            let kept = given.union(kept)
            let model = try numeric.keeping { kept.contains($0) && !(isRelaxed && $0.kind == .wholeNumber) }
            do {
                return try SolverSession(model, limits: limits).solve()
            } catch SolverSessionError.solverFailed {
                return .limit(gap: nil)
            }
        }
        let candidates = rules.filter { !given.contains($0) }
        guard try status(of: candidates, false) == .infeasible else { return nil }
        let isRelaxed = try status(of: candidates, true) == .infeasible
        var suspects = isRelaxed ? candidates.filter { $0.kind != .wholeNumber } : candidates
        let ranks = Dictionary(uniqueKeysWithValues: suspects.map { ($0, rank($0)) })
        let levels = Set(ranks.values).sorted().dropLast()
        let few = try levels.first { level in
            try status(of: suspects.filter { ranks[$0, default: 0] <= level }, isRelaxed) == .infeasible
        }
        if let few {
            suspects = suspects.filter { ranks[$0, default: 0] <= few }
        } else if isRelaxed {
            let proof = try ElasticModel(numeric, limits: limits) { given.contains($0) ? nil : 1 }.proof()
            let named = suspects.filter(proof.contains)
            if try status(of: named, true) == .infeasible { suspects = named }
        }
        // Sorting keeps no order among equals by itself.
        let order = suspects.enumerated().map { (rank: ranks[$1, default: 0], place: $0, rule: $1) }
            .sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
        var isIrreducible = true
        var solves = 0
        /// What must stay of `open` beside `needed`, none of which may go.
        func filter(_ open: ArraySlice<ModelRule>, beside needed: [ModelRule]) throws -> [ModelRule] {
            // The last ones go first.
            guard !open.isEmpty else { return [] }
            guard solves < Self.mostSolves else {
                isIrreducible = false
                return Array(open)
            }
            solves += 1
            switch try status(of: needed, isRelaxed) {
            case .infeasible: return []
            case .limit: isIrreducible = false
            default: break
            }
            guard open.count > 1 else { return Array(open) }
            let middle = open.startIndex + open.count / 2
            let late = try filter(open[middle...], beside: needed + open[..<middle])
            return try filter(open[..<middle], beside: needed + late) + late
        }
        let needed = Set(try filter(order.map(\.rule)[...], beside: []))
        return Clash(
            rules: suspects.filter(needed.contains), isIrreducible: isIrreducible, isOfWholeNumbers: !isRelaxed)
    }

    /// Solves after which a set is reported as it is: a set that takes more has too many rules to be read.
    private static let mostSolves = 400

    /// Whether any point satisfies all rules; nil where a limit ended the solve.
    package func hasSolution(at parameters: [Double], limits: SolveLimits = SolveLimits(nodes: 2_000)) throws -> Bool? {
        do {
            switch try SolverSession(NumericModel(self, at: parameters).keeping { _ in true }, limits: limits).solve() {
            case .infeasible: return false
            case .limit(nil): return nil
            default: return true
            }
        } catch SolverSessionError.solverFailed {
            return nil
        }
    }

    /// Whether what satisfies the rules depends on parameters, not only what it costs.
    package var hasRulesWithParameters: Bool {
        columns.contains { !$0.lower.isConstant || !$0.upper.isConstant }
            || rows.contains { !$0.lower.isConstant || !$0.upper.isConstant }
    }
}
