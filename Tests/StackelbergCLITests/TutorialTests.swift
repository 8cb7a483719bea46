import Foundation
import TestSupport
import Testing

/// The tutorial's files are made and its commands run as they stand there, chapter after chapter in one folder.
///
/// Comments in a chapter say what a code block or the text is for: `file PATH` makes a file, `sections PATH` puts the
/// top-level keys of the block in place of those of a case, `replace PATH OLD NEW` edits a word, `run CODE` runs
/// commands that have to end with that exit code (0 if none is given), and each line below `shows` has to be in what
/// they printed.
@Suite struct TutorialTests {
    static let catalog = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/StackelbergCLI/StackelbergCLI.docc")

    @Test func everyChapterDoesWhatItSays() throws {
        let chapters = try FileManager.default.contentsOfDirectory(at: Self.catalog, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix("Harbour") }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        #expect(chapters.count == 6)
        try TemporaryFolder.with { folder in
            for chapter in chapters {
                let steps = try Self.steps(of: String(contentsOf: chapter, encoding: .utf8))
                #expect(steps.contains { $0.kind == "run" } && steps.contains { $0.kind == "shows" })
                var printed = ""
                for step in steps {
                    printed = try Self.take(step, in: folder, printed, chapter.lastPathComponent)
                }
            }
        }
    }

    struct Step {
        var kind: String
        var words: [String]
        var block: [String]
    }

    /// Each comment with the code block that follows it, if it wants one.
    static func steps(of text: String) throws -> [Step] {
        let lines = text.components(separatedBy: "\n")
        var steps: [Step] = []
        for (number, line) in lines.enumerated() where line.hasPrefix("<!-- ") && line.hasSuffix(" -->") {
            let words = line.dropFirst(5).dropLast(4).split(separator: " ").map(String.init)
            let kind = try #require(words.first)
            var block: [String] = []
            if kind != "replace" {
                try #require(lines[number + 1].hasPrefix("```"), "\(line) wants a code block")
                block = Array(lines[(number + 2)...].prefix { $0 != "```" })
            }
            steps.append(Step(kind: kind, words: Array(words.dropFirst()), block: block))
        }
        return steps
    }

    /// - Returns: what the last commands printed.
    static func take(_ step: Step, in folder: URL, _ printed: String, _ chapter: String) throws -> String {
        func file(_ place: Int) throws -> URL {
            try #require(step.words.count > place)
            return folder.appendingPathComponent(step.words[place])
        }
        switch step.kind {
        case "file":
            let url = try file(0)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try (step.block.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
        case "sections":
            let url = try file(0)
            let old = try String(contentsOf: url, encoding: .utf8)
            try replacing(old, by: step.block).write(to: url, atomically: true, encoding: .utf8)
        case "replace":
            let url = try file(0)
            let old = try String(contentsOf: url, encoding: .utf8)
            try #require(step.words.count == 3 && old.contains(step.words[1]), "\(chapter): \(step.words)")
            try old.replacingOccurrences(of: step.words[1], with: step.words[2])
                .write(to: url, atomically: true, encoding: .utf8)
        case "run":
            var output = ""
            for command in step.block {
                let ending = try ProgramProcess.run(
                    command.split(separator: " ").dropFirst().map(String.init), in: folder)
                let text = ending.output + ending.errors
                #expect(ending.code == step.words.first.flatMap(Int32.init) ?? 0, "\(chapter): \(command)\n\(text)")
                output += text
            }
            return output
        case "shows":
            for line in step.block {
                #expect(printed.contains(line), "\(chapter) shows '\(line)', but this was printed:\n\(printed)")
            }
        default: Issue.record("\(chapter): nobody knows what '\(step.kind)' means")
        }
        return printed
    }

    /// A case with its top-level sections replaced by those of a block, and new ones after them.
    static func replacing(_ text: String, by block: [String]) throws -> String {
        func sections(_ lines: [String]) -> [(key: String, lines: [String])] {
            var found: [(key: String, lines: [String])] = []
            for line in lines {
                if let first = line.first, first.isLetter {
                    found.append((String(line.prefix { $0 != ":" }), [line]))
                } else if !found.isEmpty {
                    found[found.count - 1].lines.append(line)
                }
            }
            return found
        }
        var result = sections(text.components(separatedBy: "\n").filter { !$0.isEmpty })
        let new = sections(block)
        try #require(!new.isEmpty)
        for section in new {
            if let place = result.firstIndex(where: { $0.key == section.key }) {
                result[place] = section
            } else {
                result.append(section)
            }
        }
        return result.flatMap(\.lines).joined(separator: "\n") + "\n"
    }
}
