import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import ResultFiles
import Studies
import Writing

/// Where operators end who post prices to the same users, with what each could gain by a change of its own.
public struct CompetitionResult: RunResult {
    public let source: Case
    public let found: CompetitionSearch
    let solution: SystemSolution
    private let audit: PhysicalAudit
    private let seconds: Double

    /// - Parameter seconds: wall-clock.
    public init(_ source: Case, _ competition: EnergyCompetition, _ found: CompetitionSearch, seconds: Double) {
        self.source = source
        self.found = found
        self.seconds = seconds
        solution = competition.solution(of: found.ends[0].answer)
        audit = PhysicalAudit(solution, of: competition.system)
    }

    /// The first of all ends.
    var headline: CompetitionEnd { found.ends[0] }

    /// What a user pays in all, and to each operator, in money over the horizon.
    struct Bill {
        let user: String
        let total: Double
        let bySeller: [(seller: String, amount: Double)]
    }

    var userBills: [Bill] {
        source.followers.compactMap { user in
            guard let party = solution.party(user) else { return nil }
            return Bill(
                user: user, total: party.costs.reduce(0) { $0 + $1.amount },
                bySeller: source.operators.map { one in
                    (one.name, party.costs.filter { $0.counterparty == one.name }.reduce(0) { $0 + $1.amount })
                })
        }
    }

    public var verdicts: [Verdict] {
        let room = found.ends.flatMap { end in
            end.regrets.compactMap { regret in
                regret.payoff.map { (regret.bound - $0) / max(1, abs($0)) }
            }
        }
        let served = zip(source.operators, headline.answer.payoffs).filter { $0.1 == nil }.map(\.0.name)
        return [
            Verdict(
                name: "everybody served", holds: served.isEmpty,
                detail: served.isEmpty
                    ? "every operator serves what users ask for"
                    : "\(served.joined(separator: ", ")) cannot serve what is asked for at the prices where this ended"),
            Verdict(
                name: "bounds above the payoffs", holds: room.allSatisfy { $0 >= -Certificate.tolerance },
                detail: "by at least \(NumberText.csv(room.min() ?? 0)) relative"),
            Verdict([audit]),
        ]
    }

    // MARK: Words

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    public var summary: String {
        let settings = found.settings
        var text = "\(heading)\n"
        text += "\(source.operators.count) operators, best responses in turn by \(settings.search.algorithm), seed "
        text +=
            "\(settings.search.seed), \(NumberText.grouped(Double(settings.search.evaluations))) evaluations each\n\n"
        text += "\(Self.sentence(headline.path, found.tick, source.currency))\n"
        let others = found.ends.count - 1
        if others > 0 {
            text +=
                "Other starts ended elsewhere, at \(others) more: equilibria.csv. Shown is the one with the least regret"
            text += ", equilibria first.\n"
        }
        var table = TextTable(header: [
            "operator [\(source.currency)]", "payoff", "no prices pay more than", "regret", "%",
        ])
        for (one, regret) in zip(source.operators, headline.regrets) {
            table.rows.append([
                one.name, regret.payoff.map(money) ?? "none", regret.bound.isFinite ? money(regret.bound) : "no limit",
                regret.regret.flatMap(\.ifFinite).map(money) ?? "unknown",
                regret.share.map { NumberText.grouped(100 * $0, decimals: 2) } ?? "",
            ])
        }
        text += "\n" + table.text + "\n"
        var bills = TextTable(header: ["user [\(source.currency)]", "cost"] + source.operators.map { "to \($0.name)" })
        for bill in userBills {
            bills.rows.append([bill.user, money(bill.total)] + bill.bySeller.map { money($0.amount) })
        }
        text += bills.text + "\n" + source.priceSummary(headline.answer.decision) + "\n"
        text += regretLine
        return text + verdictLines
    }

    /// How a start ended, in words.
    static func sentence(_ path: CompetitionPath, _ tick: Double, _ currency: String) -> String {
        let rounds = path.moves.last?.round ?? 0
        let finest = "\(NumberText.rounded(tick)) \(currency)/kWh"
        switch path.end {
        case .equilibrium:
            return "Equilibrium after \(rounds) rounds: nobody found a move that gains, at a tick of \(finest)."
        case .cycle:
            return
                "No equilibrium was found: best responses cycle, \(path.cycle.count) rounds long, at a tick of \(finest): cycle.csv."
        case .roundsEnded: return "The rounds ended after \(rounds) without an equilibrium."
        }
    }

    private var regretLine: String {
        let epsilon = headline.epsilon
        guard epsilon.isFinite else { return "What an operator could gain by a change of its own is not bounded.\n" }
        let worst = headline.regrets.compactMap(\.share).max()
        return "Proved: no operator can gain more than \(money(epsilon)) \(source.currency)"
            + (worst.map { ", or \(NumberText.grouped(100 * $0, decimals: 2)) % of what it is paid," } ?? "")
            + " by a change of its own prices.\n"
    }

    public var json: String {
        struct Player: Codable {
            let name: String
            let payoff: Double?
            let bound: Double?
            let regret: Double?
            let regretShare: Double?
        }
        struct End: Codable {
            let end: String
            let starts: [String]
            let rounds: Int
            let cycleRounds: Int?
            let epsilon: Double?
            let operators: [Player]
            let decision: [Double]
        }
        struct User: Codable {
            let name: String
            let cost: Double
        }
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let tick: Double
            let ends: [End]
            let users: [User]
            let verdicts: [Verdict]
        }
        return JSONText.of(
            Output(
                caseName: source.name, variant: source.variant, tick: found.tick,
                ends: found.ends.map { end in
                    End(
                        end: end.path.end.rawValue, starts: end.paths.map(\.start.rawValue),
                        rounds: end.path.moves.last?.round ?? 0,
                        cycleRounds: end.path.cycle.isEmpty ? nil : end.path.cycle.count,
                        epsilon: end.epsilon.ifFinite,
                        operators: zip(source.operators, end.regrets).map {
                            Player(
                                name: $0.name, payoff: $1.payoff, bound: $1.bound.ifFinite,
                                regret: $1.regret?.ifFinite, regretShare: $1.share)
                        },
                        decision: end.answer.decision)
                },
                users: userBills.map { User(name: $0.user, cost: $0.total) }, verdicts: verdicts))
    }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(of: self, startedAt: startedAt, seconds: seconds)
        manifest.leader = source.operators[0].name
        manifest.settings = found.settings.search
        return manifest
    }
}

extension EnergyCompetition {
    /// Every flow and cost of an answer: users as they answer all operators, each operator as it serves them.
    public func solution(of answer: RivalryAnswer) -> SystemSolution {
        let parts = zip(games, answer.evaluations).filter { $1.payoff != nil }.map { $0.solution(of: $1) }
        let names = Set(operators.map(\.name))
        let users = parts.first?.parties.filter { !names.contains($0.name) } ?? []
        return SystemSolution(
            time: system.time, parties: users + parts.flatMap { $0.parties.filter { names.contains($0.name) } })
    }
}
