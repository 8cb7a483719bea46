import Foundation

/// Threads for work that may be shared out over any number of them.
///
/// A system may refuse a thread, by a limit on processes or on memory. Work is then done by those that there are, and
/// where there is none by the caller, see `WorkQueue`: what comes out is the same.
package enum WorkerThreads {
    /// Starts threads that end on their own, as many as asked for or as there can be.
    ///
    /// - Parameter body: called with the thread's number, from 0 on.
    /// - Returns: how many were started.
    @discardableResult
    package static func start(
        _ count: Int, name: String, stackSize: Int = stackSize, _ body: @escaping @Sendable (Int) -> Void
    ) -> Int {
        var started = 0
        let most = min(count, most(stackSize: stackSize))
        while started < most {
            let number = started
            guard make(Body("\(name) \(number)", { body(number) }), stackSize: stackSize) else { break }
            started += 1
        }
        return started
    }

    /// What a solver's recursion needs.
    package static let stackSize = 16 << 20

    // MARK: One thread

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) { (self.name, self.run) = (name, run) }
    }

    /// - Returns: whether there is such a thread now. Foundation's own cannot say.
    private static func make(_ body: Body, stackSize: Int) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        let isSet =
            pthread_attr_setstacksize(&attributes, stackSize) == 0
            && pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) == 0
        let isMade = isSet && make(&attributes, Unmanaged.passRetained(body).toOpaque())
        pthread_attr_destroy(&attributes)
        return isMade
    }

    private static func make(
        _ attributes: UnsafePointer<pthread_attr_t>, _ body: UnsafeMutableRawPointer
    ) -> Bool {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        if pthread_create(&thread, attributes, enterThread, body) == 0 { return true }
        Unmanaged<Body>.fromOpaque(body).release()
        return false
    }

    fileprivate static func enter(_ pointer: UnsafeMutableRawPointer) {
        let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
        Thread.current.name = body.name
        body.run()
    }

    // MARK: Room

    /// Address space that a thread takes beside its stack: what the C library sets apart for its allocations, and a
    /// small model.
    private static let spaceOfThread = (64 << 20) + (16 << 20)

    /// As many as a limit on address space leaves room for.
    private static func most(stackSize: Int) -> Int {
        guard let room = AddressSpace.room else { return .max }
        return max(0, room) / (stackSize + spaceOfThread)
    }
}

/// Where a thread begins. Systems disagree on whether its argument may be missing.
#if canImport(Darwin)
    private func enterThread(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        WorkerThreads.enter(argument)
        return nil
    }
#else
    private func enterThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { WorkerThreads.enter(argument) }
        return nil
    }
#endif
