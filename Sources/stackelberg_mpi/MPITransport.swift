import CMPI
import Foundation
import Studies

/// Messages between the ranks of an MPI run.
struct MPITransport: RankTransport {
    let rank: Int
    let size: Int
    var helpers: Int { size - 1 }

    /// Joins the ranks of the run, once a process.
    init() throws {
        // MPI's own threads inherit what is blocked: signals are for the threads of the program.
        var signals = sigset_t()
        var former = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        var (rank, size): (Int32, Int32) = (0, 0)
        guard Self.succeeds(stackelberg_mpi_begin(&rank, &size)) else { throw MPIFailure() }
        (self.rank, self.size) = (Int(rank), Int(size))
    }

    func send(_ message: Data, to rank: Int) throws {
        guard let count = Int32(exactly: message.count) else {
            throw RankError.failed(rank: rank, reason: "the case is larger than 2 GB, which no message of MPI holds.")
        }
        let code = message.withUnsafeBytes { stackelberg_mpi_send($0.baseAddress, count, Int32(rank)) }
        guard Self.succeeds(code) else { throw RankError.lost(rank: rank, reason: "MPI cannot send to it") }
    }

    func receive() throws -> (message: Data, rank: Int)? {
        var (hasCome, rank, count): (Int32, Int32, Int32) = (0, 0, 0)
        guard Self.succeeds(stackelberg_mpi_look(&hasCome, &rank, &count)) else {
            throw RankError.lost(rank: Int(rank), reason: "MPI cannot receive any more")
        }
        guard hasCome != 0 else { return nil }
        var message = Data(count: Int(count))
        let code = message.withUnsafeMutableBytes { stackelberg_mpi_receive($0.baseAddress, count, rank) }
        guard Self.succeeds(code) else {
            throw RankError.lost(rank: Int(rank), reason: "MPI cannot receive what it sent")
        }
        return (message, Int(rank))
    }

    /// Leaves, when all ranks do.
    func end() { _ = stackelberg_mpi_end() }

    private static func succeeds(_ code: Int32) -> Bool { stackelberg_mpi_succeeded(code) != 0 }
}

struct MPIFailure: Error {}
