import Games
import Metaheuristics
import Networks

/// A search for the tolls of a network by any algorithm, on one thread.
///
/// `auto` is the search that knows networks, ``TollSearch``, alone; a polished metaheuristic has the first half of the
/// evaluations, and the best that it finds is where the other begins.
public struct TollStudy {
    private let answers: TollAnswers
    private let space: SearchSpace
    private var network: NetworkPricing { answers.problem }

    public init(_ network: NetworkPricing) throws {
        answers = TollAnswers(network)
        space = try network.searchSpace
    }

    /// - Parameter note: called as evaluations are spent.
    /// - Throws: ``StudyError/tooManyNumbers(algorithm:count:)``; `Interrupted`; whatever `note` throws.
    /// - Returns: the negative of revenues, as searches minimise.
    public func search(
        _ entry: SearchRegistry.Entry, _ settings: MetaheuristicSettings, note: (Recorder) throws -> Void = { _ in }
    ) throws -> Recorder {
        try entry.checkMemory(population: settings.population, dimension: network.tolls.count)
        guard !network.tolls.isEmpty else {
            var recorder = Recorder(budget: settings.evaluations)
            recorder.record([], 0)
            return recorder
        }
        var recorder = Recorder(budget: settings.evaluations)
        if entry.climbs != .alternating {
            var own = settings
            if entry.climbs == .afterwards { own.evaluations = max(1, settings.evaluations / 2) }
            recorder = try Recorder.minimise(entry.base, in: space, own) { points, sofar in
                try note(sofar)
                return points.map { 0 - answers.revenue($0) }
            }
            recorder = recorder.with(budget: settings.evaluations)
        }
        guard entry.climbs != nil, recorder.remaining > 0 else { return recorder }
        let before = recorder.evaluations
        _ = try TollSearch(network, seed: settings.seed).run(
            evaluations: recorder.remaining, from: recorder.bestPoint.isEmpty ? nil : recorder.bestPoint
        ) { climb in
            recorder.record(
                climb.found?.tolls ?? [], 0 - (climb.found?.revenue ?? climb.revenue),
                effort: before + climb.evaluations - recorder.evaluations)
            try note(recorder)
        }
        return recorder
    }
}

extension NetworkPricing {
    /// From nought to its limit for each toll.
    public var searchSpace: SearchSpace {
        get throws { try SearchSpace(lower: tolls.map { _ in 0 }, upper: tolls.map(\.limit)) }
    }
}
