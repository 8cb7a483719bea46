import ArgumentParser
import CaseFiles
import Foundation
import Games
import Reports

struct CertifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify",
        abstract: "Proves what no prices can pay more than, and how near the best known ones are to it.",
        discussion: """
            Examples: stackelberg certify results/my-park-ga-s1; stackelberg certify my-park --prices prices.csv --time 600

            Bounds come from cheap to dear: the operator choosing for everybody (high-point relaxation); what followers pay at most \
            at their best, less what the whole costs at least (max F - W); and a relaxation of everybody's optimality conditions, \
            tightened by branching on prices until --time or --nodes are spent. After as many nodes the bound is the same on any \
            machine. The folder gets bounds.csv: the bound over nodes and seconds.
            Exit codes: 0 a valid bound, 65 wrong input, 69 no answer exists, 73 cannot write.
            """)

    @Argument(help: "Folder of a result of `price`, or of a case.", completion: .directory)
    var `case`: String
    @Option(help: "Name of a variant of the case.")
    var variant: String?
    @Option(
        help:
            "A prices.csv as `price` writes it: the prices that the bound is compared with; else those of the result, if it is one.",
        completion: .file())
    var prices: String?
    @Option(help: "Seconds for branching; 0 for the cheap bounds alone.")
    var time: TypedNumber = 60.0
    @Option(help: "Programs to be solved at most.")
    var nodes: TypedNumber = 1_000_000
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let time = try time.seconds("--time", in: SearchLimits.seconds, isZeroAllowed: true)
            let nodes = try nodes.count("--nodes", in: SearchLimits.nodes)
            let run = try RunFolder(`case`, variant: variant)
            let source = run.source
            for warning in source.warnings { complain("\(warning)") }
            let energyGame = try EnergyGame(source)
            let decision = try (prices ?? run.prices).map { try PricesFile.read($0, for: source) }
            let folder = try result.folder(source, "certificate")
            let cheap = try CheapBounds(energyGame.game)
            let certifier = try Certifier(energyGame.game)
            if let decision { try certifier.consider(decision) }
            let certificate = try certifier.certify(.init(nodes: time > 0 ? nodes : 0, seconds: time), cheap: cheap)
            try result.deliver(
                CertificateResult(source, energyGame, cheap, certificate), to: folder, startedAt: started)
        }
    }
}
