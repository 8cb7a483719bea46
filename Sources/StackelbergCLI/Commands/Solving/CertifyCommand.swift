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
            Exit codes: 0 a valid bound, 65 wrong input, 69 no answer exists, 73 cannot write, 75 a rank of MPI was lost.
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

    /// The cheap bounds, and the tighter one from branching if there is time.
    private func certificate(
        _ game: StackelbergGame, _ cheap: CheapBounds, _ known: Evaluation?, seconds: Double, nodes: Int, threads: Int,
        over ranks: RankLeader?, within allowance: WorkAllowance, stop: StopRequest, startedAt started: Date
    ) throws -> Certificate {
        do {
            return try allowance.grant {
                let certifier = try Certifier(game, startedAt: started)
                if let known { certifier.know(known) }
                if let ranks {
                    if !certifier.solveParts(over: ranks, stop: stop) {
                        complain(
                            "one rank does this, and the others have nothing to do: what is found in one part is used in the next."
                        )
                    }
                } else {
                    try certifier.solveParts(onThreads: threads, stop: stop)
                }
                return try certifier.certify(
                    .init(nodes: seconds > 0 ? nodes : 0, seconds: seconds > 0 ? seconds : .infinity), cheap: cheap)
            }
        } catch is WorkSpent {
            return Certificate(cheap, known, seconds: Date().timeIntervalSince(started))
        }
    }

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
            let folder = try result.folder(source, "certificate")
            let line = result.printing.progressLine
            let ranks = RankLeader.current
            try ranks?.begin(HelperProcess.Told(certificateOf: source, threads: threads).data)
            let proved = try interruptible(line, advice: "Stopped; no certificate is written.") { stop in
                // The payoff of the prices is needed in any case.
                line.show("what the prices pay")
                let known = try decision.map { try Evaluator(energyGame.game).evaluate($0) }
                let given = try known.map {
                    CertificateResult.Given(
                        payoff: $0.payoff,
                        bankable: try PriceOutlook($0.decision, in: energyGame.game, findsBounds: false).bankable)
                }
                let allowance = time > 0 ? WorkAllowance(seconds: time) : WorkAllowance()
                line.show("cheap bounds")
                let cheap = try CheapBounds(energyGame.game, within: allowance)
                line.show("branching, at most \(Int(time.rounded(.up))) s")
                let certificate = try certificate(
                    energyGame.game, cheap, known, seconds: time, nodes: nodes, threads: threads, over: ranks,
                    within: allowance, stop: stop, startedAt: started)
                return CertificateResult(source, energyGame, cheap, certificate, given: given)
            }
            try result.deliver(proved, to: folder, startedAt: started)
        }
    }
}
