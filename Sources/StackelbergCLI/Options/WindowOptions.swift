import ArgumentParser
import CaseFiles
import EnergyGames

/// How a long horizon is divided into windows.
struct WindowOptions: ParsableArguments {
    @Option(help: "Hours that are decided at a time; default: the whole horizon at once.")
    var horizon: TypedNumber?
    @Option(help: "Hours that a window looks beyond those that it decides.")
    var overlap: TypedNumber = 0
    @Option(
        help: """
            What stored energy is worth at a window's end: water (what it was worth in the window before), nothing, or a \
            share from 0 to 1 that stores hold then at least.
            """)
    var endValue = "water"
    @Flag(help: "Operate the whole horizon at once, too, and tell what the windows cost.")
    var whole = false

    /// In steps of the case.
    struct Rolling: Sendable, Codable {
        let kept: Int
        let ahead: Int
        let endValue: RollingDispatch.EndValue
        let besideWhole: Bool
    }

    func validate() throws {
        guard horizon == nil else { return }
        if whole {
            throw ValidationError("--whole sets the whole horizon beside windows. Add --horizon, or take it out.")
        }
        if overlap.text != "0" { throw ValidationError("--overlap is of windows. Add --horizon, or take it out.") }
    }

    /// nil where the whole horizon is solved at once.
    func rolling(_ source: Case, aim: Dispatch.Aim, hasFront: Bool) throws -> Rolling? {
        guard let horizon else { return nil }
        guard aim == .cost, !hasFront else {
            throw OptionError(
                option: "--horizon", text: horizon.text,
                advice: "windows are decided by cost, one after the other. Take --minimise emission and --front out.")
        }
        return Rolling(
            kept: try steps(horizon, "--horizon", source, least: 1), ahead: try steps(overlap, "--overlap", source),
            endValue: try value, besideWhole: whole)
    }

    private func steps(_ hours: TypedNumber, _ option: String, _ source: Case, least: Int = 0) throws -> Int {
        let time = source.system.time
        guard let number = Double(hours.text), number.isFinite, number <= time.hours * Double(time.steps),
            abs(number / time.hours - (number / time.hours).rounded()) < 1e-9,
            Int((number / time.hours).rounded()) >= least
        else {
            throw OptionError(
                option: option, text: hours.text,
                advice: "write hours that are whole steps of \(time.hours) h, at most the horizon.")
        }
        return Int((number / time.hours).rounded())
    }

    private var value: RollingDispatch.EndValue {
        get throws {
            switch endValue {
            case "water": return .water
            case "nothing": return .nothing
            default:
                guard let share = Double(endValue), (0...1).contains(share) else {
                    throw OptionError(
                        option: "--end-value", text: endValue, advice: "write water, nothing, or a share from 0 to 1.")
                }
                return .share(share)
            }
        }
    }
}
