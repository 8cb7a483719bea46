import LinearModels

/// Demand that answers to a tariff: what it is under the tariff follows from what it was under a reference tariff.
///
/// Paper 002 names a price-based demand response with an elasticity matrix and bounds of comfort, without formulas.
/// Here the steps of the horizon belong to periods, such as peak, flat and valley. With base demand `D(t)` and
/// elasticities `E(p, q)` of the demand in period p to the price in period q:
///
///     change(q) = mean over the steps t of period q of (tariff(t) - reference(t)) / reference(t)
///     factor(t) = 1 + sum over q of E(period(t), q) * change(q),   not below comfort_min, not above comfort_max
///     served(t) = share * D(t) * factor(t)
///
/// The mean over a period makes the answer one and the same at steps of any length. Without periods each step is one of
/// its own. Nothing is left to be decided: both tariffs are data, and so is the answer. What is asked for more than
/// before (less, where negative) is the state `shifted`, in kWh of each step.
public struct ElasticDemand: Component {
    public static let type = "elastic"
    public static let meaning = "Demand that answers to a tariff by its elasticities."
    public static let attributes: [Attribute] = [
        Attribute("carrier", .carrier, .required, "Whose demand answers."),
        Attribute(
            "share", .quantity(.ratio, 0...1), .standard(.number(1)), "Share of the base demand that answers."),
        Attribute("tariff", .series(.energyPrice, -1e6...1e6), .required, "Price that the demand answers to."),
        Attribute(
            "reference", .series(.energyPrice, 1e-6...1e6), .required, "Price under which the base demand was."),
        Attribute(
            "period", .series(.ratio, 1...1000), .optional,
            "Number of each step's period, from 1; without it each step is a period of its own."),
        Attribute(
            "self_elasticity", .quantity(.ratio, -10...0), .optional,
            "Relative change of the demand per relative change of the price in its own period."),
        Attribute(
            "cross_elasticity", .quantity(.ratio, -10...10), .optional,
            "The same for the price in each other period; 0 by default."),
        Attribute(
            "elasticity", .matrix(.ratio, -10...10), .optional,
            "All elasticities, a row for each period's demand and a column for each period's price, in place of the two."
        ),
        Attribute(
            "comfort_min", .quantity(.ratio, 0...1), .required,
            "Least demand that is comfortable, as a share of the base demand."),
        Attribute(
            "comfort_max", .quantity(.ratio, 1...10), .required,
            "Greatest demand that is comfortable, as a share of the base demand."),
    ]

    public let name: String
    let carrier: String
    let share: Double
    /// Demand under the tariff per base demand, one value per step.
    public let factors: [Double]

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        carrier = try values.text("carrier")
        share = try values.number("share")
        let periods = try Self.periods(values, time)
        let elasticity = try Self.elasticity(values, periods, time)
        let (tariff, reference) = (try values.series("tariff"), try values.series("reference"))
        let (least, greatest) = (try values.number("comfort_min"), try values.number("comfort_max"))
        let changes = elasticity.indices.map { q -> Double in
            let steps = time.indices.filter { periods[$0] == q }
            guard !steps.isEmpty else { return 0 }
            return steps.reduce(0) { $0 + (tariff[$1] - reference[$1]) / reference[$1] } / Double(steps.count)
        }
        factors = periods.map { p in
            min(max(1 + zip(elasticity[p], changes).reduce(0) { $0 + $1.0 * $1.1 }, least), greatest)
        }
    }

    /// The period of each step, from 0.
    private static func periods(_ values: AttributeValues, _ time: TimeGrid) throws(InputProblem) -> [Int] {
        guard let given = values.optionalSeries("period") else { return Array(time.indices) }
        if let t = given.indices.first(where: { given[$0] != given[$0].rounded() }) {
            throw InputProblem(
                at: "period",
                "is \(InputProblem.text(given[t])) at hour \(InputProblem.text(time.start(of: t))), but periods are whole "
                    + "numbers. Let each step lie in one period.")
        }
        return given.map { Int($0) - 1 }
    }

    /// Rows by the period of the demand, columns by that of the price.
    private static func elasticity(
        _ values: AttributeValues, _ periods: [Int], _ time: TimeGrid
    ) throws(InputProblem) -> [[Double]] {
        let count = (periods.max() ?? 0) + 1
        let (own, cross) = (values.optionalNumber("self_elasticity"), values.optionalNumber("cross_elasticity"))
        if let matrix = values.matrix("elasticity") {
            guard own == nil, cross == nil else {
                throw InputProblem(
                    at: "elasticity",
                    "and \(own != nil ? "self_elasticity" : "cross_elasticity") are both given. Keep one of them.")
            }
            guard matrix.allSatisfy({ $0.count == matrix.count }) else {
                throw InputProblem(
                    at: "elasticity", "has \(matrix.count) rows, but not as many numbers in each. Make it square.")
            }
            guard matrix.count >= count else {
                throw InputProblem(
                    at: "elasticity",
                    "has \(matrix.count) rows, but there are \(count) "
                        + (values.optionalSeries("period") == nil ? "steps. Give periods, or " : "periods. Give ")
                        + "a row and a column for each.")
            }
            return matrix
        }
        guard let own else {
            throw InputProblem(at: "self_elasticity", "is missing, and so is elasticity. Give one of them.")
        }
        guard cross ?? 0 == 0 || values.optionalSeries("period") != nil else {
            throw InputProblem(
                at: "cross_elasticity",
                "needs periods: over single steps its effect would grow with their number. Give 'period'.")
        }
        return (0..<count).map { p in (0..<count).map { $0 == p ? own : cross ?? 0 } }
    }

    /// Demand in kW under the tariff, of a base demand that answers as a whole.
    public func response(to base: [Double]) -> [Double] { zip(base, factors).map(*) }

    public func build(in party: PartyBuilder) throws {
        let claimed = party.demand(of: carrier).map { share * $0 }
        try party.claim(claimed, of: carrier, by: name)
        let served = response(to: claimed)
        party.withdraw(
            served.map { LinearExpression($0) }, from: carrier, name, as: "served", kind: .demand)
        party.state(
            zip(served, claimed).map { LinearExpression(($0 - $1) * party.time.hours) }, name, as: "shifted",
            unit: "kWh")
    }
}

extension ElasticDemand {
    /// How demand answers to prices.
    public enum Elasticity: Sendable, Equatable {
        /// To the price of its own period, and of each other.
        case uniform(own: Double, cross: Double = 0)
        /// A row for each period's demand, a column for each period's price.
        case matrix([[Double]])
    }

    /// - Parameters:
    ///   - carrier: whose demand answers.
    ///   - share: of the base demand that answers.
    ///   - tariff: price that the demand answers to, CNY/kWh.
    ///   - reference: price under which the base demand was, CNY/kWh.
    ///   - period: number of each step's period, from 1; each step is one of its own without it.
    ///   - comfort: least and greatest demand, as shares of the base demand.
    public init(
        _ name: String, carrier: String, share: Double? = nil, tariff: Series, reference: Series, period: Series? = nil,
        elasticity: Elasticity, comfort: ClosedRange<Double>, time: TimeGrid
    ) throws(InputProblem) {
        var given: Arguments = [
            "carrier": .text(carrier), "share": share.value, "tariff": tariff.value(time),
            "reference": reference.value(time), "period": period.value(time),
            "comfort_min": .number(comfort.lowerBound), "comfort_max": .number(comfort.upperBound),
        ]
        switch elasticity {
        case .uniform(let own, let cross):
            given["self_elasticity"] = .number(own)
            if cross != 0 { given["cross_elasticity"] = .number(cross) }
        case .matrix(let rows): given["elasticity"] = .matrix(rows)
        }
        try self.init(name, given, time: time)
    }
}
