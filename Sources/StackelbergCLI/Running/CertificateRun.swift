import ArgumentParser
import CaseFiles
import Disk
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports
import ResultFiles
import Studies
import Writing

/// A certificate, from where its journal is to its written result. `certify` begins it, `resume` goes on.
struct CertificateRun {
    /// What was asked for, beside the case.
    struct Question: Codable {
        /// Prices that are compared with the bound; nil where none are.
        let decision: [Double]?
        /// For all bounds; 0 for the cheap ones only.
        let seconds: Double
        let nodes: Int
        let threads: Int
    }

    let source: Case
    let energyGame: EnergyGame
    let journal: CertificateJournal
    let printing: PrintOptions
    private let line: ProgressLine
    /// Where the certificate goes on from; nil where it did not branch yet.
    private let state: Certifier.State?
    /// Seconds that it took before.
    private let spent: Double
    private let started: Date

    private var question: Question { journal.card.question }
    private var game: StackelbergGame { energyGame.game }
    private var folder: ResultFolder { journal.folder }
    private var goOn: String { "Go on with: stackelberg resume \(folder.url.relativePath)" }

    init(_ source: Case, _ journal: CertificateJournal, _ printing: PrintOptions, _ energyGame: EnergyGame? = nil)
        throws
    {
        (self.source, self.journal, self.printing) = (source, journal, printing)
        self.energyGame = try energyGame ?? EnergyGame(source)
        line = printing.progressLine
        state = try journal.state()
        spent = max(state?.seconds ?? 0, journal.steps.last?.seconds ?? 0)
        // As if it had never been left.
        started = (energyGame == nil ? Date() : journal.card.startedAt).addingTimeInterval(-spent)
    }

    /// Certifies, writes the tables and prints.
    func run() throws {
        // The page is written last.
        guard !Folder.content(of: folder.url).contains(ReportPage.file) else {
            try journal.finish()
            if !printing.quiet { complain("the certificate in '\(folder.url.relativePath)' is done.") }
            return
        }
        let signals = StopSignals(advice: "stopped. \(goOn)")
        let keeper = CertificateKeeper(journal, state)
        defer {
            signals.end()
            line.clear()
        }
        do {
            let ranks = RankLeader.current
            try ranks?.begin(HelperProcess.Told(certificateOf: source, threads: question.threads).data)
            let result = try signals.heeded { try proved(over: ranks, stop: signals.request, keeper) }
            try folder.write(result, startedAt: journal.card.startedAt)
            try journal.finish()
            line.clear()
            try printing.show(result, in: folder)
        } catch let code as ExitCode {
            throw code
        } catch is StudyStopped {
            leave(keeper, nil)
            throw ExitCode(signals.exitCode)
        } catch let error as RankError {
            leave(keeper, error)
            throw ExitCode(ExitCodes.inUse)
        } catch let error as DiskError {
            if case .gone = error { throw error }
            leave(keeper, error)
            throw ExitCode(ExitCodes.cannotWrite)
        } catch let error as StepJournalError {
            throw error
        } catch {
            // That there is no answer is one; before a state there is nothing that could be gone on with.
            if keeper.end().state == nil || error is CertificateError { try journal.finish() }
            guard case CertificateError.infeasible = error else { throw error }
            throw try energyGame.infeasibility(at: game.space.middle) ?? error
        }
    }

    /// Stores what is proved, and says how to go on.
    private func leave(_ keeper: CertificateKeeper, _ error: (any Error)?) {
        line.clear()
        let (state, failure) = keeper.end()
        // Where a disk is full, it is so twice.
        for problem in Set([error, failure].compactMap { $0.map { "\($0)" } }).sorted() { complain(problem) }
        var proved = ""
        if let state, state.bound.isFinite {
            let bound = NumberText.grouped(state.bound, decimals: 2)
            proved = " after \(state.solved) programs: no prices pay more than \(bound) "
            proved += energyGame.unit(source.currency)
        }
        complain("stopped\(proved). \(goOn)")
    }

    private func proved(
        over ranks: RankLeader?, stop: StopRequest, _ keeper: CertificateKeeper
    ) throws -> CertificateResult {
        // The payoff of the prices is needed in any case.
        line.show("what the prices pay")
        let known = try question.decision.map { try Evaluator(game).evaluate($0) }
        let given = try known.map {
            CertificateResult.Given(payoff: $0.payoff, bankable: try bankable($0.decision))
        }
        line.show("cheap bounds")
        let isBounded = journal.cheap != nil
        let seconds = question.seconds - (isBounded ? spent : 0)
        let allowance = question.seconds > 0 ? WorkAllowance(seconds: seconds) : WorkAllowance()
        let cheap = try journal.cheap ?? CheapBounds(game, within: allowance)
        if !isBounded { try keep(.cheap(cheap)) }
        line.show("branching, at most \(Int(max(0, seconds).rounded(.up))) s")
        let certificate = try certificate(cheap, known, within: allowance, over: ranks, stop: stop, keeper)
        return CertificateResult(source, energyGame, cheap, certificate, given: given)
    }

    private func bankable(_ decision: [Double]) throws -> BankablePayoff? {
        if let outlook = journal.outlook { return outlook }
        let bankable = try PriceOutlook(decision, in: game, findsBounds: false).bankable
        try keep(.outlook(bankable))
        return bankable
    }

    private func keep(_ found: Question.Step.Found) throws {
        try journal.keep(Question.Step(found: found, seconds: -started.timeIntervalSinceNow))
    }

    /// The cheap bounds, and the tighter one from branching if there is time.
    private func certificate(
        _ cheap: CheapBounds, _ known: Evaluation?, within allowance: WorkAllowance, over ranks: RankLeader?,
        stop: StopRequest, _ keeper: CertificateKeeper
    ) throws -> Certificate {
        let hasTime = question.seconds > 0
        let limits = Certifier.Limits(
            nodes: hasTime ? question.nodes : 0, seconds: hasTime ? question.seconds : .infinity)
        func certified(_ certifier: Certifier) throws -> Certificate {
            certifier.keep = { try keeper.keep($0) }
            if let ranks {
                if !certifier.solveParts(over: ranks, stop: stop) {
                    complain(
                        "one rank does this, and the others have nothing to do: what is found in one part is used in the next."
                    )
                }
            } else {
                try certifier.solveParts(onThreads: question.threads, stop: stop)
            }
            return try certifier.certify(limits, cheap: cheap)
        }
        if let state {
            // Whatever is left of the time: what was proved stays.
            let certifier = try Certifier(game, startedAt: started)
            do { try certifier.goOn(from: state) } catch is Certifier.StateMisfit { throw journal.stateDamage }
            return try certified(certifier)
        }
        do {
            return try allowance.grant {
                let certifier = try Certifier(game, startedAt: started)
                if let known { certifier.know(known) }
                return try certified(certifier)
            }
        } catch is WorkSpent {
            return Certificate(cheap, known, seconds: -started.timeIntervalSinceNow)
        }
    }
}
