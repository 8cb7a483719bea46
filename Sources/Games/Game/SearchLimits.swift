/// The limits of a search's settings, wherever they are given: in a case, a suite, an option or a stored study.
package enum SearchLimits {
    /// Decisions held at a time.
    package static let population = 1...100_000
    /// Decisions evaluated in all.
    package static let evaluations = 1...1_000_000_000
    /// Where random numbers begin: what every reader of JSON and YAML can hold.
    package static let seed = 0...Int.max
    /// Evaluations that one answer may have taken.
    package static let effort = 0...1_000_000_000
    /// Threads that evaluate.
    package static let workers = 1...1024
    /// Seeds of a comparison, or of a test for a favourite place.
    package static let seeds = 1...10_000
    /// Runs of a comparison in all: problems, algorithms and seeds multiplied.
    package static let runs = 1...1_000_000
    /// Seconds for a solver.
    package static let seconds = 0...1e6
    /// Programs of a branching.
    package static let nodes = 1...1_000_000_000
    /// Numbers that a population of decisions may hold: a limit of memory, about a gigabyte in all.
    package static let numbers = 30_000_000
}
