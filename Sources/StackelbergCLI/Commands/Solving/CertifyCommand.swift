import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports
import Studies

struct CertifyCommand: RankedCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify",
        abstract: "Proves an upper bound on the payoff of all prices, and the gap of the best known ones.",
        discussion: """
            Examples: stackelberg certify results/my-park-ga-s1; stackelberg certify my-park --prices prices.csv \
            --time 600

            Bounds are computed from cheap to expensive: the operator choosing for everybody (high-point relaxation); \
            the most that followers pay at a best response, less the least cost of the entire system (max F - W); and \
            a relaxation of everybody's optimality conditions, tightened by branching on prices until --time or \
            --nodes are spent. A bound that is not found in time is left out. After the same number of nodes the bound \
            is the same on any machine and with any number of workers, or ranks of MPI, unless the time ended before. \
            The folder gets bounds.csv: the bound over nodes and seconds.
            What is proved is stored every few seconds, or every hundred programs where one thread does all (whole \
            numbers of followers that matter, squares in the objective). After Ctrl-C, a kill or the loss of a rank, \
            `resume` with the folder goes on, at any number of ranks, and ends with the same bound after the same \
            number of nodes.
            Exit codes: 0 a valid bound, 65 wrong input, 69 no answer exists, 73 cannot write, 75 a rank of MPI was \
            lost, 130 stopped by Ctrl-C, 143 by a request to end.
            """)

    @Argument(help: "Folder of a result of `price`, or of a case.", completion: .directory)
    var `case`: String
    @Option(help: "Name of a variant of the case.")
    var variant: String?
    @Option(
        help:
            "A prices.csv as `price` writes it, with the prices to compare; default: those of the result.",
        completion: .file())
    var prices: String?
    @Option(help: "Seconds for all bounds; 0 for the cheap ones only, however long they take.")
    var time: TypedNumber = 60.0
    @Option(help: "Most programs to solve.")
    var nodes: TypedNumber = 1_000_000
    @Option(
        help: "Threads that look into parts of the game, or 'auto' for one per core; default: the case's own.")
    var workers: String?
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let time = try time.seconds("--time", in: SearchLimits.seconds, isZeroAllowed: true)
            let nodes = try nodes.count("--nodes", in: SearchLimits.nodes)
            let run = try RunFolder(`case`, variant: variant)
            let source = run.source
            let threads = try workers.map(workerCount) ?? source.optimiser.workers ?? workerCount("auto")
            for warning in source.warnings { complain("\(warning)") }
            let energyGame = try EnergyGame(source)
            let decision = try (prices ?? run.prices).map {
                try PricesFile.read($0, for: source, in: energyGame.game.space)
            }
            let question = CertificateRun.Question(decision: decision, seconds: time, nodes: nodes, threads: threads)
            let journal = try CertificateJournal(
                in: result.folder(source, "certificate"), .init(source, question, startedAt: started))
            try CertificateRun(source, journal, result.printing, energyGame).run()
        }
    }
}
