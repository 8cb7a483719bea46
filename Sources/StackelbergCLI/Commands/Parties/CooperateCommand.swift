import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports

extension CoalitionTerms.Method: ExpressibleByArgument {}

struct CooperateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cooperate",
        abstract: "Finds what parties gain by trading with each other, and divides it.",
        discussion: """
            Examples: stackelberg cooperate my-parks; stackelberg cooperate my-parks --method admm --processes

            The case has parties and trades. Each party is operated alone, then all together at the least joint cost; \
            what that saves is divided as the case's coalition section says, and paid by hourly prices within the bands \
            of the trades. payoffs.csv tells costs before and after, trades.csv what is traded at which price, \
            coalitions.csv what every group would gain by itself, divisions.csv who would leave under which division.
            With --method admm or dantzig-wolfe no party shows more than its trades and what these cost it. --processes \
            lets each party be answered for by a process of its own: the command that the case names, or this program \
            on the same case. A party's process is `stackelberg cooperate CASE --as NAME`; it reads questions from its \
            standard input, one JSON object a line, and writes its answers to standard output. messages.jsonl holds \
            every message. `resume` with the folder goes on where it was stopped.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write, 75 a \
            party does not answer, 130 stopped by Ctrl-C, 143 by a request to end.
            """)

    @OptionGroup var source: CaseOptions
    @Option(help: "central, admm or dantzig-wolfe; default: that of the case.")
    var method: CoalitionTerms.Method?
    @Flag(help: "Ask each party through a process of its own.")
    var processes = false
    @Option(name: .customLong("as"), help: "Answer for this party, on standard input and output.")
    var party: String?
    @Option(help: "Seconds for one program, and for one answer of a party.")
    var seconds: TypedNumber = 600
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let seconds = try seconds.seconds("--seconds", in: SearchLimits.seconds)
            let source = try source.read()
            if let party {
                guard let terms = source.coalition else { throw CooperateError.noTrades(name: source.name) }
                try CooperationParty(source, terms, party, limits: SolveLimits(nodes: .max, seconds: seconds))
                    .answerUntilTheEnd()
                return
            }
            let question = CooperationRun.Question(
                method: method ?? source.coalition?.method ?? .central, processes: processes, seconds: seconds)
            // What cannot be asked leaves no folder.
            let run = try CooperationRun(source, question, result.printing)
            try run.run(
                in: result.folder(source, "coalition-\(question.method.rawValue)"), startedAt: started)
        }
    }
}

/// What is wrong with a question about cooperation.
enum CooperateError: Error, Equatable, CustomStringConvertible {
    case noTrades(name: String)
    case unknownParty(name: String, known: [String])
    case isElsewhere(name: String)
    case processesOfCentral
    case commandMissing(party: String)
    case noQuestion(line: String)
    case otherParty(asked: String, name: String)

    var description: String {
        switch self {
        case .noTrades(let name):
            "nobody in '\(name)' may trade. Add parties and 'trades', as trades: {local: {max: 2 MW}}."
        case .unknownParty(let name, let known):
            "--as \(name): there is no such party. The parties are: \(known.joined(separator: ", "))."
        case .isElsewhere(let name):
            "--as \(name): the model of this party is not in the case, which says that it is elsewhere."
        case .processesOfCentral:
            "--processes has no meaning for the central method, which knows every model. Take --method admm or dantzig-wolfe."
        case .noQuestion(let line):
            "what came on standard input is no question: '\(line.prefix(80))'. One line of JSON is wanted for each."
        case .otherParty(let asked, let name):
            "a question to \(asked) came to \(name). Let the case's command start the party that it stands at."
        case .commandMissing(let party):
            "\(party) is elsewhere, and the case names no command that answers for it. Add one, as command: \"ssh host stackelberg "
                + "cooperate park --as \(party)\"."
        }
    }
}
