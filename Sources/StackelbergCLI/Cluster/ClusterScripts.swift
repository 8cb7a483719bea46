import ArgumentParser
import Foundation
import ResultFiles

/// The scripts that do work in parts on a cluster: one for a part, one that merges, and one that submits both.
///
/// Each path in them is whole, or is meant from the folder in which the command was typed, and stands in quotes. What
/// is killed goes on when it is started again; so a part may be queued again, and all may be submitted again.
struct ClusterScripts {
    /// A scheduler of jobs, or none.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case slurm, lsf, pbs, bash

        /// What submits a job.
        var submits: String { [.slurm: "sbatch", .lsf: "bsub", .pbs: "qsub"][self] ?? "bash" }
    }

    let kind: Kind
    let work: ClusterWork
    let parts: Int
    /// That a part may take.
    let hours: Double
    /// Of the scripts, the parts and the logs; whole.
    let folder: String
    /// Whole.
    let program: String

    static let arrayFile = "array.sh"
    static let mergeFile = "merge.sh"
    static let submitFile = "submit.sh"

    var files: [(file: String, text: String)] {
        [(Self.arrayFile, array), (Self.mergeFile, merge), (Self.submitFile, submit)]
    }

    // MARK: A part

    private var array: String {
        let part =
            switch kind {
            case .slurm: "part=${SLURM_ARRAY_TASK_ID:?submit this with sbatch}"
            case .lsf: "part=${LSB_JOBINDEX:?submit this with bsub}"
            case .pbs: "part=${PBS_ARRAY_INDEX:?submit this with qsub}"
            case .bash: "part=${1:?say which part, from 1 to \(parts)}"
            }
        let work = "one of \(parts) parts of \(work.command), \(work.pieces) \(work.piece) in all"
        return head("\(work); started again, it goes on where it was.", arrayDirectives) + """
            \(part)
            \(cd)
            folders=\(ShellText.quoted(folder))
            \(isRequeuing ? requeuing(partCommand) : partCommand)

            """
    }

    private var partCommand: String {
        let folder = #""$folders/part-$part""#
        let options = "--workers \(work.workers) --quiet --output \(folder)"
        guard work.merging == .listing else {
            return command("--part \"$part/\(parts)\" \(options)")
        }
        let begins = command(
            work.firstSeed.map { "--seed $((\($0) + part - 1)) \(options)" } ?? options)
        // A study that was begun has its file; without one nothing was done yet.
        return """
            if [ -e "$folders/part-$part/study.sqlite" ]; then
              \(ShellText.quoted(program)) resume --quiet \(folder)
            else
              \(begins)
            fi
            """
    }

    /// Slurm ends a job at the end of its wall time and does not queue it again; so the job asks for it before, unless
    /// it has done nothing that was stored, and would not the next time.
    private func requeuing(_ command: String) -> String {
        """
        work() {
        \(command)
        }
        bytes() { du -sb "$folders/part-$part" 2>/dev/null | cut -f1; }
        before=$(bytes)
        again() {
          if [ "$(bytes)" != "$before" ]; then
            scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
          else
            echo "The wall time ends and nothing was finished within it. Allow more hours: change --time in array.sh." >&2
          fi
        }
        trap again USR1
        work &
        wait "$!"
        code=$?
        # A signal ends the wait, and not the work.
        while kill -0 "$!" 2>/dev/null; do
          wait "$!"
          code=$?
        done
        exit "$code"
        """
    }

    private var isRequeuing: Bool { kind == .slurm }

    // MARK: Merging

    private var merge: String {
        let work =
            switch work.merging {
            case .into(let output):
                "folders=\(ShellText.quoted(folder))\n"
                    + command(
                        "--merge \"$folders\"/part-{1..\(parts)} --workers 1 --output \(ShellText.quoted(output))")
            case .listing: "\(ShellText.quoted(program)) list \(ShellText.quoted(folder))"
            }
        return head("puts the parts together, and says which of them are not done.", mergeDirectives) + """
            \(cd)
            \(work)

            """
    }

    // MARK: Submitting

    private var submit: String {
        let about: String
        let body: String
        switch kind {
        case .bash:
            about = "does all parts, one after the other, and puts them together."
            body = """
                for part in {1..\(parts)}; do
                  bash \(Self.arrayFile) "$part" >>"part-$part.log" 2>&1 || echo "part $part ended with code $?: see part-$part.log" >&2
                done
                set -o pipefail
                bash \(Self.mergeFile) 2>&1 | tee merge.log
                """
        case .slurm:
            about =
                "submits the parts, and what puts them together. Options of sbatch may follow, such as --account=NAME."
            body = """
                array=$(sbatch --parsable "$@" \(Self.arrayFile))
                merge=$(sbatch --parsable --dependency="afterany:${array%%;*}" "$@" \(Self.mergeFile))
                echo "array $array, then $merge"
                """
        case .lsf:
            about = "submits the parts, and what puts them together. Options of bsub may follow, such as -P NAME."
            body = """
                number() { sed -n 's/^Job <\\([0-9]*\\)>.*/\\1/p'; }
                array=$(bsub "$@" <\(Self.arrayFile) | number)
                merge=$(bsub -w "ended($array)" "$@" <\(Self.mergeFile) | number)
                echo "array $array, then $merge"
                """
        case .pbs:
            about = "submits the parts, and what puts them together. Options of qsub may follow, such as -A NAME."
            body = """
                array=$(qsub "$@" \(Self.arrayFile))
                merge=$(qsub -W "depend=afterany:$array" "$@" \(Self.mergeFile))
                echo "array $array, then $merge"
                """
        }
        // Names of logs are meant from here.
        return head(about, []) + """
            set -e
            cd -- \(ShellText.quoted(folder))
            \(body)

            """
    }

    // MARK: What they share

    /// The command with options of the scripts, which come before the words that were typed.
    private func command(_ options: String) -> String {
        "\(ShellText.quoted(program)) \(work.command) \(options) \(ShellText.quoted(work.words))"
    }

    private var cd: String { "cd -- \(ShellText.quoted(work.workingFolder)) || exit \(ExitCodes.badInput)" }

    private func head(_ about: String, _ directives: [String]) -> String {
        (["#!/bin/bash"] + directives + ["# Written by stackelberg \(Version.number): \(about)", "set -u"])
            .joined(separator: "\n") + "\n"
    }

    /// Hours and minutes, for wall times.
    private func clock(_ hours: Double, seconds: Bool) -> String {
        let minutes = max(1, Int((hours * 60).rounded(.up)))
        return String(format: "%d:%02d", minutes / 60, minutes % 60) + (seconds ? ":00" : "")
    }

    private var arrayDirectives: [String] {
        switch kind {
        case .bash: []
        case .slurm:
            [
                "#SBATCH --job-name=stackelberg", "#SBATCH --array=1-\(parts)", "#SBATCH --ntasks=1",
                "#SBATCH --cpus-per-task=\(work.workers)", "#SBATCH --time=\(clock(hours, seconds: true))",
                "#SBATCH --signal=B:USR1@60", "#SBATCH --requeue", "#SBATCH --open-mode=append",
                "#SBATCH --output=part-%a.log",
            ]
        case .lsf:
            // 140: ended at its wall time.
            [
                "#BSUB -J \"stackelberg[1-\(parts)]\"", "#BSUB -n \(work.workers)", "#BSUB -R \"span[hosts=1]\"",
                "#BSUB -W \(clock(hours, seconds: false))", "#BSUB -r", "#BSUB -Q \"140\"", "#BSUB -o part-%I.log",
            ]
        case .pbs:
            // An array of one is written as every second of two.
            [
                "#PBS -N stackelberg", "#PBS -J \(parts == 1 ? "1-2:2" : "1-\(parts)")",
                "#PBS -l select=1:ncpus=\(work.workers)", "#PBS -l walltime=\(clock(hours, seconds: true))",
                "#PBS -r y",
                "#PBS -j oe", "#PBS -o part-^array_index^.log",
            ]
        }
    }

    private static let mergeHours = 1.0

    private var mergeDirectives: [String] {
        let time = clock(Self.mergeHours, seconds: kind != .lsf)
        return switch kind {
        case .bash: []
        case .slurm:
            [
                "#SBATCH --job-name=stackelberg-merge", "#SBATCH --ntasks=1", "#SBATCH --time=\(time)",
                "#SBATCH --requeue", "#SBATCH --open-mode=append", "#SBATCH --output=merge.log",
            ]
        case .lsf: ["#BSUB -J stackelberg-merge", "#BSUB -n 1", "#BSUB -W \(time)", "#BSUB -r", "#BSUB -o merge.log"]
        case .pbs:
            [
                "#PBS -N stackelberg-merge", "#PBS -l select=1:ncpus=1", "#PBS -l walltime=\(time)", "#PBS -r y",
                "#PBS -j oe", "#PBS -o merge.log",
            ]
        }
    }
}
