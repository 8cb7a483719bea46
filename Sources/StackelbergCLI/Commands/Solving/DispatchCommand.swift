import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Reports

extension Dispatch.Aim: ExpressibleByArgument {}

struct DispatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispatch",
        abstract: "Finds the operation of a case that costs or emits least, with nobody led.",
        discussion: """
            Examples: stackelberg dispatch my-park; stackelberg dispatch my-park --front 8

            All parties act together: payments between them cancel, and prices that are to be decided change nothing. \
            With typical days each of them is operated, and the year is their weighted sum. marginals.csv holds what \
            one more kWh would cost and emit, by party, carrier and step; where something is on or off these hold while \
            it stays so.
            A long horizon may be operated window by window: --horizon hours are decided at a time with --overlap hours \
            of look ahead, and stores, ramps and what is on go over into the next window. --whole sets the optimum of the \
            whole horizon beside, and tells what the windows cost.
            --minimise emission takes, of all operations that emit least, the one that costs least. --front N finds the \
            least cost at N limits of the emission, from the cheapest operation to the cleanest.
            A long horizon is solved much faster by HiGHS or CBC (--solver), where they are installed.
            Where typical days have scenarios, --here-and-now names what is the same in all of them, and plans.csv tells \
            the value of perfect information and of planning for scenarios.
            Windows, typical days and points of a front are stored as they are solved: after Ctrl-C or a kill, `resume` \
            with the folder goes on, and ends with the same tables.
            The result is checked against the model's rows and against physics, and comes with a bound that no \
            operation is below.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write, 130 \
            stopped by Ctrl-C, 143 by a request to end.
            """)

    @OptionGroup var source: CaseOptions
    @Option(help: "What is made as small as possible: cost or emission.")
    var minimise = Dispatch.Aim.cost
    @Option(help: "Points between the cheapest and the cleanest operation; 2 at least.")
    var front: TypedNumber?
    @Option(help: "Relative distance from the bound at which a program with whole numbers may end.")
    var gap: TypedNumber = 0
    @Option(help: "Seconds for one program.")
    var seconds: TypedNumber = 600
    @Option(
        help: """
            What is decided before it is known which scenario of a typical day comes, with commas: components, as \
            operator.chp, or quantities of them, as operator.chp.on.
            """)
    var hereAndNow: String?
    @OptionGroup var solvers: SolverOptions
    @OptionGroup var windows: WindowOptions
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let points = try front?.count("--front", in: 2...1000)
            let (gap, seconds) = (
                try gap.share("--gap"), try seconds.seconds("--seconds", in: SearchLimits.seconds)
            )
            let solver = try solvers.external
            let source = try source.read()
            let plan = DispatchPlan(
                aim: minimise, points: points,
                rolling: try windows.rolling(source, aim: minimise, hasFront: points != nil),
                hereAndNow: hereAndNow?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
                gap: gap, seconds: seconds, solver: solver)
            if points != nil, !source.days.isEmpty {
                throw OptionError(
                    option: "--front", text: "\(points ?? 0)",
                    advice:
                        "the case has typical days, which share no limit of the emission. Take 'days' out, or --front.")
            }
            let folder = try result.folder(source, "dispatch-\(minimise.rawValue)")
            let journal =
                try plan.isLong(source)
                ? DispatchJournal(in: folder, .init(source, plan, startedAt: started)) : nil
            try DispatchRun.run(
                source, plan, in: folder, journal: journal, startedAt: started, printing: result.printing)
        }
    }

    func validate() throws {
        if hereAndNow != nil, front != nil || windows.horizon != nil || minimise == .emission {
            throw ValidationError("--here-and-now is decided by cost over a whole day. Take the other options out.")
        }
    }
}
