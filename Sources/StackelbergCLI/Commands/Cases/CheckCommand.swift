import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import Studies
import Writing

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads a case, reports every problem in it, and answers one decision.",
        discussion: """
            Example: stackelberg check data/cases/stackelberg-park --variant ev_and_carbon

            Contradictions are reported with file, line and column, all at once; warnings report what is odd but may \
            be intended. Without --variant, the variants of the case are read, too, the first hundred of them. A case \
            that has no answer is explained: which demand cannot be met, which rules clash, and the smallest change \
            that would make it feasible.
            Exit codes: 0 sound, 65 wrong input, 69 no answer exists, 70 the limits of a solve were too low to find \
            out whether one exists.
            """)

    @OptionGroup var source: CaseOptions
    @Flag(help: "Print what was found as JSON.")
    var json = false

    func run() throws {
        try reporting {
            let source: Case
            // Whoever asks for one variant hears of that alone.
            let mistakes: [Diagnostic]
            do {
                let url = URL(fileURLWithPath: self.source.case)
                source = try CaseReader.read(url, variant: self.source.variant)
                try checkSearch(of: source)
                mistakes = self.source.variant == nil ? CaseReader.mistakesInVariants(of: source, at: url) : []
            } catch let error as CaseFileError where json {
                print(CheckReport(error.diagnostics).json)
                throw ExitCode(ExitCodes.badInput)
            }
            let check = try ProgressLine(isShown: true, isQuietOnTerminal: json).showing("checking") {
                try CaseCheck(source)
            }
            if json {
                print(CheckReport(source, check, mistakes).json)
            } else {
                for diagnostic in check.warnings + mistakes { complain("\(diagnostic)") }
                if mistakes.isEmpty || !check.isSound { try report(source, check) }
            }
            if !check.isSound { throw ExitCode(check.isOpen ? ExitCodes.notProved : ExitCodes.noAnswer) }
            guard mistakes.isEmpty else { throw ExitCode(ExitCodes.badInput) }
        }
    }

    /// The error for which a run with the case's own search would be refused.
    private func checkSearch(of source: Case) throws {
        let optimiser = source.optimiser
        do {
            _ = try StudySettings(
                algorithm: optimiser.algorithm, population: optimiser.population, evaluations: optimiser.evaluations,
                seed: optimiser.seed, workers: optimiser.workers ?? 1
            ).check()
        } catch {
            let file = source.inputFiles.first?.lastPathComponent ?? CaseReader.fileName
            throw CaseFileError(
                diagnostics: [Diagnostic(at: SourceLocation(file: file), path: "optimiser", "\(error)")]
                    + source.warnings)
        }
    }

    private func report(_ source: Case, _ check: CaseCheck) throws {
        let reason = check.infeasibility.map { "\($0)" } ?? (check.payoff == nil ? check.outcome.sentence : nil)
        if let reason { complain("\(source.name): \(reason)") }
        guard check.isSound else { return }
        let game = check.game
        print("\(source.name): sound.")
        if let units = source.units.sentence { print("  \(units)") }
        print("  \(source.system.time.steps) steps of \(source.system.time.hours) h")
        let parties = game.parties
        let part = (source.isSizing ? "typical day" : "clearing group") + (parties.count == 1 ? "" : "s")
        print("  \(game.space.count) decisions, \(parties.count) \(part)")
        for party in parties {
            let models = game.followers[party.followers].map(\.model)
            let pieces = models.count > 1 ? ", in \(models.count) parts that share no row" : ""
            print(
                "  \(party.name): \(models.reduce(0) { $0 + $1.variableCount }) variables, "
                    + "\(models.reduce(0) { $0 + $1.constraintCount }) rows\(pieces)")
        }
        if !source.isSizing, !source.days.isEmpty { print("  one tariff for \(source.days.count) days") }
        for day in source.scenarios {
            print("  \(day.day): \(day.sentence); Kantorovich distance from all \(day.distanceSentence)")
        }
        guard let payoff = check.payoff else { return }
        let isOfYear =
            !source.days.isEmpty && TypicalDay.makeYear(source.days.map(\.weight), of: source.system.time)
        let unit = source.currency + (isOfYear ? "/a" : "")
        guard !source.isCentral else {
            let next =
                source.coalition == nil ? "see `dispatch`" : "see `dispatch`, and `cooperate` for what trades gain"
            print("  nobody is led: its least operation costs \(cents(-payoff)) \(source.currency), \(next)")
            return
        }
        guard !source.isCompetition else {
            for (one, payoff) in zip(source.operators, check.payoffs) {
                print(
                    "  at the middle of every price the payoff of \(one.name) is "
                        + (payoff.map { "\(cents($0)) \(source.currency)" } ?? "none: it cannot serve"))
            }
            return
        }
        print(
            source.isSizing
                ? "  at the middle of every size a year costs \(cents(-payoff)) \(source.currency)"
                : "  at the middle of every price the operator's payoff is \(cents(payoff)) \(unit)")
        guard !source.scenarios.isEmpty, source.isSizing else { return }
        let all = try ScenarioCheck(source.withEveryScenario(), sizes: game.space.middle, kept: -payoff)
        print(
            all.all.map { "  over all scenarios that were drawn it costs \(cents($0)) \(source.currency)" }
                ?? "  of all scenarios that were drawn, these cannot be operated: "
                + "\(all.failures.joined(separator: ", "))"
        )
    }

    private func cents(_ amount: Double) -> String { NumberText.fixed(amount, decimals: 2) }
}
