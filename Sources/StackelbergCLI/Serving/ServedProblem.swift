import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Networks
import Reports
import ResultFiles

/// A problem whose decisions `serve` answers.
struct ServedProblem: Sendable {
    enum Kind: String, Encodable, Sendable { case prices, sizes, bilevel, network }

    let name: String
    let variant: String?
    let kind: Kind
    let game: StackelbergGame
    /// Whether more is better for the leader; else payoffs are told as what it pays.
    let isMaximised: Bool
    /// Of payoffs, and of what each follower pays.
    let unit: String
    let followerUnit: String
    /// One per decision.
    let units: [String]
    /// What is odd about the case.
    let warnings: [String]
    /// For a decision that is a price by step: the price, and the steps at which it holds.
    var steps: [(price: String, steps: [Int])?]
    /// Tolls are answered by shortest paths.
    var network: NetworkPricing?
    /// Why a decision has no answer, in words; nil where nobody can tell.
    var reason: @Sendable ([Double]) throws -> String? = { _ in nil }

    /// - Throws: what an `EnergyGame` or a `SizingGame` throws of a case that is none; ``ServeError``.
    init(_ source: Case) throws {
        name = source.name
        variant = source.variant
        followerUnit = source.currency
        warnings = source.warnings.map { "\($0)" }
        if source.isSizing {
            let sizing = try SizingGame(source)
            kind = .sizes
            game = sizing.game
            isMaximised = false
            unit = "\(source.currency)/a"
            units = game.space.decisions.map(\.unit)
            steps = units.map { _ in nil }
            reason = { try (sizing.infeasibility() ?? sizing.infeasibility(at: $0)).map { "\($0)" } }
        } else {
            let energyGame = try EnergyGame(source)
            kind = .prices
            game = energyGame.game
            isMaximised = true
            unit = energyGame.unit(source.currency)
            units = source.prices.flatMap { price in price.lower.map { _ in source.unit(of: price) } }
            steps = source.prices.flatMap { price in
                price.lower.indices.map { k in
                    let steps = price.index.indices.filter { price.index[$0] == k }
                    return (price.name, price.isCharge ? Array(steps.prefix(1)) : steps)
                }
            }
            reason = { try energyGame.infeasibility(at: $0).map { "\($0)" } }
        }
        try checkDecisions()
    }

    init(_ problem: BilevelProblem) throws {
        name = problem.name
        variant = nil
        kind = .bilevel
        game = try problem.game()
        isMaximised = problem.leader.objective.isMaximised
        (unit, followerUnit, warnings) = ("1", "1", [])
        units = game.space.decisions.map(\.unit)
        steps = units.map { _ in nil }
        try checkDecisions()
    }

    init(_ network: NetworkPricing) throws {
        name = network.name
        variant = nil
        kind = .network
        game = try network.game()
        isMaximised = true
        (unit, followerUnit, warnings) = ("1", "1", [])
        units = game.space.decisions.map(\.unit)
        steps = units.map { _ in nil }
        self.network = network
        try checkDecisions()
    }

    private func checkDecisions() throws {
        guard game.space.count > 0 else { throw ServeError.nothingToDecide(name: name) }
    }

    /// A payoff in the problem's own sense.
    func told(_ payoff: Double?) -> Double {
        guard let payoff else { return .nan }
        return isMaximised ? payoff : 0 - payoff
    }
}

/// Why there is nothing to serve.
enum ServeError: Error, Equatable, CustomStringConvertible {
    case nothingToDecide(name: String)
    case whichProblem(path: String, names: [String])
    case unknownProblem(name: String, path: String, names: [String])
    case noList(path: String)
    case variantOfProblem(path: String)

    var description: String {
        switch self {
        case .nothingToDecide(let name):
            "\(name): nothing is left to decide. Give a price as {min: …, max: …}, or answer it with `evaluate`."
        case .whichProblem(let path, let names):
            "\(path): holds \(names.count) problems. Choose one with --problem: \(Self.listed(names))"
        case .unknownProblem(let name, let path, let names):
            "--problem \(name): \(path) has no such problem. It holds: \(Self.listed(names))"
        case .noList(let path): "--problem: \(path) is no list of problems. Take --problem out."
        case .variantOfProblem(let path): "--variant: \(path) is no case, so it has no variants. Take --variant out."
        }
    }

    private static func listed(_ names: [String]) -> String {
        names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : ".")
    }
}
