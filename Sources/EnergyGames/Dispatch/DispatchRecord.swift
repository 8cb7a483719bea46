import Energy
import LinearModels

extension DispatchAnswer {
    /// What a solver found and proved: with the dispatch, the same answer to the bit. A run keeps it on disk, so that
    /// what was solved once is not solved again.
    public struct Record: Sendable, Codable {
        let aim: Dispatch.Aim
        let status: SolveStatus
        let bound: Double
        let isProvedByDuality: Bool
        var values: [Double]
        var violation: Double
        let marginals: [Marginal]
    }

    /// Of an answer to one program; windows have a ``RollingDispatch/SolvedWindow`` each.
    public var record: Record {
        Record(
            aim: aim, status: status, bound: bound, isProvedByDuality: isProvedByDuality, values: values,
            violation: violation, marginals: marginals)
    }

    /// The answer that a record is of; nil where it is of another model.
    public init?(_ dispatch: Dispatch, _ record: Record) {
        guard record.values.count == dispatch.built.model.variableCount else { return nil }
        aim = record.aim
        status = record.status
        bound = record.bound
        isProvedByDuality = record.isProvedByDuality
        values = record.values
        violation = record.violation
        marginals = record.marginals
        cost = dispatch.cost.value(variables: values, parameters: [])
        emission = dispatch.emission.value(variables: values, parameters: [])
        solution = SystemSolution(dispatch.built, time: dispatch.system.time, values: values, parameters: [])
        marginalsFixIntegers = dispatch.built.model.hasIntegers
    }
}
