import Energy
import Scenarios

/// Sections of forecasts that may be wrong.
extension CaseSchema {
    static let scenarios = Section(
        "scenarios", "Typical days drawn from forecasts that may be wrong, in place of each day as it stands.",
        [
            Attribute(
                "count", .count(1...2000), .required,
                "How many scenarios of each day are drawn, by Latin hypercube sampling."),
            Attribute("keep", .count(1...2000), .required, "How many of them are kept, to stand for the others too."),
            Attribute(
                "method", .choice(ScenarioReduction.Method.allCases.map(\.rawValue)), .standard(.text("forward")),
                "Fast forward selection or simultaneous backward reduction, by probability distance."),
            Attribute("seed", .count(0...Int.max), .standard(.count(1)), "Where random numbers begin."),
        ],
        parts: [
            Part("errors", "Forecast errors by table and column, as {profiles: {wind: {deviation: 30 %}}}.")
        ])
    static let forecastError = Section(
        "scenarios.errors.<table>.<column>",
        "How wrong a column may be: normal around what the table says, wherever the case refers to it, and never below 0.",
        [
            Attribute(
                "deviation", .quantity(.ratio, 0...10), .required,
                "Standard deviation of the error at each step, as a share of the value there."),
            Attribute(
                "correlation", .quantity(.ratio, -0.999...0.999), .standard(.number(0)),
                "Correlation of the errors of neighbouring steps."),
        ],
        parts: [Part("max", "number", "Greatest value that the column can have, in what it measures.")])
}
