import Benchmark
import Foundation

extension BenchmarkMetric {
    static let residentMemory = BenchmarkMetric.custom("Resident memory (bytes)", polarity: .prefersSmaller)
}

/// Memory of this process that is in use now; 0 where the system has no `/proc`.
func residentBytes() -> Int {
    guard let pages = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ") else {
        return 0
    }
    return (Int(pages[1]) ?? 0) * Int(getpagesize())
}
