import ArgumentParser
import Foundation
import Studies

/// A command whose work is dealt into parts, for the scripts of a cluster.
struct ClusterWork {
    /// What becomes of the parts.
    enum Merging: Equatable {
        /// They are merged into the result of the whole.
        case into(folder: String)
        /// Each is a study of its own, and all are listed.
        case listing
    }

    /// `compare`, `sweep` or `size`.
    let command: String
    /// What follows it, as it was typed, without what the scripts say themselves.
    let words: [String]
    /// Pieces of work, and what one is: runs, points, searches.
    let pieces: Int
    let piece: String
    /// What all of it takes on one core of this machine, estimated.
    let seconds: Double
    /// Seeds of the parts, of searches that differ in nothing else; nil where parts are dealt by number.
    let firstSeed: UInt64?
    let merging: Merging
    /// Threads of a part.
    let workers: Int
    /// Where the command was typed: what it names, it names from there.
    let workingFolder = FileManager.default.currentDirectoryPath

    /// Seconds that a part should take about: long enough that starting it is nothing, short enough for any queue.
    private static let secondsOfPart = 1800.0

    /// As many as make parts of half an hour, where nobody says how many.
    var usualParts: Int {
        if firstSeed != nil { return pieces }
        return min(pieces, max(1, Int((seconds / Self.secondsOfPart).rounded(.up))))
    }

    /// Hours that a part is allowed: four times what it is estimated to take, in quarters.
    func usualHours(parts: Int) -> Double {
        let most = (Double(pieces) / Double(parts)).rounded(.up) * seconds / Double(pieces)
        return max(0.25, (4 * most / 900).rounded(.up) / 4)
    }

    // MARK: Words

    /// Words without some options and their values, which are in the next word or behind a sign of equality.
    static func words(_ words: [String], without options: [String]) -> [String] {
        var rest: [String] = []
        var skips = false
        for word in words {
            if skips {
                skips = false
            } else if options.contains(word) {
                skips = true
            } else if !options.contains(where: { word.hasPrefix($0 + "=") }) {
                rest.append(word)
            }
        }
        return rest
    }
}

/// A command that scripts for a cluster can be written for.
protocol ClusterCommandable: ParsableCommand {
    /// - Parameters:
    ///   - words: of the command, as they were typed.
    ///   - parts: that were asked for; nil where none were.
    func clusterWork(_ words: [String], parts: Int?) throws -> ClusterWork
}

enum ClusterError: Error, Equatable, CustomStringConvertible {
    case otherCommand(String)
    case setByScripts(option: String)
    case oneProgram
    case nothingToSize(caseName: String)
    case idleParts(asked: Int, pieces: Int, piece: String)

    var description: String {
        switch self {
        case .otherCommand(let name):
            "scripts are written for compare, sweep and size, not for '\(name)'. Write: stackelberg cluster compare SUITE … --kind slurm."
        case .setByScripts(let option): "the scripts say \(option) themselves. Take it out."
        case .oneProgram:
            "--exact is one program, which has no parts. Take --parts out, or search with seeds: --algorithm lshade."
        case .nothingToSize(let name):
            "\(name) has no size to decide, so that there is nothing to search for. Size it with `size`."
        case .idleParts(let asked, let pieces, let piece):
            "--parts \(asked): there are \(pieces) \(piece), so that some parts would have nothing to do. Write \(pieces) at most."
        }
    }
}
