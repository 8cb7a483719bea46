import Foundation

/// The section `OBJSENSE` of an MPS file, as CPLEX, HiGHS and others write it: `OBJSENSE` and `MAX` on the next line,
/// or both on one.
///
/// GLPK's reader knows no such section. Where a file has one, it is given a copy in which these lines are comments, so
/// that lines keep their numbers.
struct ObjectiveSense {
    let isMaximised: Bool
    /// What GLPK is to read.
    let path: String
    private let isCopy: Bool

    /// - Throws: ``ModelTable/Unreadable`` where the section says neither of both, or comes again.
    init(mps original: String) throws {
        func fail(_ line: Int, _ fact: String) -> ModelTable.Unreadable {
            .init(path: original, reason: "line \(line + 1): \(fact)")
        }
        // Files of other encodings have their own complaints.
        guard let text = try? String(contentsOfFile: original, encoding: .utf8), text.contains(Self.key) else {
            (isMaximised, path, isCopy) = (false, original, false)
            return
        }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        var found: (line: Int, isMaximised: Bool?)?
        for (i, line) in lines.enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace).map { $0.uppercased() }
            guard let first = words.first, !line.hasPrefix("*") else { continue }
            if first == Self.key, line.first?.isWhitespace == false {
                guard found == nil else { throw fail(i, "OBJSENSE comes a second time. Take one out.") }
                found = (i, words.count > 1 ? try Self.sense(words[1]) ?? { throw fail(i, Self.advice) }() : nil)
                lines[i] = "*"
            } else if let section = found, section.isMaximised == nil {
                guard line.first?.isWhitespace == true || words.count == 1, let sense = Self.sense(first) else {
                    throw fail(i, Self.advice)
                }
                found?.isMaximised = sense
                lines[i] = "*"
            }
        }
        guard let found else {
            (isMaximised, path, isCopy) = (false, original, false)
            return
        }
        guard let sense = found.isMaximised else { throw fail(found.line, Self.advice) }
        isMaximised = sense
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).mps")
        do {
            try Data(lines.joined(separator: "\n").utf8).write(to: copy)
        } catch {
            throw ModelTable.Unreadable(path: original, reason: "cannot be copied to \(copy.path) to be read.")
        }
        (path, isCopy) = (copy.path, true)
    }

    func removeCopy() { if isCopy { try? FileManager.default.removeItem(atPath: path) } }

    private static let key = "OBJSENSE"
    private static let advice = "OBJSENSE says neither MIN nor MAX. Write one of them below it."

    private static func sense(_ word: String) -> Bool? {
        switch word {
        case "MAX", "MAXIMIZE", "MAXIMISE": true
        case "MIN", "MINIMIZE", "MINIMISE": false
        default: nil
        }
    }
}
