import Foundation
import Games

extension BilevelExchange {
    /// Why the two files cannot be written.
    package enum WritingError: Error, Equatable, CustomStringConvertible {
        case products(problem: String)
        case cannotWrite(path: String)

        package var description: String {
            switch self {
            case .products(let problem):
                "\(problem): its objectives have products of variables, which these files cannot contain."
            case .cannotWrite(let path): "cannot write '\(path)'. Does its folder exist, and may it be written to?"
            }
        }
    }

    /// Writes a problem as MPS and AUX. An MPS file is minimised: for a leader who maximises it contains the negated
    /// objective.
    ///
    /// Terms of the leader's variables in the follower's objective are left out, as they do not change its response.
    package static func write(_ problem: BilevelProblem, mps: URL, aux: URL) throws {
        guard problem.leader.objective.isLinear, problem.follower.objective.isLinear else {
            throw WritingError.products(problem: problem.name)
        }
        let variables = problem.x + problem.y
        let leaderRows = problem.leader.rows.enumerated().map { ("leader\($0)", $1) }
        let followerRows = problem.follower.rows.enumerated().map { ("follower\($0)", $1) }
        let rows = leaderRows + followerRows
        let sign = problem.leader.objective.isMaximised ? -1.0 : 1.0
        let costs = (problem.leader.objective.x + problem.leader.objective.y).map { sign * $0 }
        var text = "NAME \(problem.name)\nROWS\n N objective\n"
        for (name, row) in rows { text += " \(letter(of: row.sense)) \(name)\n" }
        text += "COLUMNS\n"
        for (j, variable) in variables.enumerated() {
            if variable.isInteger { text += " MARKER 'MARKER' 'INTORG'\n" }
            // A column without any entry would not belong to the file.
            text += " \(variable.name) objective \(costs[j])\n"
            for (name, row) in rows {
                let factor = (row.x + row.y)[j]
                if factor != 0 { text += " \(variable.name) \(name) \(factor)\n" }
            }
            if variable.isInteger { text += " MARKER 'MARKER' 'INTEND'\n" }
        }
        text += "RHS\n RHS objective \(-sign * problem.leader.objective.constant)\n"
        for (name, row) in rows { text += " RHS \(name) \(row.side)\n" }
        text += "BOUNDS\n"
        for variable in variables {
            switch (variable.lower.isFinite, variable.upper.isFinite) {
            case (false, false): text += " FR BND \(variable.name)\n"
            case (true, false): text += " LO BND \(variable.name) \(variable.lower)\n PL BND \(variable.name)\n"
            case (false, true): text += " MI BND \(variable.name)\n UP BND \(variable.name) \(variable.upper)\n"
            case (true, true):
                text += " LO BND \(variable.name) \(variable.lower)\n UP BND \(variable.name) \(variable.upper)\n"
            }
        }
        try save(text + "ENDATA\n", to: mps)

        let followerSign = problem.follower.objective.isMaximised ? -1.0 : 1.0
        var lines = ["@NUMVARS", "\(problem.y.count)", "@NUMCONSTRS", "\(followerRows.count)", "@VARSBEGIN"]
        for (variable, cost) in zip(problem.y, problem.follower.objective.y) {
            lines.append("\(variable.name) \(followerSign * cost)")
        }
        lines += ["@VARSEND", "@CONSTRSBEGIN"] + followerRows.map(\.0) + ["@CONSTRSEND", "@NAME", problem.name]
        lines += ["@MPS", mps.lastPathComponent]
        try save(lines.joined(separator: "\n") + "\n", to: aux)
    }

    private static func letter(of sense: BilevelProblem.Row.Sense) -> String {
        switch sense {
        case .atMost: "L"
        case .equal: "E"
        case .atLeast: "G"
        }
    }

    private static func save(_ text: String, to url: URL) throws {
        do {
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw WritingError.cannotWrite(path: url.path)
        }
    }
}
