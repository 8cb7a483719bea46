import Foundation
import TestSupport
import Testing

@testable import Disk

@Suite struct FolderLockTests {
    @Test func aSecondHolderIsToldOfTheFirst() throws {
        try TemporaryFolder.with { folder in
            #expect(!FolderLock.isHeld(folder))
            do {
                let lock = try FolderLock(folder)
                #expect(FolderLock.isHeld(folder))
                #expect(throws: DiskError.inUse(path: folder.path, process: getpid())) { try FolderLock(folder) }
                withExtendedLifetime(lock) {}
            }
            #expect(!FolderLock.isHeld(folder))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    /// The system drops the lock of a process that is gone, and its number is no obstacle.
    @Test func theFileOfADeadProcessIsNoLock() throws {
        try TemporaryFolder.with { folder in
            try Data("1\n".utf8).write(to: folder.appendingPathComponent(FolderLock.fileName))
            #expect(!FolderLock.isHeld(folder))
            let lock = try FolderLock(folder)
            #expect(throws: DiskError.inUse(path: folder.path, process: getpid())) { try FolderLock(folder) }
            withExtendedLifetime(lock) {}
        }
    }

    /// Many at once: never two.
    @Test func oneHolderAtATime() throws {
        try TemporaryFolder.with { folder in
            let counter = Counter()
            let threads = (0..<8).map { _ in
                Thread {
                    for _ in 0..<50 {
                        guard let lock = try? FolderLock(folder) else { continue }
                        counter.enter()
                        counter.leave()
                        withExtendedLifetime(lock) {}
                    }
                }
            }
            for thread in threads { thread.start() }
            while threads.contains(where: { !$0.isFinished }) { Thread.sleep(forTimeInterval: 0.01) }
            #expect(counter.most == 1)
        }
    }

    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var inside = 0
        private(set) var most = 0

        func enter() {
            lock.withLock {
                inside += 1
                most = max(most, inside)
            }
            Thread.sleep(forTimeInterval: 0.0005)
        }

        func leave() { lock.withLock { inside -= 1 } }
    }
}
