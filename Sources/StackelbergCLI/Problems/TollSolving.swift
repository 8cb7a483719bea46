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
        let recorder = try interruptible(line, advice: "Stopped; nothing is kept of it.") {
            try TollStudy(network).search(entry, settings) { sofar in
                line.show(
                    "\(sofar.evaluations) of \(sofar.budget) evaluations, best \(NumberText.fixed(0 - sofar.best, decimals: 2))"
                )
            }
        }
        line.clear()
        show(0 - recorder.best, recorder.bestPoint, bound: network.bound, isProven: false, algorithm)
    }

    /// By everybody's optimality conditions, as other games: for small networks.
    func prove(seconds: Double) throws {
        line.show("proof of the optimum, at most \(NumberText.rounded(seconds)) s")
        let certificate = try interruptible(line, advice: "Stopped; nothing is kept of it.") {
            try Certifier(network.game()).certify(.init(nodes: .max, seconds: seconds))
        }
        line.clear()
        let bound = min(certificate.bound, network.bound)
        guard let best = certificate.best else {
            complain("not proved: no tolls were found, and none bring more than \(bound). Give it more --time.")
            throw ExitCode(ExitCodes.notProved)
        }
        show(best.payoff, best.decision, bound: max(bound, best.payoff), isProven: certificate.isProven, "")
        guard certificate.isProven else {
            complain("not proved: no tolls bring more than \(bound). Give it more --time.")
            throw ExitCode(ExitCodes.notProved)
        }
    }

    private func show(
        _ value: Double, _ tolls: [Double], bound: Double, isProven: Bool, _ algorithm: String
    ) {
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
        let worth = isProven ? ", proved" : algorithm.isEmpty ? "" : ", found by \(algorithm)"
        print("\(network.name): \(value + 0)\(worth); no tolls bring more than \(bound)")
        for (arc, number, value) in numbers { print("  arc \(number), \(arc.source) to \(arc.target): \(value)") }
    }
}
