/// Wrong use of a model, told before a solver could see it.
public enum ModelError: Error, Equatable, CustomStringConvertible {
    case notANumber(what: String)
    case infinite(what: String)
    /// Of a variable, or of a range constraint.
    case crossedBounds(variable: String, lower: Double, upper: Double)
    case binaryBounds(variable: String, lower: Double, upper: Double)
    case foreignVariable(what: String)
    case foreignParameter(what: String)
    case parameterInCoefficient(constraint: String)
    case productOfParameters
    /// A parameter that multiplies a variable cannot become a variable.
    case freedInProduct(parameter: String, variable: String)
    /// A dual is linear in parameters of costs only.
    case parameterOffObjective(location: String)
    case emptyConstraint(constraint: String)
    case badName(String)
    case duplicateName(String)
    case badPiecewise(String)

    public var description: String {
        switch self {
        case .notANumber(let what): "\(what) is not a number (NaN). Check what it was computed from."
        case .infinite(let what): "\(what) is infinite. Only bounds may be, and a row needs a finite side."
        case .crossedBounds(let variable, let lower, let upper):
            "bounds of '\(variable)' leave no number: \(lower) ... \(upper)."
        case .binaryBounds(let variable, let lower, let upper):
            "binary variable '\(variable)': bounds \(lower) ... \(upper) must lie within 0 ... 1."
        case .foreignVariable(let what): "\(what) uses a variable that belongs to another model."
        case .foreignParameter(let what): "\(what) uses a parameter that belongs to another model."
        case .parameterInCoefficient(let constraint):
            "constraint '\(constraint)': a parameter multiplies a variable. Parameters may stand in the objective, "
                + "in bounds and in right-hand sides only."
        case .productOfParameters: "a product of two parameters is not linear in the parameters."
        case .freedInProduct(let parameter, let variable):
            "the parameter '\(parameter)' multiplies '\(variable)', so as a variable it would make the model quadratic."
        case .parameterOffObjective(let location):
            "a parameter stands in \(location), so the dual is not linear in the parameters: they may stand in the objective alone."
        case .emptyConstraint(let constraint):
            "constraint '\(constraint)' holds no variable, so it can only be true or false for ever."
        case .badName(let name):
            "the name '\(name.prefix(60))' cannot be written to an LP file: use 1 to 255 letters, digits or any of "
                + "._@#, no digit or dot first, and no word of that format such as 'free' or 'end'."
        case .duplicateName(let name): "the name '\(name)' is used twice."
        case .badPiecewise(let reason): "piecewise-linear function: \(reason)"
        }
    }
}
