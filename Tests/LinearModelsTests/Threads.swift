import Foundation

/// Lets a test hand over what must not be handed over.
struct Unchecked<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
}

/// Runs on a thread of its own and waits for it; GLPK's memory of that thread stays with the thread.
@discardableResult
func onThread<Result>(_ body: @escaping () -> Result) -> Result { start(body)() }

/// Starts a thread; the answer waits for it.
func start<Result>(_ body: @escaping () -> Result) -> () -> Result {
    let done = DispatchSemaphore(value: 0)
    let work = Unchecked(body)
    let result = Unchecked(Holder<Result>())
    let thread = Thread {
        result.value.value = work.value()
        done.signal()
    }
    thread.stackSize = 1 << 22
    thread.start()
    return {
        done.wait()
        guard let value = result.value.value else { preconditionFailure("the thread ended without a result") }
        return value
    }
}

private final class Holder<Result> { var value: Result? }
