import Games
import ResultFiles

/// What `serve` tells of its problem before it is asked anything: one line of JSON.
struct ServeGreeting: Encodable {
    struct DecisionCard: Encodable {
        let name: String
        let lower: Double
        let upper: Double
        let unit: String
        let integer: Bool
        /// The price that it is of, and the steps at which it holds.
        let price: String?
        let steps: [Int]?
        /// Of a price, the step of the grid on which it is written.
        let tick: Double?
    }

    /// `sum of coefficients[i] * x[decisions[i]] <= most`.
    struct Cap: Encodable {
        let name: String
        let decisions: [Int]
        let coefficients: [Double]
        let most: Double
    }

    /// At most so many different values, or runs of equal neighbours.
    struct Grouping: Encodable {
        let name: String
        let decisions: [Int]
        let of: String
        let most: Int
    }

    struct Payoff: Encodable {
        let unit: String
        let maximised: Bool
        let ties: String
    }

    struct Followers: Encodable {
        let names: [String]
        let unit: String
    }

    struct Request: Encodable {
        let kind: UInt32
        let columns: [String]
    }

    let `protocol` = "stackelberg-serve"
    let version = 1
    let program = Version.number
    let name: String
    let variant: String?
    let kind: ServedProblem.Kind
    let payoff: Payoff
    let decisions: [DecisionCard]
    let caps: [Cap]
    /// Decisions that are one number, list by list.
    let equal: [[Int]]
    let groupings: [Grouping]
    let followers: Followers
    let requests: [String: Request]
    let warnings: [String]
    let workers: Int
    let mostBytes: Int

    init(_ problem: ServedProblem, workers: Int) {
        let space = problem.game.space
        name = problem.name
        variant = problem.variant
        kind = problem.kind
        payoff = Payoff(
            unit: problem.unit, maximised: problem.isMaximised, ties: problem.game.ties.rawValue)
        let ticks = space.ticks
        decisions = space.decisions.enumerated().map { k, decision in
            DecisionCard(
                name: decision.name, lower: decision.lower, upper: decision.upper, unit: problem.units[k],
                integer: decision.isInteger, price: problem.steps[k]?.price, steps: problem.steps[k]?.steps,
                tick: problem.steps[k].map { _ in ticks[k].size })
        }
        caps =
            space.meanCaps.map {
                Cap(
                    name: $0.name, decisions: $0.indices, coefficients: $0.weights,
                    most: $0.maximum * $0.weights.reduce(0, +))
            }
            + space.orderings.map {
                Cap(
                    name: "\(space.decisions[$0.lower].name) at most \(space.decisions[$0.upper].name)",
                    decisions: [$0.lower, $0.upper], coefficients: [1, -1], most: 0)
            }
            + space.linearCaps.map {
                Cap(name: $0.name, decisions: $0.indices, coefficients: $0.coefficients, most: $0.maximum)
            }
        equal = space.ties
        groupings = space.groupings.map {
            Grouping(name: $0.name, decisions: $0.indices, of: $0.kind.rawValue, most: $0.most)
        }
        followers = Followers(names: problem.game.parties.map(\.name), unit: problem.followerUnit)
        requests = Dictionary(
            uniqueKeysWithValues: ServeRequest.allCases.map {
                ($0.name, Request(kind: $0.rawValue, columns: ServedAnswers.columns(of: $0, in: problem)))
            })
        warnings = problem.warnings
        self.workers = workers
        mostBytes = Frame.most
    }

    private enum CodingKeys: String, CodingKey {
        case `protocol`, version, program, name, variant, kind, payoff, decisions, caps, equal, groupings, followers
        case requests, warnings, workers
        case mostBytes = "most_bytes"
    }
}
