import Foundation
import Testing

@testable import Studies

/// A queue is held against doing the tasks one after the other.
@Suite struct WorkQueueTests {
    private struct Failure: Error, Equatable { let task: Int }

    private final class Threads: @unchecked Sendable {
        private let lock = NSLock()
        private var names: Set<String> = []
        private var made = 0

        func makeWorker() {
            lock.withLock {
                made += 1
                names.insert("\(pthread_self())")
            }
        }

        var count: (workers: Int, threads: Int) { lock.withLock { (made, names.count) } }
    }

    @Test(arguments: [0, 1, 2, 7]) func answersComeInTheOrderOfTasks(threads: Int) throws {
        let seen = Threads()
        let queue = try WorkQueue<Int, Int>(threads: threads, name: "test") {
            seen.makeWorker()
            return { $0 * $0 }
        }
        #expect(seen.count == (max(1, threads), max(1, threads)))
        for batch in [Array(0..<100), [], [3], Array((5..<50).reversed())] {
            var noted: [Int: Int] = [:]
            let answers = try queue.answer(batch) { noted[$0] = $1 }
            #expect(answers == batch.map { $0 * $0 })
            #expect(noted == Dictionary(uniqueKeysWithValues: batch.enumerated().map { ($0, $1 * $1) }))
        }
        #expect(seen.count == (max(1, threads), max(1, threads)))
    }

    /// A worker has a state of its own, which no other thread touches.
    @Test func workersKeepTheirState() throws {
        let queue = try WorkQueue<Int, Int>(threads: 3, name: "test") {
            var count = 0
            return { _ in
                count += 1
                return count
            }
        }
        // Each worker counts from 1 on: together they have done all tasks, none of them twice.
        let counts = try queue.answer(Array(0..<200))
        #expect(counts.filter { $0 == 1 }.count <= 3)
        for count in 2...(counts.max() ?? 2) {
            #expect(counts.filter { $0 == count }.count <= counts.filter { $0 == count - 1 }.count)
        }
    }

    @Test(arguments: [0, 1, 4]) func nothingIsBegunAfterAnError(threads: Int) throws {
        let queue = try WorkQueue<Int, Int>(threads: threads, name: "test") {
            { task in
                if task >= 10 { throw Failure(task: task) }
                return task
            }
        }
        var noted: Set<Int> = []
        #expect(throws: Failure.self) { try queue.answer(Array(0..<10_000)) { index, _ in noted.insert(index) } }
        #expect(noted == Set(0..<10))
        // The next batch is another matter.
        #expect(try queue.answer([1, 2]) == [1, 2])
        // Where one task alone fails it is that one's error.
        #expect(throws: Failure(task: 10)) { try queue.answer([1, 10, 2]) }
        #expect(throws: Failure(task: 5)) {
            try queue.answer(Array(0..<9)) { _, answer in
                if answer == 5 { throw Failure(task: 5) }
            }
        }
    }

    @Test(arguments: [0, 3]) func aWorkerThatCannotBeMadeIsTold(threads: Int) {
        #expect(throws: Failure(task: -1)) {
            try WorkQueue<Int, Int>(threads: threads, name: "test") { throw Failure(task: -1) }
        }
    }

    @Test func whoeverWaitsIsLetGo() throws {
        let stop = StopRequest()
        let queue = try WorkQueue<Int, Int>(threads: 2, name: "test", stop: stop) {
            { task in
                if task == 3 { stop.make() }
                Thread.sleep(forTimeInterval: task > 3 ? 30 : 0)
                return task
            }
        }
        let start = Date()
        #expect(throws: StudyStopped.self) { try queue.answer(Array(0..<8)) }
        #expect(Date().timeIntervalSince(start) < 20)
    }
}
