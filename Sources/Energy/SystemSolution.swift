import LinearModels

/// The ledgers of a system evaluated at a solution: every flow, cost, emission and state as numbers.
public struct SystemSolution: Sendable {
    public typealias PartySolution = Ledger<Double>

    public let time: TimeGrid
    public let parties: [PartySolution]

    /// - Parameters:
    ///   - values: one number per variable of the built model.
    ///   - parameters: one number per parameter of the built model.
    public init(_ built: BuiltSystem, time: TimeGrid, values: [Double], parameters: [Double]) {
        self.time = time
        parties = built.ledgers.map { ledger in
            ledger.map { $0.value(variables: values, parameters: parameters) }
        }
    }

    /// Parties that were solved in several systems.
    package init(time: TimeGrid, parties: [PartySolution]) {
        self.time = time
        self.parties = parties
    }

    /// Money, masses and figures of several solutions of the same parties, each as often as it comes. What is no sum
    /// over them is left out: flows, states and sizes.
    ///
    /// - Parameter parts: one at least.
    package init(sumOf parts: [(weight: Double, solution: SystemSolution)]) {
        time = parts[0].solution.time
        var sums: [PartySolution] = []
        for (weight, solution) in parts {
            for party in solution.parties {
                let k = sums.firstIndex { $0.name == party.name } ?? sums.count
                if k == sums.count { sums.append(PartySolution(party: party.name, steps: 0)) }
                sums[k].add(party, times: weight)
            }
        }
        parties = sums
    }

    public func party(_ name: String) -> PartySolution? { parties.first { $0.name == name } }
}
