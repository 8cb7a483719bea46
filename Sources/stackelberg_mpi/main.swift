import Foundation
import StackelbergCLI
import Studies

/// The program with its searches and certificates over all ranks of an MPI run: rank 0 is the program as ever, the
/// others answer for it.
guard let transport = try? MPITransport() else {
    FileHandle.standardError.write(Data("MPI cannot be started. Start this with mpirun or srun.\n".utf8))
    exit(69)
}
if transport.rank > 0 {
    do {
        try HelperProcess.run(transport)
        transport.end()
        exit(0)
    } catch {
        FileHandle.standardError.write(Data("rank \(transport.rank): \(error)\n".utf8))
        exit(75)
    }
}
let leader = transport.helpers > 0 ? RankLeader(transport) : nil
Stackelberg.runProgram(leading: leader) {
    // Where a rank is lost or still at work, nobody may come to leave with: what has started the ranks ends them.
    guard leader?.isWhole ?? true else { return }
    leader?.end()
    transport.end()
}
