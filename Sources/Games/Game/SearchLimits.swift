/// What a search may be told, wherever it is told it: in a case, a suite, an option or a stored study.
public enum SearchLimits {
    /// Decisions held at a time.
    public static let population = 1...100_000
    /// Decisions evaluated in all.
    public static let evaluations = 1...1_000_000_000
    /// Where random numbers begin: what every reader of JSON and YAML can hold.
    public static let seed = 0...Int.max
    /// Evaluations that one answer may have taken.
    public static let effort = 0...1_000_000_000
    /// Threads that evaluate.
    public static let workers = 1...1024
    /// Seeds of a comparison, or of a test for a favourite place.
    public static let seeds = 1...10_000
    /// Runs of a comparison in all: problems, algorithms and seeds multiplied.
    public static let runs = 1...1_000_000
    /// Seconds for a solver.
    public static let seconds = 0...1e6
    /// Programs of a branching.
    public static let nodes = 1...1_000_000_000
    /// Numbers that a population of decisions may hold: a limit of memory, about a gigabyte in all.
    public static let numbers = 30_000_000
}
