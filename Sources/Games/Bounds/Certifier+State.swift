import LinearModels

extension Certifier {
    /// All that decides what comes next, between two rounds: who goes on from it ends with the same certificate.
    package struct State: Sendable {
        package var open = OpenNodes()
        /// The greatest bound among parts that were left: those without anything better, and those that could not be
        /// split further.
        package var settled = -Double.infinity
        package var best: (payoff: Double, decision: [Double])?
        /// Programs.
        package var solved = 0
        /// Parts.
        package var made = 0
        package var curve: [Certificate.Step] = []
        package var reasoning = Certificate.Reasoning.branching
        /// What was known before.
        package var ceiling = Double.infinity
        /// Of one part's program, which may make GLPK cycle; by what the first took.
        package var mostWork = Int.max
        /// What was found in some parts and holds in all; nil where nothing was, or nothing of that kind is looked for.
        package var cuts: CutRows?
        /// All that it took so far, by the clock.
        package var seconds = 0.0

        package init() {}

        /// No decision pays more.
        package var bound: Double {
            min(ceiling, max(settled, open.greatestBound ?? -.infinity, best?.payoff ?? -.infinity))
        }

        /// Nodes with a bound at or below this are pruned.
        var threshold: Double { best.map { $0.payoff + 0.2 * slack($0.payoff) } ?? -.infinity }

        /// Payoffs that differ by less are one. Near a payoff of 0 the size of what a bound was at first tells what is
        /// small; only where all are above 1, that is 1.
        func slack(_ payoff: Double) -> Double {
            Certificate.tolerance * max(abs(payoff), min(1, ceiling.isFinite ? abs(ceiling) : 1))
        }

        /// Whether it can be one of this program.
        func fits(_ nodes: NodeProgram) -> Bool {
            let model = nodes.program.model
            let isPart = { (part: BranchNode) in
                part.lower.count == nodes.lower.count && part.upper.count == nodes.upper.count
                    && part.basis.rows.count == model.constraintCount
                    && part.basis.columns.count == model.variableCount
                    && (part.rows ?? []).allSatisfy { (0..<nodes.envelopeCount).contains($0.place) }
            }
            return open.nodes.allSatisfy(isPart) && (cuts.map(nodes.mayTake) ?? true)
                && best.map { $0.decision.count == nodes.program.decisions.count } ?? true
        }
    }
}
