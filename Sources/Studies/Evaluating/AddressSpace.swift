import Foundation

/// The addresses that this process may use.
package enum AddressSpace {
    /// Bytes that a limit (`ulimit -v`) leaves; nil where there is no limit, or nobody can tell.
    package static var room: Int? {
        #if os(Linux)
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur != rlim_t.max,
                let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
                    .split(separator: " ").first.flatMap({ Int($0) })
            else { return nil }
            return Int(clamping: limit.rlim_cur) - pages * Int(getpagesize())
        #else
            return nil
        #endif
    }
}
