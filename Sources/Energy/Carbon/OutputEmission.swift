import LinearModels
import Writing

/// What a component emits by what it gives, in place of or beside the emission of what is bought.
///
/// With factors by carrier (paper 003, eq. 24-25), where a negative one is an uptake, as that of a power-to-gas unit:
///
///     emission = sum over t, c of factor_c * output_c(t) * dt
///
/// With a curve over the weighted sum `P(t)` of outputs (paper 002, eq. 16):
///
///     emission = sum over t of (quadratic * P(t)^2 + linear * P(t) + constant) * dt
///
/// The curve enters a model in linear pieces of equal width `w` between its own points, so that the model's emission is
/// never below the curve's, and above it by at most `quadratic * w^2 / 4 * dt` in a step; see
/// ``Curve/error(over:hours:)``.
/// Where less emission is not always cheaper, as without an account, binaries keep it on the curve.
///
/// A fuel whose emission is counted here must carry none itself, else it is counted twice.
public struct OutputEmission: Sendable, Equatable {
    public enum Law: Sendable, Equatable {
        /// kg per kWh given, by carrier.
        case factors([CarrierAmount])
        case curve(Curve)
    }

    /// An emission that grows faster than the output.
    public struct Curve: Sendable, Equatable {
        /// Weight of each carrier given in the output that counts.
        public let outputs: [CarrierAmount]
        /// kg/kWh for each kW; 0 or more.
        public let quadratic: Double
        /// kg/kWh.
        public let linear: Double
        /// kg/h, whether the component runs or not.
        public let constant: Double
        /// Linear pieces between the least and the greatest output.
        public let pieces: Int

        /// - Throws: ``InputProblem`` for a concave curve, and for one of no output or no piece.
        public init(
            outputs: [CarrierAmount], quadratic: Double, linear: Double = 0, constant: Double = 0, pieces: Int = 8
        ) throws(InputProblem) {
            guard quadratic >= 0 else {
                throw InputProblem(
                    at: "quadratic",
                    "\(NumberText.rounded(quadratic)) is below 0. Such a curve is concave: linear pieces would lie below it, and count less "
                        + "than is emitted. Give 0 or more.")
            }
            guard outputs.contains(where: { $0.amount > 0 }) else {
                throw InputProblem(at: "outputs", "has no weight above 0. Name a carrier that the component gives.")
            }
            guard pieces > 0 else { throw InputProblem(at: "pieces", "is \(pieces), but must be 1 or more.") }
            self.outputs = outputs
            self.quadratic = quadratic
            self.linear = linear
            self.constant = constant
            self.pieces = pieces
        }

        /// kg/h at an output in kW.
        public func rate(at power: Double) -> Double { (quadratic * power + linear) * power + constant }

        /// Most by which the pieces are above the curve in a step, kg.
        ///
        /// - Parameters:
        ///   - range: least and greatest output, kW.
        ///   - hours: length of the step.
        public func error(over range: ClosedRange<Double>, hours: Double) -> Double {
            let width = (range.upperBound - range.lowerBound) / Double(pieces)
            return quadratic * width * width / 4 * hours
        }
    }

    /// Keys of a case file.
    public static let curveAttributes: [Attribute] = [
        Attribute(
            "outputs", .perCarrier(.ratio, 0...1e6), .required,
            "Weight of each carrier given in the output that counts, as {electricity: 1, heat: 1}."),
        Attribute(
            "quadratic", .quantity(.emissionFactorPerPower, -1e6...1e6), .required,
            "Emission per square of the output; 0 or more."),
        Attribute("linear", .quantity(.emissionFactor, -10...10), .standard(.number(0)), "Emission per output."),
        Attribute(
            "constant", .quantity(.emissionRate, -1e9...1e9), .standard(.number(0)),
            "Emission in each hour, whether the component runs or not."),
        Attribute(
            "pieces", .count(1...100), .standard(.count(8)), "Linear pieces of the curve; more make a smaller error."),
    ]

    /// The curve of a component as a case writes it.
    ///
    /// - Throws: ``InputProblem`` for a concave curve, and for one of no output.
    public init(curveOf component: String, values: AttributeValues) throws(InputProblem) {
        let curve = try Curve(
            outputs: values.perCarrier("outputs"), quadratic: values.number("quadratic"),
            linear: values.number("linear"), constant: values.number("constant"), pieces: values.count("pieces"))
        self.init(component, .curve(curve))
    }

    public var component: String
    public var law: Law

    public init(_ component: String, _ law: Law) {
        self.component = component
        self.law = law
    }

    /// As tables call it.
    public var source: String {
        switch law {
        case .factors: "\(component) output"
        case .curve: "\(component) output curve"
        }
    }

    /// Carriers with their factors or weights.
    private var amounts: [CarrierAmount] {
        switch law {
        case .factors(let factors): factors
        case .curve(let curve): curve.outputs
        }
    }

    // MARK: In a model

    func build(in party: PartyBuilder) throws {
        for amount in amounts
        where !party.ledger.flows(of: component).contains(where: { $0.isGiven && $0.carrier == amount.carrier }) {
            throw InputProblem(
                "\(party.party.name) counts an emission by the \(amount.carrier) that '\(component)' gives, but it gives none. "
                    + "Name a carrier that it gives.")
        }
        let given = given(in: party.ledger, steps: party.time.steps)
        switch law {
        case .factors: party.emit(party.time.hours * sum(given), source: source)
        case .curve(let curve): try build(curve, over: given, in: party)
        }
    }

    private func build(_ curve: Curve, over output: [LinearExpression], in party: PartyBuilder) throws {
        let hours = party.time.hours
        var mass = LinearExpression()
        var error = 0.0
        // Where less emission is not always cheaper, nothing but whole numbers keeps the emission on its curve.
        let use: PiecewiseUse = party.party.carbon?.alwaysPrices == true ? .minimised : .exact
        for t in party.time.indices {
            let range = party.reach(of: output[t])
            guard range.lowerBound.isFinite, range.upperBound.isFinite else {
                throw InputProblem(
                    "the emission curve of '\(component)' of \(party.party.name) has no end, since "
                        + "\(party.unbounded(in: output[t]).prefix(3).joined(separator: ", ")) has none. Give the component a "
                        + "capacity.")
            }
            let width = (range.upperBound - range.lowerBound) / Double(curve.pieces)
            guard width > 0, curve.quadratic > 0 else {
                mass += (curve.linear * hours) * output[t]
                mass += LinearExpression((curve.rate(at: range.lowerBound) - curve.linear * range.lowerBound) * hours)
                continue
            }
            let points = (0...curve.pieces).map {
                $0 == curve.pieces ? range.upperBound : range.lowerBound + Double($0) * width
            }
            mass += try party.piecewiseLinear(
                PiecewiseLinear(x: points, y: points.map { curve.rate(at: $0) * hours }), of: output[t], use: use,
                component, "emission_\(t)", meaning: .law(in: .plain))
            error += curve.error(over: range, hours: hours)
        }
        party.emit(mass, source: source, error: error)
    }

    // MARK: At a solution

    /// kg over the horizon, as the law says it of what the component gave.
    public func mass(in party: SystemSolution.PartySolution, time: TimeGrid) -> Double {
        let given = given(in: party, steps: time.steps)
        switch law {
        case .factors: return time.hours * given.reduce(0, +)
        case .curve(let curve): return time.hours * given.reduce(0) { $0 + curve.rate(at: $1) }
        }
    }

    /// Weighted sum of what the component gives in each step.
    private func given<Amount: LedgerAmount>(in ledger: Ledger<Amount>, steps: Int) -> [Amount] {
        var sums = [Amount](repeating: .zero, count: steps)
        for amount in amounts {
            for flow in ledger.flows(of: component) where flow.isGiven && flow.carrier == amount.carrier {
                for t in 0..<steps { sums[t] += amount.amount * flow.power[t] }
            }
        }
        return sums
    }
}
