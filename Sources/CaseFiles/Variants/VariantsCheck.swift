import Foundation

extension CaseReader {
    /// Variants that are read, so that a check ends.
    package static let mostVariants = 100

    /// Reads the variants of a sound case, so that a mistake in one is not found only when it is asked for.
    ///
    /// - Parameters:
    ///   - source: the case without a variant.
    ///   - url: where it was read.
    /// - Returns: what is wrong in any of them, each mistake once.
    package static func mistakesInVariants(of source: Case, at url: URL) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var known: Set<Diagnostic> = []
        for variant in source.variants.prefix(mostVariants) {
            do {
                _ = try read(url, variant: variant, scenarios: .none)
            } catch {
                for diagnostic in error.errors where known.insert(diagnostic).inserted {
                    var told = diagnostic
                    told.message += " (In the variant '\(variant)'.)"
                    found.append(told)
                }
            }
        }
        return found
    }
}
