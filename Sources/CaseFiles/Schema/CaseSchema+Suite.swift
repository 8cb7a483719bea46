import Energy
import Games

/// Sections of a benchmark suite's file.
extension CaseSchema {
    static let suiteRoot = Section(
        "", "A benchmark suite.", [],
        parts: [
            Part("suite", "What this file is."),
            Part("targets", "Gaps to the best known value that count as reached, as [0.1, 0.01]."),
            Part("problems", "List of problems, each a function, a case, a network or a file of bilevel problems."),
        ])
    static let suite = Section(
        "suite", "What this file is.",
        [
            Attribute("schema", .count(1...1), .required, "Version of the suite format, 1."),
            Attribute("name", .text, .required, "Short name, for files and logs."),
            Attribute("title", .text, .optional, "Long name, for reports."),
            Attribute("version", .count(1...1_000_000), .required, "Increased with every change to the problems."),
            Attribute(
                "population", .count(SearchLimits.population), .standard(.count(50)), "Decisions per generation."),
            Attribute(
                "evaluations", .count(SearchLimits.evaluations), .standard(.count(10_000)), "Budget of every run."),
        ])
    static let suiteFunction = Section(
        "problems", "A test function with a known optimum.",
        [
            Attribute("function", .text, .required, "Name of the function."),
            Attribute("dimension", .count(1...1000), .required, "Number of coordinates."),
            Attribute("rotated", .flag, .standard(.flag(false)), "Whether the function is rotated."),
        ])
    static let suiteBilevel = Section(
        "problems", "Bilevel problems in algebraic form.",
        [
            Attribute("bilevel", .text, .required, "File of the problems, from the suite's folder.")
        ])
    static let suiteNetwork = Section(
        "problems", "A network whose tolls are to be set.",
        [
            Attribute("network", .text, .required, "File of the network, from the suite's folder."),
            Attribute("name", .text, .optional, "Name in tables; by default the file's."),
            Attribute("best_known", .quantity(.ratio, -1e300...1e300), .optional, "Best known revenue."),
        ])
    static let suiteCase = Section(
        "problems", "A case: an operator's prices, or sizes of devices.",
        [
            Attribute("case", .text, .required, "Folder of the case, from the suite's folder."),
            Attribute("variant", .text, .optional, "Variant of the case."),
            Attribute("name", .text, .optional, "Name in tables; by default the case's own."),
            Attribute(
                "best_known", .quantity(.ratio, -1e300...1e300), .optional,
                "Best known payoff or least yearly cost, in the case's currency; for sizes by default the joint "
                    + "program's bound."
            ),
        ])
}
