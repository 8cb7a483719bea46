import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// `cooperate`, as a command.
@Suite struct CooperateCommandTests {
    static let yaml = #"""
        case: {schema: 1, name: street}
        time: {steps: 4, step: 1 h}
        carriers: {electricity: {}}
        parties:
          east:
            grid: {buy: {price: [0.4, 0.8, 0.8, 0.4], max: 200}, sell: {price: 0.3, max: 200}}
            demand: {electricity: [10, 20, 20, 10]}
            devices: {pv: {type: pv, capacity: 60, profile: [0, 1, 0.8, 0]}}
          west:
            grid: {buy: {price: [0.4, 0.8, 0.8, 0.4], max: 200}, sell: {price: 0.3, max: 200}}
            demand: {electricity: [30, 50, 40, 30]}
            devices: {battery: {type: storage, capacity: 40, power: 20}}
          south:
            grid: {buy: {price: 0.7, max: 200, co2: 0.5}}
            demand: {electricity: 5}
        trades:
          local: {max: 100, fee: 0.01}
        """#

    private static func write(_ text: String, to folder: URL) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appendingPathComponent("case.yaml"))
        return folder.path
    }

    private static func text(_ folder: String, _ file: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }

    private static func rows(_ folder: String, _ file: String) throws -> [[String]] {
        try text(folder, file).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// What is cheapest for all does not depend on who works it out; what each gains adds up.
    @Test func methodsFindTheSameGain() throws {
        try TemporaryFolder.with { folder in
            let street = try Self.write(Self.yaml, to: folder.appendingPathComponent("street"))
            var gains: [String: Double] = [:]
            for method in ["central", "admm", "dantzig-wolfe"] {
                let out = "\(folder.path)/\(method)"
                #expect(
                    CommandTests.exitCode(["cooperate", street, "--method", method, "--quiet", "--output", out]) == 0)
                let payoffs = try Self.rows(out, "payoffs.csv")
                gains[method] = Double(payoffs.last?[6] ?? "")
                let parts = payoffs.dropLast().compactMap { Double($0[6]) }.reduce(0, +)
                #expect(abs(parts - (gains[method] ?? .nan)) < 1e-6)
                // Prices within their bands, and money that changes hands.
                var paid: [String: Double] = [:]
                for row in try Self.rows(out, "trades.csv") where !row[7].isEmpty {
                    let numbers = row[6...].compactMap(Double.init)
                    #expect(numbers[1] >= numbers[2] - 1e-9 && numbers[1] <= numbers[3] + 1e-9)
                    paid[row[4], default: 0] += numbers[0] * numbers[1]
                    paid[row[3], default: 0] -= numbers[0] * numbers[1]
                }
                for row in payoffs.dropLast() { #expect(abs((paid[row[0]] ?? 0) - (Double(row[3]) ?? .nan)) < 1e-6) }
            }
            let central = try #require(gains["central"])
            for gain in gains.values { #expect(gain <= central + 1e-6 && gain >= central * 0.999) }
        }
    }

    /// Everything that leaves a party or comes to it: names of trades, numbers of trades and of money.
    @Test(arguments: ["admm", "dantzig-wolfe"]) func messagesHoldTradesAndPricesOnly(method: String) throws {
        try TemporaryFolder.with { folder in
            let street = try Self.write(Self.yaml, to: folder.appendingPathComponent("street"))
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["cooperate", street, "--method", method, "--quiet", "--output", out]) == 0)
            let parties: Set = ["east", "west", "south"]
            let lines = try Self.text(out, "messages.jsonl").split(separator: "\n")
            #expect(lines.count > 6)
            for line in lines {
                let message = try #require(
                    JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                let party = try #require(message["party"] as? String)
                #expect(parties.contains(party) && message.count == 2)
                /// Series by trade, of which the party is a side, with as many numbers as there are steps.
                func checkSeries(_ value: Any?) throws {
                    for (trade, numbers) in try #require(value as? [String: [Double]]) {
                        let words = trade.split(separator: ".").map(String.init)
                        #expect(words.count == 3 && words[0] == "local" && words[1...].contains(party))
                        #expect(numbers.count == 4)
                    }
                }
                if let question = message["question"] as? [String: Any] {
                    let known: Set = ["round", "kind", "prices", "target", "penalty", "tolerance"]
                    #expect(Set(question.keys).isSubset(of: known))
                    try checkSeries(question["prices"])
                    if let target = question["target"] { try checkSeries(target) }
                    for key in ["round", "penalty", "tolerance"] {
                        #expect(question[key] is Double? || question[key] is Int?)
                    }
                    #expect(
                        ["atPrices", "nearTarget", "exactly", "finish"].contains(question["kind"] as? String ?? ""))
                } else {
                    let answer = try #require(message["answer"] as? [String: Any])
                    #expect(Set(answer.keys).isSubset(of: ["trades", "ask", "lowestTotal"]))
                    if let trades = answer["trades"] { try checkSeries(trades) }
                    for key in ["ask", "lowestTotal"] where answer[key] != nil { #expect(answer[key] is Double) }
                }
            }
        }
    }

    /// A party of a process that is killed in the middle: the run ends in order, goes on when the party is back, and
    /// ends with the bytes of a run without the accident.
    @Test(.enabled(if: ProgramProcess.isBuilt)) func aPartyThatDiesMayComeBack() throws {
        try TemporaryFolder.with { folder in
            let script = folder.appendingPathComponent("west.sh").path
            let yaml = Self.yaml.replacing("  west:\n", with: "  west:\n    command: \"sh \(script)\"\n")
            let street = try Self.write(yaml, to: folder.appendingPathComponent("street"))
            let answers = "exec '\(ProgramProcess.path)' cooperate '\(street)' --as west\n"
            func run(_ arguments: [String]) throws -> ProgramProcess.Ending {
                try ProgramProcess.run(arguments + ["--quiet"], in: folder)
            }
            let apart = ["cooperate", street, "--method", "admm", "--processes", "--output"]
            try Data(answers.utf8).write(to: URL(fileURLWithPath: script))
            #expect(try run(apart + ["whole"]).code == 0)
            // Dies of its own kill after five questions.
            let deadly =
                "n=0; while IFS= read -r line; do n=$((n+1)); [ $n -gt 5 ] && kill -9 $$ && exit; "
                + "printf '%s\\n' \"$line\"; done | '\(ProgramProcess.path)' cooperate '\(street)' --as west\n"
            try Data(deadly.utf8).write(to: URL(fileURLWithPath: script))
            let broken = try run(apart + ["cut"])
            #expect(broken.code == 75)
            #expect(
                broken.errors.contains("west") && broken.errors.contains("stackelberg resume cut"), "\(broken.errors)")
            let begun = try Self.text("\(folder.path)/cut", "messages.jsonl")
            // It is still not back.
            #expect(try run(["resume", "cut"]).code == 75)
            // A new run does not write over it.
            #expect(try run(apart + ["cut"]).code == 73)
            try Data(answers.utf8).write(to: URL(fileURLWithPath: script))
            let resumed = try run(["resume", "cut"])
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(try Self.text("\(folder.path)/cut", "messages.jsonl").hasPrefix(begun))
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/whole").sorted()
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cut").sorted() == files)
            for file in files where file != "manifest.json" {
                #expect(
                    try Self.text("\(folder.path)/cut", file) == Self.text("\(folder.path)/whole", file), "\(file)")
            }
            // Nothing depends on who holds the models.
            #expect(try run(["cooperate", street, "--method", "admm", "--output", "within"]).code == 0)
            for file in files where file != "manifest.json" {
                #expect(
                    try Self.text("\(folder.path)/within", file) == Self.text("\(folder.path)/whole", file), "\(file)")
            }
        }
    }

    /// A coordinator that holds nobody's model but knows who answers, and parties that hold their own alone.
    @Test(.enabled(if: ProgramProcess.isBuilt)) func nobodyNeedsTheOthersBooks() throws {
        try TemporaryFolder.with { folder in
            let names = ["east", "west", "south"]
            let priced = Self.yaml.replacing("fee: 0.01", with: "fee: 0.01, price: {min: 0.3, max: 0.8}")
            let shared = try Self.write(priced, to: folder.appendingPathComponent("shared"))
            let sections = priced.components(separatedBy: "  east:\n")[1].components(separatedBy: "trades:\n")[0]
            let parts = ("  east:\n" + sections).components(separatedBy: .newlines)
            /// The case as somebody has it who knows the books of some parties.
            func own(_ known: [String]) -> String {
                var text = priced.components(separatedBy: "parties:\n")[0] + "parties:\n"
                for name in names {
                    guard known.contains(name) else {
                        let command = "'\(ProgramProcess.path)' cooperate '\(folder.path)/\(name)' --as \(name)"
                        text += "  \(name): {elsewhere: true, command: \"\(command)\"}\n"
                        continue
                    }
                    let start = parts.firstIndex { $0 == "  \(name):" } ?? 0
                    let end =
                        parts[(start + 1)...].firstIndex { $0.hasPrefix("  ") && !$0.hasPrefix("   ") } ?? parts.count
                    text += parts[start..<end].joined(separator: "\n") + "\n"
                }
                return text + "trades:\n" + priced.components(separatedBy: "trades:\n")[1]
            }
            for name in names { _ = try Self.write(own([name]), to: folder.appendingPathComponent(name)) }
            let blind = try Self.write(own([]), to: folder.appendingPathComponent("blind"))
            func run(_ arguments: [String]) throws -> ProgramProcess.Ending {
                try ProgramProcess.run(arguments + ["--quiet"], in: folder)
            }
            let method = ["--method", "dantzig-wolfe", "--output"]
            let apart = try run(["cooperate", blind] + method + ["apart"])
            #expect(apart.code == 0, "\(apart.errors)")
            #expect(try run(["cooperate", shared] + method + ["together"]).code == 0)
            let messages = try Self.text("\(folder.path)/together", "messages.jsonl")
            #expect(try Self.text("\(folder.path)/apart", "messages.jsonl") == messages)
            // The division needs no more than what parties asked for.
            let (there, here) = (
                try Self.rows("\(folder.path)/apart", "payoffs.csv"),
                try Self.rows("\(folder.path)/together", "payoffs.csv")
            )
            for (row, whole) in zip(there, here) {
                let (gain, expected) = (Double(row[6]) ?? .nan, Double(whole[6]) ?? .nan)
                #expect(abs(gain - expected) < 1e-4 * max(1, abs(expected)), "\(row)")
            }
            #expect(try run(["cooperate", blind, "--output", "none"]).errors.contains("Take a distributed method"))
            #expect(try run(["dispatch", blind, "--output", "none"]).code == 65)
            let known = try ProgramProcess.run(["check", blind], in: folder)
            #expect(known.code == 0, "\(known)")
        }
    }

    /// Equal tariffs and nothing to share: no trade gains anything.
    @Test(arguments: ["central", "admm", "dantzig-wolfe"]) func whoCannotGainKeepsWhatItHas(method: String) throws {
        try TemporaryFolder.with { folder in
            let yaml = """
                case: {schema: 1, name: equals}
                time: {steps: 2, step: 1 h}
                carriers: {electricity: {}}
                parties:
                  a: {grid: {buy: {price: 0.4, max: 10}}, demand: {electricity: 8}}
                  b: {grid: {buy: {price: 0.4, max: 10}}, demand: {electricity: 5}}
                trades: {local: {max: 50}}
                """
            let equals = try Self.write(yaml, to: folder.appendingPathComponent("equals"))
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["cooperate", equals, "--method", method, "--quiet", "--output", out]) == 0)
            for row in try Self.rows(out, "payoffs.csv") { #expect(abs(Double(row[6]) ?? .nan) < 1e-6) }
        }
    }

    private static let refusals: [(arguments: [String], code: Int32, words: String)] = [
        (["--as", "eest"], 65, "there is no such party. The parties are: east, west, south."),
        (["--processes"], 65, "--processes has no meaning for the central method"),
        (["--method", "adm"], 64, "adm"),
        (["--seconds", "0"], 65, "--seconds"),
    ]

    @Test(.enabled(if: ProgramProcess.isBuilt)) func whatCannotBeAskedIsRefused() throws {
        try TemporaryFolder.with { folder in
            let street = try Self.write(Self.yaml, to: folder.appendingPathComponent("street"))
            for refusal in Self.refusals {
                let ending = try ProgramProcess.run(["cooperate", street] + refusal.arguments, in: folder)
                #expect(ending.code == refusal.code && ending.errors.contains(refusal.words), "\(ending)")
            }
            let alone = try Self.write(
                Self.yaml.replacing("demand: {electricity: 5}", with: "demand: {electricity: 500}"),
                to: folder.appendingPathComponent("dark"))
            let dark = try ProgramProcess.run(["cooperate", alone, "--output", "dark_out"], in: folder)
            #expect(dark.code == 69 || dark.code == 65, "\(dark)")
            #expect(dark.errors.contains("south"))
            for command in ["price", "evaluate"] {
                let ending = try ProgramProcess.run([command, street], in: folder)
                #expect(ending.code == 65 && ending.errors.contains("`cooperate`"), "\(ending)")
            }
            let asked = try ProgramProcess.run(
                ["cooperate", street, "--as", "east"], in: folder, redirections: "< \(street)/case.yaml")
            #expect(asked.code == 65 && asked.errors.contains("is no question"), "\(asked)")
        }
    }
}
