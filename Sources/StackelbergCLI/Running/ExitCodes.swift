import ArgumentParser
import CaseFiles
import Comparisons
import Disk
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports
import Studies

/// Exit codes, so that a script can tell what happened. 0 is only for a proved answer.
enum ExitCodes {
    /// The input is wrong: a case file, a table, an option's value.
    static let badInput: Int32 = 65
    /// The input is correct, but has no answer: a party's problem is infeasible or unbounded.
    static let noAnswer: Int32 = 69
    /// A check on the result failed: do not use it.
    static let notProved: Int32 = 70
    /// Memory ran out within a limit that was set for the process.
    static let noMemory: Int32 = 71
    /// An output cannot be written.
    static let cannotWrite: Int32 = 73
    /// Another process works on it, or a party does not answer: try again later.
    static let inUse: Int32 = 75
    /// Stopped by Ctrl-C; as in shells, 128 plus the signal's number.
    static let interrupted: Int32 = 130
    /// Stopped by a request to end (SIGTERM).
    static let terminated: Int32 = 143
}

/// Runs a command's body; turns every error into its sentences on standard error and its exit code.
///
/// - Parameter subject: what sentences are about, where there are several.
func reporting(about subject: String? = nil, _ body: () throws -> Void) throws {
    func complain(_ text: String) {
        StackelbergCLI.complain(subject.map { "\($0): \(text)" } ?? text)
    }
    do {
        try body()
    } catch let error as ExitCode {
        throw error
    } catch let error as CaseFileError {
        for diagnostic in error.diagnostics { complain("\(diagnostic)") }
        let count = error.diagnostics.count
        complain(count == 1 ? "1 problem." : "\(count) problems.")
        throw ExitCode(ExitCodes.badInput)
    } catch let error as DiskError {
        complain("\(error)")
        switch error {
        case .cannotWrite, .gone: throw ExitCode(ExitCodes.cannotWrite)
        case .cannotRead: throw ExitCode(ExitCodes.badInput)
        case .inUse: throw ExitCode(ExitCodes.inUse)
        }
    } catch let error as RankError {
        complain("\(error)")
        throw ExitCode(ExitCodes.inUse)
    } catch let error as ResultFolderError {
        complain("\(error)")
        throw ExitCode(ExitCodes.cannotWrite)
    } catch let error as SolverSessionError {
        complain("\(error)")
        if case .cannotWrite = error { throw ExitCode(ExitCodes.cannotWrite) }
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as ResponseProofError {
        complain("\(error)")
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as JournalError {
        complain("\(error)")
        switch error {
        case .notEmpty: throw ExitCode(ExitCodes.cannotWrite)
        case .unreadable, .other, .damaged, .contradictory: throw ExitCode(ExitCodes.badInput)
        }
    } catch let error as ComparisonError where error.isWithoutAnswer {
        complain("\(error)")
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as Infeasibility {
        complain("\(error)")
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as CertificateError {
        complain("\(error)")
        switch error {
        case .notProvable, .tiesNotProvable: throw ExitCode(ExitCodes.badInput)
        case .infeasible, .unbounded, .followerUnbounded: throw ExitCode(ExitCodes.noAnswer)
        }
    } catch let error as ExternalSolverError {
        complain("\(error)")
        if case .notInstalled = error { throw ExitCode(ExitCodes.badInput) }
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as RollingError {
        complain("\(error)")
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as EvaluationFailure {
        complain("\(error)")
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as DispatchError {
        complain("\(error)")
        switch error {
        case .sizeToDecide, .noEmission, .partyElsewhere: throw ExitCode(ExitCodes.badInput)
        case .infeasible, .unbounded, .notFound: throw ExitCode(ExitCodes.noAnswer)
        }
    } catch let error as CoalitionError {
        complain("\(error)")
        if case .cannotActAlone = error { throw ExitCode(ExitCodes.noAnswer) }
        throw ExitCode(ExitCodes.badInput)
    } catch let error as LocalPartyError {
        complain("\(error)")
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as SizingFailure {
        complain("\(error)")
        throw ExitCode(ExitCodes.noAnswer)
    } catch let error as StudyError {
        complain("\(error)")
        if case .nothingWorked = error { throw ExitCode(ExitCodes.noAnswer) }
        throw ExitCode(ExitCodes.badInput)
    } catch {
        complain("\(error)")
        throw ExitCode(ExitCodes.badInput)
    }
}
