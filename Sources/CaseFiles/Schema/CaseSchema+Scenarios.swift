import Energy
import Scenarios

/// Sections of uncertain forecasts.
extension CaseSchema {
    static let scenarios = Section(
        "scenarios", "Scenarios drawn from uncertain forecasts, in place of each typical day.",
        [
            Attribute(
                "count", .count(1...2000), .required,
                "How many scenarios of each day are drawn, by Latin hypercube sampling."),
            Attribute("keep", .count(1...2000), .required, "How many of them are kept, to represent the others too."),
            Attribute(
                "method", .choice(ScenarioReduction.Method.allCases.map(\.rawValue)), .standard(.text("forward")),
                "Fast forward selection or simultaneous backward reduction, by probability distance."),
            Attribute("seed", .count(0...Int.max), .standard(.count(1)), "Seed of the random numbers."),
        ],
        parts: [
            Part("errors", "Forecast errors by table and column, as {profiles: {wind: {deviation: 30 %}}}.")
        ])
    static let forecastError = Section(
        "scenarios.errors.<table>.<column>",
        "Forecast error of a column: normal around the table's value, wherever the case refers to it, and never "
            + "below 0.",
        [
            Attribute(
                "deviation", .quantity(.ratio, 0...10), .required,
                "Standard deviation of the error at each step, as a share of the value there."),
            Attribute(
                "correlation", .quantity(.ratio, -0.999...0.999), .standard(.number(0)),
                "Correlation of the errors of neighbouring steps."),
        ],
        parts: [Part("max", "number", "Upper bound of the column's values, in the column's quantity.")])
}
