/// An equation or inequality between linear expressions, not yet part of a model.
///
/// Made by `<=`, `>=`, `==` or ``range(_:_:_:)``, and added by ``LinearModel/add(_:named:)``.
public struct Relation: Sendable {
    enum Sense: Sendable { case lessOrEqual, equal, greaterOrEqual }

    /// Everything on one side: `left - right`.
    var difference: LinearExpression
    var sense: Sense
    /// Second side of a range: `lower <= left` and `left <= lower + width`.
    var width: Double?
}

extension LinearExpressible {
    public static func <= (a: Self, b: some LinearExpressible) -> Relation {
        Relation(difference: a - b, sense: .lessOrEqual)
    }
    public static func >= (a: Self, b: some LinearExpressible) -> Relation {
        Relation(difference: a - b, sense: .greaterOrEqual)
    }
    public static func == (a: Self, b: some LinearExpressible) -> Relation {
        Relation(difference: a - b, sense: .equal)
    }
    public static func <= (a: Self, b: Double) -> Relation { a <= LinearExpression(b) }
    public static func >= (a: Self, b: Double) -> Relation { a >= LinearExpression(b) }
    public static func == (a: Self, b: Double) -> Relation { a == LinearExpression(b) }
}

/// `lower <= expression <= upper` as one row.
public func range(_ lower: Double, _ expression: some LinearExpressible, _ upper: Double) -> Relation {
    Relation(
        difference: expression.linearExpression - LinearExpression(lower), sense: .greaterOrEqual,
        width: upper - lower)
}
