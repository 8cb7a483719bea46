import CGLPK
import Foundation

/// A linear program answered in rational numbers: by the simplex method in floating point, and from where that ended,
/// in fractions of whole numbers of any length.
///
/// What it says of the numbers it was given rests on no tolerance, and hence on no unit that a row, a column or the
/// objective is written in. GLPK's exact method takes numbers that are not whole for near fractions. So all are made
/// whole first: each row and the objective by a factor, columns and sides by one power of two that they share.
///
/// Numbers that come from decimals are rounded, though, and a row that follows from others may not do so to the last
/// digit. ``room`` moves all sides outward by a share of what stands in their rows: what is infeasible then is so for
/// all numbers that near.
///
/// It belongs to one thread, as a ``SolverSession`` does.
package final class RationalSession {
    /// How far the sides of all rows are moved outward, as a share of a row's magnitude.
    package enum Room: Double, Sendable {
        case none = 0
        /// Some hundred times what reading decimals rounds.
        case rounding = 0x1p-44
        /// To see whether an answer hangs on differences of the size of rounding.
        case wide = 0x1p-36
    }

    package let model: LinearModel
    package var room = Room.rounding
    /// Of the last solve that ended as optimal or unbounded.
    package private(set) var values: [Double]
    package private(set) var objectiveValue = 0.0
    /// Programs solved so far.
    package private(set) var solves = 0
    /// After this moment solves end as limited.
    package var deadline = Date.distantFuture

    private let problem: OpaquePointer
    private let thread = pthread_self()
    private let magnitudes: Magnitudes
    /// By what each row is multiplied to be whole.
    private let rowFactors: [Double]
    /// By what all columns and sides are multiplied.
    private let unit: Double
    /// Whether all numbers are within what a computer's numbers reach once they are whole.
    private let isWritable: Bool
    private(set) var lower: [Double]
    private(set) var upper: [Double]
    private var sides: [(lower: Double, upper: Double)]
    private var costs: [Double]
    private var costConstant: Double

    /// - Parameter model: without parameters; integers in it count as continuous. Its objective is solved for.
    package init(_ model: LinearModel) {
        glp_term_out(GLP_OFF)
        self.model = model
        magnitudes = Magnitudes(model)
        let scaled = model.rows.map { WholeNumbers.scaled($0.coefficients.map(\.value)) }
        rowFactors = scaled.map(\.factor)
        lower = model.columns.map(\.lower.constant)
        upper = model.columns.map(\.upper.constant)
        sides = model.rows.map { ($0.lower.constant, $0.upper.constant) }
        values = model.columns.map { _ in 0 }
        let form = model.objectiveForm
        (costs, costConstant) = (form.ofVariables, form.constant)
        let bits = Self.bits(lower + upper, sides, rowFactors, magnitudes)
        unit = exp2(Double(min(bits, Self.mostBits)))
        isWritable =
            bits <= Self.mostBits
            && Self.isFinite(lower + upper, sides, rowFactors, exp2(Double(min(bits, Self.mostBits))))
        problem = glp_create_prob()
        // GLPK's exact method wants a row and a column.
        glp_add_rows(problem, Int32(model.rows.count + 1))
        glp_add_cols(problem, Int32(model.columns.count + 1))
        let last = Int32(model.rows.count + 1)
        glp_set_mat_row(problem, last, 1, [0, Int32(model.columns.count + 1)], [0, 1])
        glp_set_row_bnds(problem, last, GLP_FR, 0, 0)
        glp_set_col_bnds(problem, Int32(model.columns.count + 1), GLP_FX, 0, 0)
        for (i, row) in model.rows.enumerated() {
            glp_set_mat_row(
                problem, Int32(i + 1), Int32(row.coefficients.count),
                [0] + row.coefficients.map { Int32($0.column + 1) }, [0] + scaled[i].numbers)
            glp_set_rii(problem, Int32(i + 1), Self.power(1 / (rowFactors[i] * magnitudes.rows[i])) / unit)
        }
        for j in model.columns.indices {
            glp_set_sjj(problem, Int32(j + 1), magnitudes.columns[j] * unit)
            writeBounds(j)
        }
        setObjective(costs, constant: costConstant, sense: model.sense)
        glp_std_basis(problem)
    }

    deinit {
        // On another thread the memory is GLPK's of that thread's environment.
        if pthread_equal(thread, pthread_self()) != 0 { glp_delete_prob(problem) }
    }

    private static func power(_ value: Double) -> Double { exp2(log2(value).rounded()) }

    private static let mostBits = 900

    /// The exponent of a power of two that makes bounds, sides and the least room whole.
    private static func bits(
        _ bounds: [Double], _ sides: [(lower: Double, upper: Double)], _ factors: [Double], _ magnitudes: Magnitudes
    ) -> Int {
        var bits = 0
        func need(_ number: Double) {
            guard number.isFinite, number != 0 else { return }
            bits = max(bits, number.significandWidth - Int(number.exponent))
        }
        for bound in bounds { need(bound) }
        for (i, side) in sides.enumerated() {
            need(side.lower * factors[i])
            need(side.upper * factors[i])
            need(Room.rounding.rawValue * 0x1p-8 * power(magnitudes.rows[i] * factors[i]))
        }
        return bits
    }

    private static func isFinite(
        _ bounds: [Double], _ sides: [(lower: Double, upper: Double)], _ factors: [Double], _ unit: Double
    ) -> Bool {
        func fits(_ number: Double, _ factor: Double) -> Bool {
            !number.isFinite || (abs(number) * factor * unit) < 0x1p1000
        }
        return bounds.allSatisfy { fits($0, 1) }
            && zip(sides, factors).allSatisfy { $1.isFinite && fits($0.lower, $1) && fits($0.upper, $1) }
    }

    // MARK: Numbers

    package func bound(_ variable: Variable, from low: Double, to high: Double) {
        guard low != lower[variable.index] || high != upper[variable.index] else { return }
        (lower[variable.index], upper[variable.index]) = (low, high)
        writeBounds(variable.index)
    }

    package func side(_ constraint: Constraint, from low: Double, to high: Double) {
        sides[constraint.index] = (low, high)
    }

    /// - Parameter costs: one number per variable.
    package func setObjective(_ costs: [Double], constant: Double, sense: LinearModel.Sense) {
        (self.costs, costConstant) = (costs, constant)
        glp_set_obj_dir(problem, sense == .minimise ? GLP_MIN : GLP_MAX)
        for (j, cost) in WholeNumbers.scaled(costs).numbers.enumerated() {
            glp_set_obj_coef(problem, Int32(j + 1), cost)
        }
    }

    /// The objective's own costs, by variable.
    package var objective: (costs: [Double], constant: Double, sense: LinearModel.Sense) {
        (costs, costConstant, glp_get_obj_dir(problem) == GLP_MIN ? .minimise : .maximise)
    }

    /// What the objective's terms are by nature: its values are differences of numbers of this size.
    package var objectiveMagnitude: Double {
        zip(costs, magnitudes.columns).reduce(abs(costConstant)) { max($0, abs($1.0) * $1.1) }
    }

    /// By how much the sides of a row are moved outward.
    package func room(of constraint: Constraint) -> Double { room.rawValue * magnitudes.rows[constraint.index] }

    /// How great a variable's values are by nature.
    package func magnitude(of variable: Variable) -> Double { magnitudes.columns[variable.index] }

    private func writeBounds(_ j: Int) {
        let (low, high) = (lower[j], upper[j])
        glp_set_col_bnds(
            problem, Int32(j + 1), Self.type(low, high), low.isFinite ? (low * unit).rounded() : 0,
            high.isFinite ? (high * unit).rounded() : 0)
    }

    private func placeSides() {
        for i in sides.indices {
            let room = (room.rawValue * magnitudes.rows[i] * rowFactors[i] * unit).rounded()
            let low = (sides[i].lower * rowFactors[i] * unit).rounded() - room
            let high = (sides[i].upper * rowFactors[i] * unit).rounded() + room
            glp_set_row_bnds(
                problem, Int32(i + 1), Self.type(low, high), low.isFinite ? low : 0, high.isFinite ? high : 0)
        }
    }

    private static func type(_ low: Double, _ high: Double) -> Int32 {
        switch (low.isFinite, high.isFinite) {
        case (false, false): GLP_FR
        case (true, false): GLP_LO
        case (false, true): GLP_UP
        case (true, true): low == high ? GLP_FX : GLP_DB
        }
    }

    // MARK: Solving

    package var basis: Basis {
        Basis(
            rows: (0...model.rows.count).map { glp_get_row_stat(problem, Int32($0 + 1)) },
            columns: (0...model.columns.count).map { glp_get_col_stat(problem, Int32($0 + 1)) })
    }

    /// Starts the next solve from a basis of this session.
    package func restore(_ basis: Basis) {
        for (i, status) in basis.rows.enumerated() { glp_set_row_stat(problem, Int32(i + 1), status) }
        for (j, status) in basis.columns.enumerated() { glp_set_col_stat(problem, Int32(j + 1), status) }
    }

    /// Solves in floating point alone: what is found is a guess, its basis a start.
    package func guess() -> SolveStatus {
        guard zip(lower, upper).allSatisfy({ $0 <= $1 }) else { return .infeasible }
        guard isWritable, deadline.timeIntervalSinceNow > 0 else { return .limit(gap: nil) }
        placeSides()
        var options = options
        options.meth = GLP_DUALP
        guard glp_simplex(problem, &options) == 0 else {
            glp_adv_basis(problem, 0)
            return .limit(gap: nil)
        }
        return status
    }

    /// - Returns: how the exact method ended; ``SolveStatus/limit(gap:)`` where it had to be ended.
    package func solve() -> SolveStatus {
        solves += 1
        let guessed = guess()
        // What is infeasible by a variable's bounds is so exactly, and GLPK is not asked.
        guard zip(lower, upper).allSatisfy({ $0 <= $1 }) else { return guessed }
        guard isWritable, deadline.timeIntervalSinceNow > 0 else { return .limit(gap: nil) }
        var options = options
        return glp_exact(problem, &options) == 0 ? status : .limit(gap: nil)
    }

    private var options: glp_smcp {
        var options = glp_smcp()
        glp_init_smcp(&options)
        options.msg_lev = GLP_MSG_OFF
        options.tm_lim = Int32(max(1, min(deadline.timeIntervalSinceNow, 1e6) * 1000))
        options.it_lim = Int32(20_000 + 50 * (model.rows.count + model.columns.count))
        return options
    }

    private var status: SolveStatus {
        switch glp_get_status(problem) {
        case GLP_OPT:
            read()
            return .optimal
        case GLP_NOFEAS: return .infeasible
        case GLP_UNBND:
            read()
            return .unbounded
        default: return .limit(gap: nil)
        }
    }

    private func read() {
        for j in values.indices { values[j] = glp_get_col_prim(problem, Int32(j + 1)) / unit }
        objectiveValue = zip(costs, values).reduce(costConstant) { $0 + $1.0 * $1.1 }
    }

    /// A fraction between two numbers of a computer is cut off to the one nearer to zero. Of the two, that which is
    /// written shorter.
    package func shortest(_ value: Double) -> Double {
        let other = value < 0 ? value.nextDown : value.nextUp
        return value != 0 && "\(other)".count < "\(value)".count ? other : value
    }

    /// Takes values that an earlier solve found for those of the last one.
    package func adopt(_ values: [Double]) {
        self.values = values
        objectiveValue = zip(costs, values).reduce(costConstant) { $0 + $1.0 * $1.1 }
    }

    package func value(of variable: Variable) -> Double { values[variable.index] }

    package func value(of expression: LinearExpression) -> Double {
        expression.value(variables: values, parameters: [])
    }
}
