import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports

/// Parties of a case, alone and together.
struct CooperationRun {
    /// What was asked for, beside the case.
    struct Question: Codable, Equatable {
        let method: String
        /// Whether each party is asked through a process of its own.
        let processes: Bool
        /// For one program, and for one answer.
        let seconds: Double
    }

    let source: Case
    let terms: CoalitionTerms
    let question: Question
    let line: ProgressLine
    private var limits: SolveLimits { SolveLimits(nodes: .max, seconds: question.seconds) }

    /// - Throws: ``CooperateError``, `CoalitionError` where the question cannot be asked of the case.
    init(_ source: Case, _ question: Question, _ line: ProgressLine) throws {
        guard let terms = source.coalition else { throw CooperateError.noTrades(name: source.name) }
        self.source = source
        self.terms = terms.solved(by: CoalitionTerms.Method(rawValue: question.method) ?? terms.method)
        self.question = question
        self.line = line
        let away = terms.members.filter(\.isElsewhere)
        guard self.terms.method != .central else {
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

    // MARK: One program

    /// All models in one program.
    func central(since started: Date) throws -> CoalitionResult {
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
        let groups = try game.map { try CoalitionGroups($0, agreement) }
        let (dispatch, paid) = try coalition.operation(together, paying: agreement.prices)
        let operation = try DispatchResult.Part(day: nil, dispatch, paid)
        return CoalitionResult(
            source, agreement, run, alone: alone, operation: operation, groups: groups,
            seconds: Date().timeIntervalSince(started))
    }

    // MARK: Messages

    /// Parties that are asked and answer.
    func negotiated(_ log: MessageLog, since started: Date) throws -> CoalitionResult {
        let time = source.system.time
        guard let method = terms.exchangeMethod else { throw CooperateError.processesOfCentral }
        line.show("parties are asked")
        let outcome = try asking { roundTrip in
            try method.solve(try terms.network(time), asking: roundTrip, log: log)
        }
        let (run, energy, before) = terms.result(of: outcome, time)
        guard terms.members.allSatisfy({ !$0.isElsewhere }) else {
            let agreement = try CoalitionAgreement(terms, energy: energy, before: before, game: nil)
            return CoalitionResult(
                source, agreement, run, alone: nil, operation: nil, groups: nil,
                seconds: Date().timeIntervalSince(started))
        }
        // The models are here, so that what was agreed can be shown in full.
        let coalition = try EnergyCoalition(source.system, terms)
        line.show("the operation that was agreed on")
        return try settled(
            coalition, alone: coalition.alone(limits: limits),
            together: coalition.operation(trading: outcome.trades, limits: limits), run, since: started)
    }

    private func asking<Result>(_ negotiate: (ExchangeRoundTrip) throws -> Result) throws -> Result {
        let isApart = terms.members.map { $0.isElsewhere || question.processes }
        guard isApart.contains(true) else {
            let parties = try terms.members.map {
                try source.system.negotiator($0.name, in: terms, limits: limits)
            }
            var rounds = 0
            return try negotiate(
                ExchangeRoundTrip { questions in
                    rounds += 1
                    line.show("round \(questions.first?.question.round ?? rounds)")
                    return questions.map { party, question in Swift.Result { try parties[party].answer(question) } }
                })
        }
        let processes = try PartyProcesses(
            try terms.members.map { ($0.name, try command(of: $0)) }, patience: question.seconds)
        defer { processes.end() }
        let inner = processes.roundTrip
        return try negotiate(inner)
    }

    /// The command of the case, or this program on the same case.
    private func command(of member: CoalitionTerms.Member) throws -> String {
        if let command = member.command { return command }
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        var words = [program, "cooperate", source.folder.path, "--as", member.name]
        if let variant = source.variant { words += ["--variant", variant] }
        words += ["--seconds", "\(question.seconds)"]
        return "exec " + words.map { "'" + $0.replacing("'", with: #"'\''"#) + "'" }.joined(separator: " ")
    }
}
