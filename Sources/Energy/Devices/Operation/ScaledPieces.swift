import LinearModels

/// Consecutive pieces that a quantity fills from the first on, each as wide as a share of a size that may be decided.
///
/// What `LinearModel.piecewiseLinear` makes of an argument between fixed ends, for ends that are multiples of a size.
struct ScaledPieces: Sendable {
    /// Shares of the size.
    let widths: [Double]

    /// Adds variables `quantity.i` and rows that let them sum to a quantity.
    ///
    /// - Parameters:
    ///   - amount: the quantity, one expression per step.
    ///   - size: what the widths are shares of, in the unit of the quantity.
    ///   - largest: the greatest that the size can be.
    ///   - running: what stands for the size where that depends on whether a unit is on, one value per step.
    ///   - isOrdered: whether binaries see to it that a piece is full before the next begins.
    /// - Returns: by step, what is in each piece.
    func add(
        of amount: [LinearExpression], size: ParameterExpression, largest: Double, running: [LinearExpression]? = nil,
        isOrdered: Bool, _ component: String, _ quantity: String, in party: PartyBuilder
    ) throws -> [[LinearExpression]] {
        let pieces = try widths.indices.map { i in
            try party.variables(component, "\(quantity).\(i + 1)", upTo: widths[i] * size).map(\.linearExpression)
        }
        for t in party.time.indices {
            try party.add(
                amount[t] - sum(pieces.map { $0[t] }) == 0, component, quantity, t, meaning: .law(quantity))
            if let running {
                for (i, width) in widths.enumerated() {
                    try party.add(
                        pieces[i][t] - width * running[t] <= 0, component, "\(quantity)_piece\(i + 1)", t,
                        meaning: .law(quantity))
                }
            }
            guard isOrdered else { continue }
            for i in widths.indices.dropLast() {
                if !size.isConstant {
                    // True already, and not said by the rows below where the binaries are no whole numbers.
                    try party.add(
                        widths[i] * pieces[i + 1][t] - widths[i + 1] * pieces[i][t] <= 0, component,
                        "\(quantity)_turn\(i + 1)", t, meaning: .law(quantity))
                }
                let full = try party.variable(component, "\(quantity)_full.\(i + 1)", t, kind: .binary)
                let whole = running?[t] ?? LinearExpression(size)
                try party.add(
                    pieces[i][t] - widths[i] * whole - (widths[i] * largest) * full >= -widths[i] * largest, component,
                    "\(quantity)_fill\(i + 1)", t, meaning: .law(quantity))
                try party.add(
                    pieces[i + 1][t] - (widths[i + 1] * largest) * full <= 0, component, "\(quantity)_begin\(i + 1)",
                    t, meaning: .law(quantity))
            }
        }
        return party.time.indices.map { t in pieces.map { $0[t] } }
    }
}
