import ArgumentParser
import Studies

/// Which part of long work is done, or the parts that are merged.
struct PartOptions: ParsableArguments {
    @Option(
        help: """
            I/N: do part I of N alone, in a folder of its own; on another machine too. The same command goes on where \
            it was killed.
            """)
    var part: String?
    @Option(
        parsing: .upToNextOption,
        help: """
            Folders of all parts, each done, with the options with which they were made: the result is that of the \
            whole, to the byte.
            """,
        completion: .directory)
    var merge: [String] = []

    func validate() throws {
        if part != nil, !merge.isEmpty {
            throw ValidationError("--part does a part, and --merge puts all together. Take one of them out.")
        }
    }

    /// nil for the whole.
    var chosen: WorkPart? {
        get throws {
            guard let text = part else { return nil }
            guard let part = WorkPart(text) else {
                throw OptionError(
                    option: "--part", text: text,
                    advice:
                        "write the part and how many there are, such as 1/8 to 8/8, at most \(WorkPart.counts.upperBound)."
                )
            }
            return part
        }
    }
}

extension WorkPart {
    /// For the name of a folder.
    var folderName: String { "part-\(number)-of-\(count)" }
}
