import EnergyGames
import ResultFiles
import Writing

/// What cooperation is worth, as the few lines that a person wants to see first.
extension CoalitionResult {
    public var summary: String {
        var text = "\(heading)\n"
        text += "\(members.count) parties, alone and together.\n\n" + payoffText + "\n" + tradeText
        text += gainLine + settlement + methodLine
        if let groups { text += "\n" + standing(groups) }
        return text + verdictLines
    }

    private func money(_ amount: Double?) -> String { amount.map { NumberText.grouped($0, decimals: 2) } ?? "" }

    private var payoffText: String {
        let hasLumps = agreement.prices.lumpSums.contains { $0 != 0 }
        var table = TextTable(
            header: ["\(source.currency)", "cost alone", "together", "pays for trades"] + (hasLumps ? ["beside"] : [])
                + ["after payments", "gain", "independence"])
        for row in payoffs {
            let shares = [row.independenceAlone, row.independence].compactMap {
                $0.map { NumberText.grouped($0, decimals: 3) }
            }
            table.rows.append(
                [row.party, money(row.alone), money(row.together), money(row.payment)]
                    + (hasLumps ? [money(row.lumpSum)] : [])
                    + [money(row.after), money(row.gain), shares.joined(separator: " to ")])
        }
        return table.text
    }

    private var tradeText: String {
        var table = TextTable(header: ["trade", "kWh", "hours", "lowest price", "mean", "highest"])
        for (k, offer) in agreement.terms.offers.enumerated() {
            let traded = agreement.prices.prices[k].enumerated().compactMap { t, price in
                price.map { (price: $0, energy: agreement.energy[k][t]) }
            }
            let energy = traded.reduce(0) { $0 + $1.energy }
            guard energy > 0, let low = traded.map(\.price).min(), let high = traded.map(\.price).max() else {
                continue
            }
            let mean = traded.reduce(0) { $0 + $1.price * $1.energy } / energy
            table.rows.append(
                ["\(offer.trade.seller) to \(offer.trade.buyer)", NumberText.grouped(energy, decimals: 1)]
                    + ["\(traded.count)"] + [low, mean, high].map { NumberText.grouped($0, decimals: 4) })
        }
        return table.rows.isEmpty ? "Nothing is traded.\n" : table.text + "\n"
    }

    private var gainLine: String {
        "Together they save \(money(agreement.gain)) \(source.currency), "
            + "and at most \(money(max(agreement.gain, run.most))) could be saved.\n"
    }

    private var settlement: String {
        let division = agreement.terms.division.words
        let missing = money(agreement.prices.missing.reduce(0) { $0 + abs($1) } / 2)
        switch agreement.prices.outcome {
        case .realised: return "The prices give each party what the \(division) gives it.\n"
        case .bounded:
            return "The bands bind: no prices within them give each party what the \(division) gives it. "
                + "Lump sums of \(missing) \(source.currency) beside these prices would.\n"
        case .insufficient:
            return "No prices within the bands leave nobody worse off than alone. Lump sums of \(missing) "
                + "\(source.currency) beside these prices give each party what the \(division) gives it.\n"
        case .nothingTraded: return "There is nothing to pay for.\n"
        }
    }

    private var methodLine: String {
        guard run.method != .central else { return "" }
        return "\(run.method.words) took \(run.rounds.count) rounds, \(run.messages) messages and "
            + "\(NumberText.grouped(Double(run.bytes))) bytes. Parties showed trades and what these cost them, and nothing else.\n"
    }

    private func standing(_ groups: CoalitionGroups) -> String {
        var table = TextTable(header: ["gain [\(source.currency)]"] + members + ["would leave"])
        for row in groups.divisions {
            table.rows.append([row.name] + row.gains.map { money($0) } + [leaving(row)])
        }
        return table.text
    }

    func leaving(_ division: CoalitionGroups.Division) -> String {
        division.leaving.map { "\($0.members.joined(separator: " and ")), for \(money($0.complaint))" } ?? "nobody"
    }

    // MARK: JSON

    public var json: String {
        struct Group: Codable {
            let members: [String]
            let gain: Double
        }
        struct Division: Codable {
            let division: String
            let gains: [Double]
            let wouldLeave: [String]?
            let complaint: Double?
        }
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let method: String
            let division: String
            let outcome: String
            let gain: Double
            let mostPossibleGain: Double?
            let rounds: Int?
            let messages: Int?
            let bytes: Int?
            let payoffs: [Payoff]
            let groups: [Group]?
            let divisions: [Division]?
            let verdicts: [Verdict]
        }
        let isCentral = run.method == .central
        return JSONText.of(
            Output(
                caseName: source.name, variant: source.variant, method: run.method.rawValue,
                division: agreement.terms.division.rawValue, outcome: "\(agreement.prices.outcome)",
                gain: agreement.gain, mostPossibleGain: run.most.ifFinite, rounds: isCentral ? nil : run.rounds.count,
                messages: isCentral ? nil : run.messages, bytes: isCentral ? nil : run.bytes, payoffs: payoffs,
                groups: groups?.values.map { Group(members: $0.members, gain: $0.gain) },
                divisions: groups?.divisions.map {
                    Division(
                        division: $0.name, gains: $0.gains, wouldLeave: $0.leaving?.members,
                        complaint: $0.leaving?.complaint)
                }, verdicts: verdicts))
    }
}

extension CoalitionTerms.Division {
    /// As it stands in a sentence.
    var words: String {
        switch self {
        case .nash: "bargain"
        case .shapley: "Shapley value"
        case .nucleolus: "nucleolus"
        }
    }
}

extension CoalitionTerms.Method {
    var words: String {
        switch self {
        case .central: "One program"
        case .admm: "ADMM"
        case .dantzigWolfe: "Dantzig-Wolfe decomposition"
        }
    }
}
