import Disk
import Foundation
import Studies

/// The points of all parts of a sweep, which were solved apart.
package struct SweepParts {
    private let points: [Int: SweepJournal.StoredPoint]

    /// Reads and checks the folders of the parts.
    ///
    /// - Parameters:
    ///   - paths: in any order.
    ///   - card: of the whole sweep.
    ///   - count: of all points.
    /// - Throws: ``PartsError`` where these are not all parts of this sweep, each once and done;
    ///   ``SweepJournalError`` where one is damaged, `DiskError` where a process works in one.
    package init(_ paths: [String], of card: SweepJournal.Card, count: Int) throws {
        let parts = try paths.map { (path: $0, part: try Self.part(at: $0, of: card)) }
        try WorkPart.check(parts)
        points = try parts.reduce(into: [:]) { points, entry in
            let own = try Self.points(of: entry.part, at: entry.path, card, count: count)
            points.merge(own) { _, solved in solved }
        }
    }

    /// Takes them over into the journal of the whole.
    package func enter(_ journal: SweepJournal) throws { try journal.take(points) }

    /// What part of a sweep a folder holds.
    private static func part(at path: String, of card: SweepJournal.Card) throws -> WorkPart {
        let url = URL(fileURLWithPath: path)
        guard Folder.isThere(url) else { throw PartsError.noPart(path: path, reason: "is no folder") }
        guard let data = try OpenFolder(url).read(SweepJournal.cardFile),
            let found = try? JSONDecoder().decode(SweepJournal.Card.self, from: data)
        else { throw PartsError.noPart(path: path, reason: "holds no part of a sweep") }
        guard let part = found.part else {
            throw PartsError.noPart(path: path, reason: "holds a sweep, but no part of one")
        }
        guard found == card.with(part) else {
            throw PartsError.other(path: path, part: part, difference: found.difference(to: card))
        }
        return part
    }

    private static func points(
        of part: WorkPart, at path: String, _ card: SweepJournal.Card, count: Int
    ) throws -> [Int: SweepJournal.StoredPoint] {
        let points = try SweepJournal(at: path, card.with(part), reads: true).stored
        if let other = points.keys.sorted().first(where: { !(0..<count).contains($0) || !part.holds($0) }) {
            throw PartsError.notItsOwn(path: path, part: part, piece: "point \(other), counted from 0")
        }
        let own = (0..<count).count(where: part.holds)
        guard points.count == own else {
            throw PartsError.unfinished(path: path, part: part, done: "it has \(points.count) of \(own) points")
        }
        return points
    }
}

extension SweepJournal.Card {
    func with(_ part: WorkPart) -> Self {
        var card = self
        card.part = part
        return card
    }

    /// The first difference, in words; parts are not compared.
    func difference(to wanted: Self) -> String {
        func told(_ settings: StudySettings?) -> String {
            guard let settings else { return "none" }
            let size = "\(settings.evaluations) evaluations, population \(settings.population), seed \(settings.seed)"
            let grid = settings.tick.map { ", tick \($0)" } ?? ""
            return "\(settings.algorithm), \(size)\(grid), answer \(settings.answer.rawValue)"
        }
        func told(_ seconds: Double?) -> String { seconds.map { "\($0)" } ?? "none" }
        let pairs: [(String, String, String)] = [
            ("the case", caseName, wanted.caseName), ("the variant", variant ?? "none", wanted.variant ?? "none"),
            ("--over", over.joined(separator: " "), wanted.over.joined(separator: " ")),
            ("the search", told(settings), told(wanted.settings)),
            ("--exact-seconds", told(exactSeconds), told(wanted.exactSeconds)),
            ("the program's version", program, wanted.program), ("the solver's version", solver, wanted.solver),
        ]
        for (what, before, now) in pairs where before != now { return "\(what) was \(before) and is \(now)" }
        return "the case's files have changed since"
    }
}
