import Energy
import Games
import LinearModels

/// A limit on how much more users pay than under a reference tariff, whatever they do under either.
///
/// Let `x` be what a user does under the reference tariff `q`. Under other prices `p` it may do the same, so that its
/// least cost there, discomfort and the like included, is at most `cost(q) + sum of (p - q) x` (revealed preference).
/// The cap
///
///     sum of p x <= sum of q x + rise * |sum of q x|
///
/// is linear in the prices, and guarantees that nobody's cost in all rises by more than that share of its bill, `sum of
/// q x`, at the posted prices. It is cautious: a user who answers better pays less. Who clears together with others is
/// one user with them here, since they answer as one.
struct BillCap {
    let system: EnergySystem
    let operatorName: String
    let prices: [PostedPrice]
    /// As a share: 0.05 for 5 %.
    let rise: Double

    /// The cap of a group of users over the decisions of all prices.
    ///
    /// - Returns: nil where the group pays no posted price, or has no answer to the reference tariff.
    func cap(on members: [String], _ model: LinearModel) throws -> LinearCap? {
        var fixed = system
        for k in fixed.trades.indices { fixed.trades[k].price = reference(of: fixed.trades[k].price) }
        let at = try ClearingGroup(members: members, system: fixed, operatorName: operatorName).built.model
        guard at.variableCount == model.variableCount else { return nil }
        let session = try SolverSession(at)
        guard case .optimal = try session.solve() else { return nil }
        let (response, form) = (session.values, model.objectiveForm)
        let bill = at.objectiveForm.fixed(at: response) - form.fixed(at: response)
        var places: [String: Int] = [:]
        for price in prices {
            for k in price.lower.indices { places["\(price.name)[\(k)]"] = places.count }
        }
        let bought = zip(model.parameters, form.gradient(at: response)).compactMap { parameter, quantity in
            places[model.name(of: parameter)].map { (place: $0, quantity: quantity) }
        }.filter { $0.quantity != 0 }
        guard !bought.isEmpty else { return nil }
        return LinearCap(
            name: "\(operatorName).bill_rise_max of \(members.joined(separator: " + "))", indices: bought.map(\.place),
            coefficients: bought.map(\.quantity), maximum: bill + rise * abs(bill))
    }

    private func reference(of price: Price) -> Price {
        guard case .posted(let name, _, let factor) = price,
            let known = prices.first(where: { $0.name == name })?.rules.reference
        else { return price }
        return .fixed(known.map { factor * $0 })
    }
}
