import LinearModels

/// The envelopes of a program with thousands of products, in a session: of their rows only those that were broken.
///
/// Most rows say nothing where the best point is. So a part begins with those that its parent's answer rested on, which
/// are true in the part too, and gets more where its answer breaks what its own, smaller box says. To begin with, the
/// program is not much more than strong duality of each follower as a whole.
struct GrowingEnvelopes {
    private let envelopes: [SingleLevelProgram.Envelope]
    /// Those that are there from the beginning, without which a payoff may be without end.
    private let products: Int
    private let session: SolverSession
    /// In the session, in its order.
    private var rows: [EnvelopeRow] = []
    /// The same: what a solver takes for kept may count as broken, and must not be added without end.
    private var present: Set<EnvelopeRow> = []

    init(_ program: SingleLevelProgram, in session: SolverSession) {
        envelopes = program.products.map(\.envelope) + program.complements
        products = program.products.count
        self.session = session
    }

    /// Takes all rows out but the given ones, which are at their sides in the basis that comes next.
    mutating func restart(with tight: [EnvelopeRow]) {
        session.removeAddedRows()
        rows = tight
        present = Set(tight)
        session.add(tight.map { $0.row(of: envelopes[$0.place]) }, areTight: true)
    }

    /// Adds all rows of the products of decisions and quantities, over the box.
    mutating func addProducts(over ranges: [ColumnRange]) {
        add(envelopes[..<products].indices.flatMap { sides(of: $0, over: ranges) })
    }

    /// Adds all rows over the box.
    mutating func addAll(over ranges: [ColumnRange]) {
        add(envelopes.indices.flatMap { sides(of: $0, over: ranges) })
    }

    private mutating func add(_ new: [EnvelopeRow]) {
        rows += new
        present.formUnion(new)
        session.add(new.map { $0.row(of: envelopes[$0.place]) })
    }

    private func sides(of place: Int, over ranges: [ColumnRange]) -> [EnvelopeRow] {
        let envelope = envelopes[place]
        return envelope.rows(
            at: place, factor: ranges[envelope.factor.index], quantity: ranges[envelope.quantity.index])
    }

    /// The rows that the session's last answer rests on.
    var tight: [EnvelopeRow] { rows.indices.filter(session.isTight(addedRow:)).map { rows[$0] } }

    /// Adds the rows over the box that the session's last answer breaks, of each product at most one from below and one
    /// from above.
    ///
    /// - Returns: whether there is any.
    mutating func addBroken(over ranges: [ColumnRange]) -> Bool {
        var broken: [EnvelopeRow] = []
        for (place, envelope) in envelopes.enumerated() {
            let (p, q) = (session.value(of: envelope.factor), session.value(of: envelope.quantity))
            let value = session.value(of: envelope.value)
            var worst: (below: (EnvelopeRow, Double)?, above: (EnvelopeRow, Double)?)
            for side in sides(of: place, over: ranges) {
                let (first, second) = (side.factor * q, side.quantity * p)
                let end = first + second - side.factor * side.quantity
                let error = side.isBelow ? end - value : value - end
                guard error > Self.tolerance * max(1, abs(first), abs(second), abs(value)), !present.contains(side)
                else { continue }
                if side.isBelow {
                    if error > worst.below?.1 ?? 0 { worst.below = (side, error) }
                } else if error > worst.above?.1 ?? 0 {
                    worst.above = (side, error)
                }
            }
            broken += [worst.below, worst.above].compactMap { $0?.0 }
        }
        add(broken)
        return !broken.isEmpty
    }

    /// Above what a solver takes for kept.
    private static let tolerance = 1e-6
}
