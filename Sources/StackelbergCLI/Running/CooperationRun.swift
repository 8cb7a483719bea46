import ArgumentParser
import CaseFiles
import Disk
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports

/// Parties of a case, alone and together.
struct CooperationRun {
    /// What was asked for, beside the case.
    struct Question: Codable, Equatable {
        let method: CoalitionTerms.Method
        /// Whether each party is asked through a process of its own.
        let processes: Bool
        /// For one program, and for one answer.
        let seconds: Double
    }

    let source: Case
    let terms: CoalitionTerms
    let question: Question
    let printing: PrintOptions
    let line: ProgressLine
    private var limits: SolveLimits { SolveLimits(nodes: .max, seconds: question.seconds) }

    /// - Throws: ``CooperateError``, `CoalitionError` where the question cannot be asked of the case.
    init(_ source: Case, _ question: Question, _ printing: PrintOptions) throws {
        guard var terms = source.coalition else { throw CooperateError.noTrades(name: source.name) }
        terms.method = question.method
        self.source = source
        self.terms = terms
        self.question = question
        self.printing = printing
        line = printing.progressLine
        let away = terms.members.filter(\.isElsewhere)
        guard terms.method != .central else {
            if question.processes { throw CooperateError.processesOfCentral }
            if !away.isEmpty { throw CoalitionError.elsewhere(parties: away.map(\.name)) }
            return
        }
        if let silent = away.first(where: { $0.command == nil }) {
            throw CooperateError.commandMissing(party: silent.name)
        }
        if !away.isEmpty, terms.division != .nash || terms.weights == .contribution {
            throw CoalitionError.valuesNeeded(division: terms.division)
        }
    }

    /// Runs, writes and prints; a negotiation leaves its messages on the way.
    ///
    /// - Parameter journal: of a negotiation that goes on; nil for one that begins.
    func run(in folder: ResultFolder, journal: CooperationJournal? = nil, startedAt started: Date) throws {
        let begun = Date()
        guard let method = terms.exchangeMethod else {
            let found = try interruptible(line, advice: "stopped before parties agreed; nothing is written.") {
                try central(since: begun)
            }
            try folder.write(found, startedAt: started)
            try printing.show(found, in: folder)
            return
        }
        let journal = try journal ?? CooperationJournal(in: folder, .init(source, question, startedAt: started))
        let goOn = "stackelberg resume \(folder.url.relativePath)"
        let found: CoalitionResult
        do {
            found = try interruptible(line, advice: "stopped before parties agreed. Go on with: \(goOn)") {
                try negotiated(method, try journal.log(), since: begun)
            }
        } catch let error as ExchangeError {
            guard case .partyFailed = error else { throw error }
            complain("\(error)\nGo on when the party is back: \(goOn)")
            throw ExitCode(ExitCodes.inUse)
        } catch let stop as ExitCode {
            throw stop
        } catch let error as DiskError {
            if case .cannotWrite = error {
                complain("\(error)\nMake room, or let it be written again. Then go on with: \(goOn)")
                throw ExitCode(ExitCodes.cannotWrite)
            }
            throw error
        } catch {
            // Nothing that could be gone on with.
            try journal.finish()
            throw error
        }
        try folder.write(found, startedAt: started)
        try journal.finish()
        try printing.show(found, in: folder)
    }

    // MARK: One program

    /// All models in one program.
    private func central(since started: Date) throws -> CoalitionResult {
        let coalition = try EnergyCoalition(source.system, terms)
        line.show("each party alone")
        let alone = try coalition.alone(limits: limits)
        line.show("all parties together")
        let together = try coalition.together(limits: limits)
        let most = alone.reduce(0) { $0 + $1.cost } - together.bound
        return try settled(
            coalition, alone: alone, together: together, CoalitionRun(method: .central, most: most), since: started)
    }

    private func settled(
        _ coalition: EnergyCoalition, alone: [DispatchAnswer], together: DispatchAnswer, _ run: CoalitionRun,
        since started: Date
    ) throws -> CoalitionResult {
        let before = coalition.members.enumerated().map { k, name in
            alone[k].cost - EnergyCoalition.ownCost(of: name, in: together)
        }
        let game = try coalition.game(alone: alone, together: together, limits: limits) { done, all in
            line.show("what groups of parties gain: \(done) of \(all)")
        }
        let agreement = try CoalitionAgreement(
            terms, energy: coalition.energy(in: together), before: before, game: game)
        let groups = try game.map { try CoalitionGroups($0, agreement) } ?? leaving(coalition, agreement)
        let (dispatch, paid) = try coalition.operation(together, paying: agreement.prices)
        let operation = try DispatchResult.Part(day: nil, dispatch, paid)
        return CoalitionResult(
            source, agreement, run, alone: alone, operation: operation, groups: groups,
            seconds: Date().timeIntervalSince(started))
    }

    /// Who would leave, where there are too many parties to value every group; nil where that cannot be told.
    private func leaving(_ coalition: EnergyCoalition, _ agreement: CoalitionAgreement) throws -> CoalitionGroups? {
        line.show("who would leave")
        do {
            return try CoalitionGroups(coalition.program(limits: limits), agreement)
        } catch let error as BargainingError {
            complain("who would leave is not known: \(error)")
            return nil
        }
    }

    // MARK: Messages

    /// Parties that are asked and answer.
    private func negotiated(_ method: ExchangeMethod, _ log: MessageLog, since started: Date) throws -> CoalitionResult
    {
        let time = source.system.time
        // Where the models are here, what was agreed can be shown in full; and who cannot act alone is told before
        // anybody is asked.
        let isHere = terms.members.allSatisfy { !$0.isElsewhere }
        let coalition = try isHere ? EnergyCoalition(source.system, terms) : nil
        let alone = try coalition?.alone(limits: limits)
        let outcome = try asking { try method.solve(try terms.network(time), asking: $0, log: log) }
        let (run, energy, before) = terms.result(of: outcome, time)
        guard let coalition, let alone else {
            let agreement = try CoalitionAgreement(terms, energy: energy, before: before, game: nil)
            return CoalitionResult(
                source, agreement, run, alone: nil, operation: nil, groups: nil,
                seconds: Date().timeIntervalSince(started))
        }
        line.show("the operation that was agreed on")
        return try settled(
            coalition, alone: alone, together: coalition.operation(trading: outcome.trades, limits: limits), run,
            since: started)
    }

    private func asking<Result>(_ negotiate: (ExchangeRoundTrip) throws -> Result) throws -> Result {
        guard question.processes || terms.members.contains(where: \.isElsewhere) else {
            let parties = try terms.members.map { try source.system.negotiator($0.name, in: terms, limits: limits) }
            return try negotiate(shown(ExchangeRoundTrip(inTurn: parties)))
        }
        let processes = try PartyProcesses(
            terms.members.map { ($0.name, command(of: $0)) }, patience: question.seconds)
        defer { processes.end() }
        return try negotiate(shown(processes.roundTrip))
    }

    /// The same, with its rounds on the line of progress.
    private func shown(_ roundTrip: ExchangeRoundTrip) -> ExchangeRoundTrip {
        ExchangeRoundTrip { questions in
            if let round = questions.first?.question.round { line.show("parties are asked, round \(round)") }
            return try roundTrip.ask(questions)
        }
    }

    /// The command of the case, or this program on the same case.
    private func command(of member: CoalitionTerms.Member) -> String {
        if let command = member.command { return command }
        let program = ProgramArguments.program
        var words = [program, "cooperate", source.folder.path, "--as", member.name]
        if let variant = source.variant { words += ["--variant", variant] }
        words += ["--seconds", "\(question.seconds)"]
        return "exec " + words.map { "'" + $0.replacing("'", with: #"'\''"#) + "'" }.joined(separator: " ")
    }
}
