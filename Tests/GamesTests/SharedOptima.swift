import Foundation
import Games
import TestSupport

/// The collection of bilevel problems that the shipped files were made from, where it lies beside the package.
enum SharedOptima {
    /// None where the file is not there.
    static let all: [Entry] =
        (try? SharedFiles.data("known_optima.json")).map { (try? JSONDecoder().decode([Entry].self, from: $0)) ?? [] }
        ?? []
    static let isThere = SharedFiles.has("known_optima.json")

    struct Entry: Decodable, Sendable, CustomStringConvertible {
        struct Level: Decodable, Sendable {
            struct Variable: Decodable, Sendable {
                let name: String
                let lb: Double?
                let ub: Double?
                let integer: Bool
            }
            struct Objective: Decodable, Sendable {
                let const: Double
                let cx: [Double]
                let cy: [Double]
                let qxx: [[Double]]?
                let qxy: [[Double]]?
                let qyy: [[Double]]?
            }
            struct Row: Decodable, Sendable {
                let ax: [Double]
                let ay: [Double]
                let sense: String
                let rhs: Double
            }
            let sense: String
            let vars: [Variable]
            let objective: Objective
            let constraints: [Row]
        }
        struct Optimum: Decodable, Sendable {
            let value: Double
            let x: [Double]
        }
        let name: String
        let status: String
        let upper: Level
        let lower: Level
        let optimistic: Optimum

        var description: String { name }
        var isAttained: Bool { status == "optimal" }

        func problem() throws -> BilevelProblem {
            try BilevelProblem(
                name: name, category: .linear, x: upper.vars.map(\.variable), y: lower.vars.map(\.variable),
                leader: upper.level, follower: lower.level, optimistic: nil, isProven: false)
        }
    }
}

extension SharedOptima.Entry.Level.Variable {
    fileprivate var variable: BilevelProblem.Variable {
        .init(name, lower: lb ?? -.infinity, upper: ub ?? .infinity, isInteger: integer)
    }
}

extension SharedOptima.Entry.Level {
    fileprivate var level: BilevelProblem.Level {
        func own(_ terms: [[Double]]?) -> [BilevelProblem.OwnProduct] {
            (terms ?? []).map { .init(first: Int($0[0]), second: Int($0[1]), factor: $0[2]) }
        }
        let senses: [String: BilevelProblem.Row.Sense] = ["<=": .atMost, ">=": .atLeast]
        return .init(
            objective: .init(
                isMaximised: sense == "max", constant: objective.const, x: objective.cx, y: objective.cy,
                products: (objective.qxy ?? []).map { .init(x: Int($0[0]), y: Int($0[1]), factor: $0[2]) },
                xProducts: own(objective.qxx), yProducts: own(objective.qyy)),
            rows: constraints.map { .init(x: $0.ax, y: $0.ay, sense: senses[$0.sense] ?? .equal, side: $0.rhs) })
    }
}
