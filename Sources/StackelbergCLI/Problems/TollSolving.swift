import ArgumentParser
import Games
import LinearModels
import Metaheuristics
import Networks
import Studies
import Writing

/// Sets the tolls of a network and prints them.
struct TollSolving {
    let network: NetworkPricing
    let isJSON: Bool
    let line: ProgressLine

    func search(_ algorithm: String, _ settings: MetaheuristicSettings) throws {
        guard let entry = SearchRegistry.named(algorithm) else {
            throw StudyError.unknownAlgorithm(name: algorithm, known: SearchRegistry.names)
        }
        let recorder = try stoppable {
            try TollStudy(network).search(entry, settings) { sofar in
                let best = NumberText.fixed(0 - sofar.best, decimals: 2)
                line.show("\(sofar.evaluations) of \(sofar.budget) evaluations, best \(best)")
            }
        }
        show(0 - recorder.best, recorder.bestPoint, bound: network.bound, ", found by \(algorithm)")
    }

    /// By everybody's optimality conditions, as other games: for small networks.
    func prove(seconds: Double) throws {
        line.show("proof of the optimum, at most \(NumberText.rounded(seconds)) s")
        let certificate = try stoppable {
            try Certifier(network.game()).certify(.init(nodes: .max, seconds: seconds))
        }
        let bound = min(certificate.bound, network.bound)
        if let best = certificate.best {
            let worth = certificate.isProven ? ", proved" : ""
            show(best.payoff, best.decision, bound: max(bound, best.payoff), worth)
        }
        guard certificate.isProven else {
            complain("not proved: no tolls bring more than \(bound). Give it more --time.")
            throw ExitCode(ExitCodes.notProved)
        }
    }

    private func stoppable<Result>(_ work: @escaping () throws -> Result) throws -> Result {
        try interruptible(line, advice: "Stopped; nothing is kept of it.", work)
    }

    private func show(_ value: Double, _ tolls: [Double], bound: Double, _ worth: String) {
        let numbers = zip(network.tolls, tolls).map { toll, value in
            (arc: network.arcs[toll.arc], number: toll.arc + 1, value: value + 0)
        }
        if isJSON {
            let list = numbers.map {
                "{\"arc\": \($0.number), \"src\": \($0.arc.source), \"dst\": \($0.arc.target), \"toll\": \($0.value)}"
            }.joined(separator: ", ")
            print("{\"value\": \(value + 0), \"bound\": \(bound), \"tolls\": [\(list)]}")
            return
        }
        print("\(network.name): \(value + 0)\(worth); no tolls bring more than \(bound)")
        for (arc, number, value) in numbers { print("  arc \(number), \(arc.source) to \(arc.target): \(value)") }
    }
}
