import CGLPK
import Foundation

/// A linear program as a file holds it: columns, rows and numbers, without parameters.
package struct ModelTable: Sendable, Equatable {
    package struct Column: Sendable, Equatable {
        package let name: String
        package let lower: Double
        package let upper: Double
        package let isInteger: Bool
        package let cost: Double

        package init(name: String, lower: Double, upper: Double, isInteger: Bool, cost: Double) {
            (self.name, self.lower, self.upper) = (name, lower, upper)
            (self.isInteger, self.cost) = (isInteger, cost)
        }
    }

    package struct Row: Sendable, Equatable {
        package let name: String
        package let lower: Double
        package let upper: Double
        /// Columns with their factors, each once.
        package let terms: [Term]

        package init(name: String, lower: Double, upper: Double, terms: [Term]) {
            (self.name, self.lower, self.upper, self.terms) = (name, lower, upper, terms)
        }
    }

    package struct Term: Sendable, Equatable {
        package let column: Int
        package let factor: Double

        package init(column: Int, factor: Double) { (self.column, self.factor) = (column, factor) }
    }

    package let columns: [Column]
    /// Those that bind; the objective's, and others without a side, are left out.
    package let rows: [Row]
    /// Of the objective.
    package let constant: Double
    package let isMaximised: Bool

    package init(columns: [Column], rows: [Row], constant: Double, isMaximised: Bool) {
        (self.columns, self.rows) = (columns, rows)
        (self.constant, self.isMaximised) = (constant, isMaximised)
    }

    /// Why a file is no table.
    package struct Unreadable: Error, Equatable, CustomStringConvertible {
        package let path: String
        /// What GLPK says of it, with the line.
        package let reason: String
        package var description: String { "\(path): \(reason)" }
    }

    /// Reads an MPS file, free or fixed, with GLPK's reader. A section `OBJSENSE`, which that does not know, is read
    /// here; without one, the objective is minimised.
    ///
    /// As it does, a column between integer markers without bounds is taken to be 0 or 1, and one with an upper bound
    /// alone to start from 0. What stands twice, be it a row, a column, a factor, a side, a range or a bound, is
    /// refused. As others read it, the right-hand side of the objective is minus its constant, and what is 1e20 or
    /// greater is no bound.
    package init(mps path: String) throws {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Unreadable(path: path, reason: "cannot be read. Does the file exist?")
        }
        let sense = try ObjectiveSense(mps: path)
        defer { sense.removeCopy() }
        isMaximised = sense.isMaximised
        let messages = Messages()
        var problem: OpaquePointer?
        var options = glp_mpscp()
        glp_init_mpscp(&options)
        // GLPK leaves out factors below 1e-12, though what is small hangs on the units of rows and columns.
        options.tol_mps = 0
        // Names with blanks are legal in the fixed format alone, so that it comes second.
        for format in [GLP_MPS_FILE, GLP_MPS_DECK] {
            let candidate = glp_create_prob()
            let code = messages.collect { glp_read_mps(candidate, format, &options, sense.path) }
            if code == 0 {
                problem = candidate
                break
            }
            glp_delete_prob(candidate)
        }
        guard let problem else {
            throw Unreadable(path: path, reason: messages.complaint(of: sense.path) ?? "is no MPS file.")
        }
        defer { glp_delete_prob(problem) }
        func bounds(_ type: Int32, _ lower: Double, _ upper: Double) -> (Double, Double) {
            let (low, high) =
                switch type {
                case GLP_FR: (-Double.infinity, Double.infinity)
                case GLP_LO: (lower, .infinity)
                case GLP_UP: (-.infinity, upper)
                default: (lower, upper)
                }
            return (low <= -Self.endless ? -.infinity : low, high >= Self.endless ? .infinity : high)
        }
        func name(_ text: UnsafePointer<CChar>?, _ number: Int32) -> String {
            text.map { String(cString: $0) } ?? "\(number)"
        }
        let count = glp_get_num_cols(problem)
        columns = (0..<count).map { j in
            let (lower, upper) = bounds(
                glp_get_col_type(problem, j + 1), glp_get_col_lb(problem, j + 1), glp_get_col_ub(problem, j + 1))
            return Column(
                name: name(glp_get_col_name(problem, j + 1), j + 1), lower: lower, upper: upper,
                isInteger: glp_get_col_kind(problem, j + 1) != GLP_CV, cost: glp_get_obj_coef(problem, j + 1))
        }
        var indices = [Int32](repeating: 0, count: Int(count) + 1)
        var values = [Double](repeating: 0, count: Int(count) + 1)
        rows = (0..<glp_get_num_rows(problem)).compactMap { i in
            let (lower, upper) = bounds(
                glp_get_row_type(problem, i + 1), glp_get_row_lb(problem, i + 1), glp_get_row_ub(problem, i + 1))
            // One whose only side has no end stays, as others count it.
            guard glp_get_row_type(problem, i + 1) != GLP_FR else { return nil }
            let length = Int(glp_get_mat_row(problem, i + 1, &indices, &values))
            let terms = (0..<length).map { Term(column: Int(indices[$0 + 1]) - 1, factor: values[$0 + 1]) }
            return Row(
                name: name(glp_get_row_name(problem, i + 1), i + 1), lower: lower, upper: upper,
                terms: terms.sorted { $0.column < $1.column })
        }
        // The objective's right-hand side is minus its constant for CPLEX, HiGHS and COIN-OR; GLPK adds it.
        constant = 0 - glp_get_obj_coef(problem, 0)
    }

    /// Bounds and sides of this size and more are none: other solvers write infinity so.
    private static let endless = 1e20

    /// What GLPK prints while it reads.
    private final class Messages {
        private var text = ""

        func collect(_ body: () -> Int32) -> Int32 {
            glp_term_out(GLP_ON)
            glp_term_hook(
                { info, text in
                    guard let info, let text else { return 1 }
                    Unmanaged<Messages>.fromOpaque(info).takeUnretainedValue().text += String(cString: text)
                    return 1
                }, Unmanaged.passUnretained(self).toOpaque())
            defer {
                glp_term_hook(nil, nil)
                glp_term_out(GLP_OFF)
            }
            return withExtendedLifetime(self) { body() }
        }

        /// The first complaint, which GLPK writes as `path:line: what`.
        func complaint(of path: String) -> String? {
            for line in text.split(separator: "\n") where line.hasPrefix("\(path):") {
                let rest = line.dropFirst(path.count + 1)
                guard let colon = rest.firstIndex(of: ":"), let number = Int(rest[..<colon]) else { continue }
                return "line \(number): \(rest[rest.index(after: colon)...].trimmingCharacters(in: .whitespaces))"
            }
            return nil
        }
    }
}
