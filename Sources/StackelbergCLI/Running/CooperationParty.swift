import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels

/// A party that answers questions about itself, one line of JSON for one.
struct CooperationParty {
    private let name: String
    private let party: LocalParty

    /// - Throws: ``CooperateError`` where the case does not hold the party's model.
    init(_ source: Case, _ terms: CoalitionTerms, _ name: String, limits: SolveLimits) throws {
        guard let member = terms.members.first(where: { $0.name == name }) else {
            throw CooperateError.unknownParty(name: name, known: terms.members.map(\.name))
        }
        if member.isElsewhere { throw CooperateError.isElsewhere(name: name) }
        self.name = name
        party = try source.system.negotiator(name, in: terms, limits: limits)
    }

    /// Reads questions from standard input until there are no more, and writes an answer to each.
    func answerUntilTheEnd() throws {
        while let line = readLine() {
            guard !line.isEmpty else { continue }
            guard let message = try? ExchangeMessage(line: line), case .question(let question) = message.content else {
                throw CooperateError.noQuestion(line: line)
            }
            guard message.party == name else { throw CooperateError.otherParty(asked: message.party, name: name) }
            let answer = ExchangeMessage(party: name, .answer(try party.answer(question)))
            try FileHandle.standardOutput.write(contentsOf: Data((answer.line() + "\n").utf8))
        }
    }
}

/// Parties that are asked through processes of their own, all at once.
final class PartyProcesses {
    private let processes: [PartyProcess]

    /// - Parameter commands: what starts each, in the order of the parties.
    /// - Throws: ``PartyProcessError``.
    init(_ commands: [(party: String, command: String)], patience: Double) throws {
        var started: [PartyProcess] = []
        do {
            for (party, command) in commands {
                started.append(try PartyProcess(party, command: command, patience: patience))
            }
        } catch {
            for process in started { process.end() }
            throw error
        }
        processes = started
    }

    var roundTrip: ExchangeRoundTrip {
        ExchangeRoundTrip { [processes] questions in
            let sent = questions.map { party, question in
                Result { () throws -> Void in
                    let process = processes[party]
                    try process.send(ExchangeMessage(party: process.party, .question(question)).line())
                }
            }
            return try zip(questions, sent).map { question, sent in
                try Interruption.check()
                let process = processes[question.party]
                do {
                    try sent.get()
                    let line = try process.receive()
                    guard let message = try? ExchangeMessage(line: line), case .answer(let answer) = message.content
                    else { throw PartyProcessError.noAnswer(party: process.party, line: line) }
                    return .success(answer)
                } catch let error as Interrupted {
                    throw error
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    func end() {
        for process in processes { process.close() }
        for process in processes { process.end() }
    }
}
