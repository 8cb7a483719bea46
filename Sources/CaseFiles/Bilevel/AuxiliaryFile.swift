import Foundation

/// Which variables and rows of a model file are the follower's, and what it wants: an AUX file of the bilevel solver
/// MibS.
///
/// By names:
///
///     @NUMVARS
///     1
///     @NUMCONSTRS
///     1
///     @VARSBEGIN
///     y 1.0
///     @VARSEND
///     @CONSTRSBEGIN
///     follower_row
///     @CONSTRSEND
///
/// or, older, by positions that count from 0 in the order of the model file, without its objective: `N 1`, `M 1`, `LC
/// 1`, `LR 2`, `LO 1`, `OS 1` (1 to minimise, -1 to maximise). The older form may contain names instead of positions.
///
/// The older form may describe a problem of interdiction: the model file is the follower's alone, and `IC 3` for each
/// of its variables, in the order of `LC`, is what it costs to forbid it, within `IB 7` in all.
struct AuxiliaryFile {
    /// A variable or row.
    enum Reference: Hashable {
        case name(String)
        case location(Int)
    }

    /// What it costs to forbid each variable, and what may be spent on it.
    struct Interdiction {
        var costs: [Double] = []
        var budget: Double?
    }

    private(set) var interdiction: Interdiction?
    private(set) var variables: [(reference: Reference, line: Int)] = []
    private(set) var rows: [(reference: Reference, line: Int)] = []
    /// One number per variable.
    private(set) var costs: [Double] = []
    private(set) var isMaximised = false

    private typealias Line = (number: Int, words: [String])

    /// - Returns: nil if something is wrong; the log then says what.
    init?(_ text: String, file: String, log: DiagnosticLog) {
        let lines: [Line] = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            .map { ($0 + 1, $1.split(whereSeparator: \.isWhitespace).map(String.init)) }.filter { !$0.words.isEmpty }
        guard let first = lines.first else {
            log.error(
                SourceLocation(file: file), "is empty. It should say which variables and rows are the follower's.")
            return nil
        }
        let errors = log.errorCount
        if first.words[0].hasPrefix("@") {
            readNames(lines, file, log)
        } else {
            readPlaces(lines, file, log)
        }
        if log.errorCount == errors, variables.isEmpty {
            log.error(SourceLocation(file: file), "names no variable of the follower.")
        }
        guard log.errorCount == errors else { return nil }
    }

    private mutating func readNames(_ lines: [Line], _ file: String, _ log: DiagnosticLog) {
        var counts: [String: Int] = [:]
        var section: String?
        var waiting: String?
        var seen: [String: Int] = [:]
        // What is announced may stand in the keyword's own line.
        let lines = lines.flatMap { line in
            line.words.count > 1 && Self.announces(line.words[0])
                ? [(line.number, [line.words[0]]), (line.number, Array(line.words.dropFirst()))] : [line]
        }
        for (number, words) in lines {
            let location = SourceLocation(file: file, line: number)
            let word = words[0].uppercased()
            if word.hasPrefix("@") {
                if let asked = waiting, Self.mustSay(asked) {
                    log.error(location, "'\(asked)' has nothing after it. Give what it announces.")
                }
                waiting = nil
                if let section, !word.hasSuffix("END") {
                    log.error(location, "'\(words[0])' is before the end of '\(section)'. End that first.")
                }
                tellRepeated(Self.plain(word), words[0], number, &seen, file, log)
            }
            switch Self.plain(word) {
            case "@NUMVARS", "@NUMCONSTR", "@NAME", "@MPS", "@LP", "@OBJSENSE": waiting = Self.plain(word)
            case "@VARSBEGIN", "@CONSTRBEGIN": section = word
            case "@VARSEND", "@CONSTREND": section = nil
            case _ where word.hasPrefix("@"):
                log.error(
                    location,
                    "'\(words[0])' is not known here. Uncertain problems cannot be read; one of interdiction is written with IC and IB in the older form."
                )
            default:
                if let asked = waiting {
                    waiting = nil
                    switch asked {
                    case "@NAME", "@MPS", "@LP": break
                    case "@OBJSENSE":
                        isMaximised = word.hasPrefix("MAX") || word == "-1"
                        if !isMaximised, !word.hasPrefix("MIN"), word != "1" {
                            log.error(location, "'\(words[0])' is not a sense of an objective. Write MIN or MAX.")
                        }
                    default:
                        if let count = Int(words[0]) {
                            counts[asked] = count
                        } else {
                            log.error(location, "'\(words[0])' is not a number of variables or rows.")
                        }
                    }
                } else if section == "@VARSBEGIN" {
                    guard words.count == 2, let cost = Self.number(words[1]) else {
                        log.error(
                            location, "needs a variable and its factor in the follower's objective, as in 'y 1.0'.")
                        continue
                    }
                    variables.append((.name(words[0]), number))
                    costs.append(cost)
                } else if section != nil {
                    rows.append((.name(words[0]), number))
                } else {
                    log.error(location, "'\(words[0])' is outside every section.")
                }
            }
        }
        if let waiting, Self.mustSay(waiting) {
            log.error(SourceLocation(file: file), "'\(waiting)' has nothing after it. Give what it announces.")
        }
        if let section { log.error(SourceLocation(file: file), "'\(section)' has no end. Is the file cut off?") }
        for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
            let found = key == "@NUMVARS" ? variables.count : rows.count
            if found != count {
                log.error(SourceLocation(file: file), "\(key) says \(count), but \(found) are listed.")
            }
        }
    }

    /// A keyword as it is compared: the manual of MibS and its source write some in several ways.
    private static func plain(_ word: String) -> String {
        word.replacingOccurrences(of: "CONSTRS", with: "CONSTR").replacingOccurrences(of: "CONSTS", with: "CONSTR")
    }

    /// Whether a keyword says what comes next.
    private static func announces(_ word: String) -> Bool {
        mustSay(word.uppercased()) || ["@NAME", "@MPS", "@LP"].contains(word.uppercased())
    }

    /// Whether a value has to follow a keyword; a name may be left out.
    private static func mustSay(_ word: String) -> Bool { word.hasPrefix("@NUM") || word == "@OBJSENSE" }

    /// Reports a keyword that may appear once in a file, and appears again.
    private func tellRepeated(
        _ key: String, _ word: String, _ line: Int, _ seen: inout [String: Int], _ file: String, _ log: DiagnosticLog
    ) {
        if let first = seen[key] {
            log.error(
                SourceLocation(file: file, line: line),
                "'\(word)' is in line \(first) already. Take one of the two out.")
        }
        seen[key] = seen[key] ?? line
    }

    private mutating func readPlaces(_ lines: [Line], _ file: String, _ log: DiagnosticLog) {
        var counts: [String: Int] = [:]
        var seen: [String: Int] = [:]
        var areNumbers = true
        for (number, words) in lines {
            let location = SourceLocation(file: file, line: number)
            guard words.count == 2 else {
                log.error(location, "needs a key and a number, as in 'LC 1'.")
                continue
            }
            let key = words[0].uppercased()
            if ["N", "M", "OS", "IB"].contains(key) { tellRepeated(key, words[0], number, &seen, file, log) }
            let reference = Int(words[1]).map { Reference.location($0) } ?? .name(words[1])
            switch words[0].uppercased() {
            case "N", "M":
                if let count = Int(words[1]) {
                    counts[words[0].uppercased()] = count
                } else {
                    log.error(location, "'\(words[1])' is not a number of variables or rows.")
                }
            case "LC": variables.append((reference, number))
            case "LR": rows.append((reference, number))
            case "LO":
                if let cost = Self.number(words[1]) {
                    costs.append(cost)
                } else {
                    log.error(location, "'\(words[1])' is not a number.")
                }
            case "OS":
                guard words[1] == "1" || words[1] == "-1" else {
                    log.error(location, "OS is 1 to minimise or -1 to maximise, but this is '\(words[1])'.")
                    continue
                }
                isMaximised = words[1] == "-1"
            case "IC", "IB":
                guard let number = Self.number(words[1]) else {
                    log.error(location, "'\(words[1])' is not a number.")
                    areNumbers = false
                    continue
                }
                interdiction = interdiction ?? .init()
                if key == "IC" { interdiction?.costs.append(number) } else { interdiction?.budget = number }
            default:
                log.error(
                    location,
                    "'\(words[0])' is not known here. Known: N, M, LC, LR, LO, OS, and IC, IB of interdiction."
                )
            }
        }
        for (key, found, what) in [("N", variables.count, "LC"), ("M", rows.count, "LR")] {
            if let count = counts[key], count != found {
                log.error(SourceLocation(file: file), "\(key) says \(count), but there are \(found) lines of \(what).")
            }
        }
        if costs.count != variables.count {
            log.error(
                SourceLocation(file: file),
                "has \(costs.count) lines of LO for \(variables.count) of LC. Each variable of the follower needs "
                    + "its factor."
            )
        }
        if areNumbers, let interdiction, interdiction.costs.count != variables.count || interdiction.budget == nil {
            log.error(
                SourceLocation(file: file),
                "has \(interdiction.costs.count) lines of IC for \(variables.count) of LC, and "
                    + "\(interdiction.budget == nil ? "no" : "one") line of IB. Interdiction needs a cost for each "
                    + "variable of the follower, and one budget."
            )
        }
    }

    /// What the follower of the extended model is, by positions.
    mutating func move(to columns: Range<Int>, rows ownRows: Range<Int>, costs: [Double]) {
        interdiction = nil
        variables = columns.map { (.location($0), 0) }
        rows = ownRows.map { (.location($0), 0) }
        self.costs = costs
    }

    private static func number(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}
