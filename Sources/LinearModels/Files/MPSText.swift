import CGLPK

/// A GLPK problem as free MPS, each number with as many digits as make it the same when it is read.
struct MPSText {
    private(set) var text = ""

    init(_ problem: OpaquePointer) {
        let (rows, columns) = (glp_get_num_rows(problem), glp_get_num_cols(problem))
        let objective = "R0000000"
        let name = glp_get_prob_name(problem).map { String(cString: $0) } ?? ""
        let rowNames = Self.names(rows) { glp_get_row_name(problem, $0) }
        let columnNames = Self.names(columns) { glp_get_col_name(problem, $0) }
        text += "NAME \(name)\nROWS\n N \(objective)\n"
        for i in 0..<Int(rows) {
            let letter =
                switch glp_get_row_type(problem, Int32(i + 1)) {
                case GLP_FR: "N"
                case GLP_LO, GLP_DB: "G"
                case GLP_UP: "L"
                default: "E"
                }
            text += " \(letter) \(rowNames[i])\n"
        }
        text += "COLUMNS\n"
        var (indices, values) = (
            [Int32](repeating: 0, count: Int(rows) + 1), [Double](repeating: 0, count: Int(rows) + 1)
        )
        var isWithinIntegers = false
        var markers = 0
        for j in 0..<Int(columns) {
            let isInteger = glp_get_col_kind(problem, Int32(j + 1)) != GLP_CV
            if isInteger != isWithinIntegers {
                markers += 1
                text += " M\(markers) 'MARKER' '\(isInteger ? "INTORG" : "INTEND")'\n"
                isWithinIntegers = isInteger
            }
            let cost = glp_get_obj_coef(problem, Int32(j + 1))
            let count = glp_get_mat_col(problem, Int32(j + 1), &indices, &values)
            var entries = cost != 0 || count == 0 ? ["\(objective) \(Self.number(cost))"] : []
            for k in 0..<Int(count) {
                entries.append("\(rowNames[Int(indices[k + 1]) - 1]) \(Self.number(values[k + 1]))")
            }
            for k in stride(from: 0, to: entries.count, by: 2) {
                text += " \(columnNames[j]) " + entries[k..<min(k + 2, entries.count)].joined(separator: " ") + "\n"
            }
        }
        if isWithinIntegers { text += " M\(markers + 1) 'MARKER' 'INTEND'\n" }
        addSides(problem, rowNames)
        addBounds(problem, columnNames)
        text += "ENDATA\n"
    }

    private mutating func addSides(_ problem: OpaquePointer, _ names: [String]) {
        var ranges = ""
        text += "RHS\n"
        for (i, name) in names.enumerated() {
            let row = Int32(i + 1)
            let (low, high) = (glp_get_row_lb(problem, row), glp_get_row_ub(problem, row))
            let side: Double
            switch glp_get_row_type(problem, row) {
            case GLP_FR: continue
            case GLP_UP: side = high
            case GLP_DB:
                side = low
                ranges += " RNG1 \(name) \(Self.number(high - low))\n"
            default: side = low
            }
            if side != 0 { text += " RHS1 \(name) \(Self.number(side))\n" }
        }
        if !ranges.isEmpty { text += "RANGES\n" + ranges }
    }

    /// Both bounds of an integer are written: readers differ in what they take one without bounds for.
    private mutating func addBounds(_ problem: OpaquePointer, _ names: [String]) {
        text += "BOUNDS\n"
        for (j, name) in names.enumerated() {
            let column = Int32(j + 1)
            let (low, high) = (glp_get_col_lb(problem, column), glp_get_col_ub(problem, column))
            let isInteger = glp_get_col_kind(problem, column) != GLP_CV
            func add(_ kind: String, _ value: Double? = nil) {
                text += " \(kind) BND1 \(name)" + (value.map { " \(Self.number($0))" } ?? "") + "\n"
            }
            switch glp_get_col_type(problem, column) {
            case GLP_FR: add("FR")
            case GLP_LO:
                if low != 0 || isInteger { add("LO", low) }
                if isInteger { add("PL") }
            case GLP_UP:
                add("MI")
                add("UP", high)
            case GLP_DB:
                if low != 0 || isInteger || high <= 0 { add("LO", low) }
                add("UP", high)
            default: add("FX", low)
            }
        }
    }

    private static func names(_ count: Int32, _ name: (Int32) -> UnsafePointer<CChar>?) -> [String] {
        (0..<count).map { k in name(k + 1).map { String(cString: $0) } ?? "" }
    }

    private static func number(_ value: Double) -> String {
        // Adding zero makes a zero of minus zero.
        let text = "\(value + 0)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
