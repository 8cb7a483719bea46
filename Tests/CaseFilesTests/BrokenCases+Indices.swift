/// Errors in indices that a case defines.
extension BrokenCase {
    /// - Parameter indices: the section, from line 54 on.
    private static func index(_ name: String, _ indices: String, _ expected: String) -> BrokenCase {
        .init(name, [.init("game:\n", "indices: \(indices)\ngame:\n")], "case.yaml:54:\(expected)")
    }

    static let ofIndices: [BrokenCase] = [
        index("indices that are no map", "3", "10  indices: must be a map of keys, but is '3'."),
        index(
            "indices without an index", "{}", "1  indices: is empty. Add an index, as {bill: {terms: {cost: 1}}}."),
        index("an index that is no map", "{bill: cost}", "17  indices.bill: must be a map of keys, but is 'cost'."),
        index(
            "an index with a space", "{my bill: {terms: {cost: 1}}}",
            "11  indices.my bill: 'my bill' cannot be a name. Use letters, digits and '_', beginning with a letter."),
        index(
            "an index with the name of a result", "{payoff: {terms: {cost: 1}}}",
            "11  indices.payoff: is the name of a result that stands beside it. Choose another."),
        index(
            "a mistyped key of an index", "{bill: {unt: CNY, terms: {cost: 1}}}",
            "18  indices.bill.unt: unknown key. Did you mean 'unit'?"),
        index(
            "a unit of an index that is no text", "{bill: {unit: [CNY], terms: {cost: 1}}}",
            "24  indices.bill.unit: must be text, but is a list."),
        index(
            "a unit of an index with a bracket", "{bill: {unit: \"CNY]\", terms: {cost: 1}}}",
            "24  indices.bill.unit: holds ']', which no heading of a table may. Take it out."),
        index(
            "a constant of an index that is no number", "{bill: {constant: much, terms: {cost: 1}}}",
            "28  indices.bill.constant: 'much' is not a number. Write it as in 0.5 or 50 %."),
        index(
            "a constant of an index that is too great", "{bill: {constant: 1e13, terms: {cost: 1}}}",
            "28  indices.bill.constant: 10000000000000 is above 1000000000000, the most allowed."),
        index(
            "an index without terms", "{bill: {constant: 1}}",
            "11  indices.bill: 'terms' is missing. Add it: weights by result, as {cost: 1, energy of "
                + "operator.grid.electricity: 0.1}."),
        index(
            "terms that are a list", "{bill: {terms: [cost]}}",
            "25  indices.bill.terms: must be a map of keys, but is a list."),
        index(
            "terms without a term", "{bill: {terms: {}}}",
            "18  indices.bill.terms: is empty. Name a result with its weight, as {cost: 1}."),
        index(
            "a weight that is no number", "{bill: {terms: {cost: half}}}",
            "32  indices.bill.terms.cost: 'half' is not a number. Write it as in 0.5 or 50 %."),
        index(
            "a weight with a unit", "{bill: {terms: {cost: 2 kW}}}",
            "32  indices.bill.terms.cost: '2 kW' is a power, but a plain number is needed."),
        index(
            "a weight that is not there", "{bill: {terms: {cost: }}}",
            "32  indices.bill.terms.cost: has no value. Give one, or take the key out."),
        index(
            "a mistyped result", "{bill: {terms: {emision: 1}}}",
            "26  indices.bill.terms.emision: there is no result 'emision'. Did you mean 'emission'?"),
        index(
            "a result of a party that is not there", "{bill: {terms: {cost of comercial: 1}}}",
            "26  indices.bill.terms.cost of comercial: there is no result 'cost of comercial'. Did you mean 'cost of "
                + "commercial'?"),
        index(
            "a result of a market that is not there", "{bill: {terms: {peak to valley of operator.gird: 1}}}",
            "26  indices.bill.terms.peak to valley of operator.gird: there is no result 'peak to valley of "
                + "operator.gird'. Did you mean 'peak to valley of operator.grid'?"),
        index(
            "an energy of a carrier that the device has not",
            "{bill: {terms: {energy of commercial.heat_store.het: 1}}}",
            "26  indices.bill.terms.energy of commercial.heat_store.het: there is no flow 'commercial.heat_store.het'. "
                + "Did you mean 'commercial.heat_store.heat'?"),
        index(
            "a peak of a flow that the device has not", "{bill: {terms: {peak of operator.grid.electricity.bye: 1}}}",
            "26  indices.bill.terms.peak of operator.grid.electricity.bye: there is no flow "
                + "'operator.grid.electricity.bye'. Did you mean 'operator.grid.electricity.buy'?"),
        index(
            "an index that holds itself", "{bill: {terms: {bill: 1}}}",
            "26  indices.bill.terms.bill: is the index itself. Take it out."),
        index(
            "an index that holds one below", "{bill: {terms: {later: 1}}, later: {terms: {cost: 1}}}",
            "26  indices.bill.terms.later: stands below. An index holds those above it: move 'later' up."),
        .init(
            "a carbon cost of an index without an account",
            [
                .init("carbon:\n  payer", "carbon:\n  enabled: false\n  payer"),
                .init("game:\n", "indices: {bill: {terms: {carbon cost: 1}}}\ngame:\n"),
            ],
            "case.yaml:55:26  indices.bill.terms.carbon cost: there is no result 'carbon cost'. Results: cost, emission, "
                + "renewable use, peak to valley of operator.grid, self-sufficiency in electricity, cost of operator, "
                + "payoff of operator, emission of operator, cost of residential, payoff of residential, emission of "
                + "residential, cost of commercial, payoff of commercial, emission of commercial, cost of industrial, "
                + "payoff of industrial, emission of industrial, cost of plaza, payoff of plaza, emission of plaza, "
                + "energy of <party>.<component>.<carrier>, peak of <party>.<component>.<carrier>."),
    ]
}
