import LinearModels

/// What was found in some parts of a program and holds in all: cuts, and tangents of squares.
package struct CutRows: Sendable, Equatable {
    /// `sum of coefficients times variables <= side`.
    package struct Cut: Sendable, Equatable {
        package let columns: [Int]
        package let values: [Double]
        package let side: Double

        package init(columns: [Int], values: [Double], side: Double) {
            (self.columns, self.values, self.side) = (columns, values, side)
        }
    }

    package struct Tangent: Sendable, Equatable {
        package let square: Int
        package let root: Double

        package init(square: Int, root: Double) { (self.square, self.root) = (square, root) }
    }

    /// Rows that hold something or nothing, and which of them was of no use for longest.
    package struct Rows<Content: Sendable & Equatable>: Sendable, Equatable {
        package var contents: [Content?]
        /// For each row, when it last held an answer; those that never did come first.
        package var lastUse: [Int]
        package var solves = 0

        package init(count: Int) {
            contents = Array(repeating: nil, count: count)
            lastUse = Array(repeating: 0, count: count)
        }

        var longestUnused: Int? { lastUse.indices.min { lastUse[$0] < lastUse[$1] } }

        /// - Parameter holds: whether a row held the answer of the solve that has just been.
        mutating func use(where holds: (Int) -> Bool) {
            for row in lastUse.indices where holds(row) { lastUse[row] = solves }
        }
    }

    package var cuts: Rows<Cut>
    package var tangents: Rows<Tangent>

    package init(cuts: Rows<Cut>, tangents: Rows<Tangent>) { (self.cuts, self.tangents) = (cuts, tangents) }
}

extension NodeProgram {
    /// All that was added so far.
    var cuts: CutRows { CutRows(cuts: spare, tangents: squares.points) }

    func mayTake(_ rows: CutRows) -> Bool {
        let columns = 0..<program.model.variableCount
        return rows.cuts.contents.count == program.spareRows.count && rows.cuts.lastUse.count == program.spareRows.count
            && rows.cuts.contents.allSatisfy { $0?.columns.allSatisfy(columns.contains) ?? true }
            && squares.mayTake(rows.tangents)
    }

    /// Adds what was added to a program of the same game.
    func take(_ rows: CutRows) {
        spare = rows.cuts
        for row in program.spareRows.indices { writeCut(row) }
        squares.take(rows.tangents)
    }

    private func writeCut(_ row: Int) {
        guard let cut = spare.contents[row] else { return }
        let all = program.model.variables
        session.rewrite(
            program.spareRows[row], as: zip(cut.columns, cut.values).map { (all[$0], $1) }, from: -.infinity,
            to: cut.side)
    }

    /// Adds `cost at p of the follower's variables <= cost at p of a response that it has at every p`, in the place of
    /// the cut that has been of no use for longest.
    func cut(_ payment: SingleLevelProgram.Payment, cost: [Double], response: [Double]) {
        guard let oldest = spare.longestUnused else { return }
        spare.lastUse[oldest] = spare.solves
        let first = program.game.offset(of: payment.follower).column
        var coefficients: [Int: Double] = [:]
        var side = 0.0
        for (j, value) in cost.enumerated() where value != 0 {
            coefficients[program.columns[first + j].index, default: 0] += value
            side += value * response[j]
        }
        for i in payment.products {
            let product = program.products[i]
            coefficients[product.value.index, default: 0] += 1
            let decision = program.decisions[product.decision]
            let sold = payment.terms.reduce(0) { sum, term in
                sum
                    + (term.parameter == product.decision ? term.factor * response[term.variable - first] : 0)
            }
            coefficients[decision.index, default: 0] -= sold
        }
        let terms = coefficients.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        spare.contents[oldest] = CutRows.Cut(columns: terms.map(\.key), values: terms.map(\.value), side: side)
        writeCut(oldest)
    }
}
