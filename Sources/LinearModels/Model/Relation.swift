/// An equation or inequality between linear expressions, not yet part of a model.
///
/// Made by `<=`, `>=`, `==` or ``range(_:_:_:)``, and added by ``LinearModel/add(_:named:)``.
public struct Relation: Sendable {
    enum Sense: Sendable {
        case lessOrEqual, equal, greaterOrEqual
        case range(Double, Double)
    }

    /// Everything on one side: `left - right`, or what lies within a range.
    var difference: LinearExpression
    var sense: Sense
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

/// `lower <= expression <= upper` as one row. One of the sides may be infinite.
public func range(_ lower: Double, _ expression: some LinearExpressible, _ upper: Double) -> Relation {
    Relation(difference: expression.linearExpression, sense: .range(lower, upper))
}
