import CaseFiles
import Disk
import Foundation
import LinearModels
import ResultFiles
import Studies

/// The points of a sweep on disk, each as it is done: the same command goes on where a killed one was, and ends with
/// the same bytes.
///
/// It stands in the sweep's folder beside a card that says what sweep it is, and goes when the result is written.
package final class SweepJournal {
    /// What points must share to stand in one table.
    package struct Card: Codable, Equatable, Sendable {
        let caseName: String
        let variant: String?
        /// Of the case's files.
        let checksum: String
        let over: [String]
        /// Of the searches; the number of workers changes nothing, and counts as 1.
        let settings: StudySettings?
        let exactSeconds: Double?
        /// nil for the whole.
        var part: WorkPart?
        var program = "stackelberg \(Version.number)"
        var solver = "GLPK \(SolverSession.solverVersion)"

        package init(
            _ source: Case, over axes: [SweepAxis], settings: StudySettings?, exactSeconds: Double?,
            part: WorkPart? = nil
        ) {
            self.part = part
            caseName = source.name
            variant = source.variant
            let sums = source.inputs.map { "\($0.path) \(Checksum.sha256($0.content))\n" }
            checksum = Checksum.sha256(Data(sums.joined().utf8))
            over = axes.map(\.text)
            var settings = settings
            settings?.workers = 1
            self.settings = settings
            self.exactSeconds = exactSeconds
        }
    }

    struct StoredPoint: Codable {
        let number: Int
        let quantities: [SweepResult.Quantity]
        let failure: String
        let verdicts: [Verdict]
        /// Wall-clock.
        let seconds: Double?
    }

    package let folder: ResultFolder
    /// By number, from 0 on.
    private(set) var stored: [Int: StoredPoint] = [:]
    /// Wall-clock seconds of all points, by whatever process.
    package var seconds: Double { stored.values.reduce(0) { $0 + ($1.seconds ?? 0) } }

    static let cardFile = "sweep.json"
    static let pointsFile = "points.jsonl"

    /// Opens the folder that the user named, to go on there or to begin.
    ///
    /// - Parameter reads: whether it is read alone; then the folder is there, and need not be one that can be written.
    package init(at path: String, _ card: Card, reads: Bool = false) throws {
        let url = URL(fileURLWithPath: path)
        if !reads { try Folder.make(url) }
        folder = ResultFolder(url: url, lock: try FolderLock(url, reads: reads))
        guard try !goesOn(card) else { return }
        if try folder.lock.folder.read(Self.cardFile) != nil { throw SweepJournalError.other(path: path) }
        try ResultFolder.checkEmpty(url, path: path)
        try begin(card)
    }

    /// Opens the first of `parent/name`, `parent/name-2`, … that holds this sweep unfinished, or is free.
    package init(in parent: String, name: String, _ card: Card) throws {
        var candidates = ResultFolder.candidates(in: parent, name: name).makeIterator()
        var found: ResultFolder?
        while found == nil, let url = candidates.next() {
            // A folder that is in use is another's, whatever it holds.
            guard try Folder.makeNew(url) || Self.holds(card, url), let lock = try? FolderLock(url) else { continue }
            found = ResultFolder(url: url, lock: lock)
        }
        folder = try found ?? ResultFolder(in: parent, name: name)
        if try !goesOn(card) { try begin(card) }
    }

    private static func holds(_ card: Card, _ url: URL) throws -> Bool {
        guard let data = try OpenFolder(url).read(cardFile) else { return false }
        return (try? JSONDecoder().decode(Card.self, from: data)) == card
    }

    private func begin(_ card: Card) throws { try folder.lock.folder.write(JSONLines.line(card), to: Self.cardFile) }

    /// Reads the points of a sweep that was begun here.
    private func goesOn(_ card: Card) throws -> Bool {
        guard let data = try folder.lock.folder.read(Self.cardFile),
            (try? JSONDecoder().decode(Card.self, from: data)) == card
        else { return false }
        do {
            let (folder, repairs) = (folder.lock.folder, !folder.lock.isReadOnly)
            for point in try JSONLines.read(Self.pointsFile, in: folder, repairs: repairs) as [StoredPoint] {
                stored[point.number] = point
            }
        } catch let damage as JSONLines.Damage {
            let path = folder.url.appendingPathComponent(Self.pointsFile).relativePath
            throw SweepJournalError.damaged(path: path, line: damage.line)
        }
        return true
    }

    /// A point that is done already.
    ///
    /// - Parameter number: in the grid, from 0 on.
    package func point(_ number: Int, at values: [SweepAxis.Value]) -> SweepResult.Point? {
        stored[number].map {
            SweepResult.Point(values, quantities: $0.quantities, failure: $0.failure, verdicts: $0.verdicts)
        }
    }

    package func add(_ point: SweepResult.Point, number: Int, seconds: Double) throws {
        try folder.lock.check()
        let stored = StoredPoint(
            number: number, quantities: point.quantities, failure: point.failure, verdicts: point.verdicts,
            seconds: seconds)
        try folder.lock.folder.append(JSONLines.line(stored), to: Self.pointsFile)
        self.stored[number] = stored
    }

    /// Takes over points that were solved elsewhere, in the place of those it has.
    func take(_ points: [Int: StoredPoint]) throws {
        stored.merge(points) { _, solved in solved }
        try folder.lock.check()
        let lines = try stored.values.sorted { $0.number < $1.number }.map(JSONLines.line)
        try folder.lock.folder.write(Data(lines.joined()), to: Self.pointsFile)
    }

    /// Takes the journal away, once the result is written.
    package func finish() throws {
        try folder.lock.check()
        try folder.lock.folder.remove(Self.pointsFile)
        try folder.lock.folder.remove(Self.cardFile)
    }
}

package enum SweepJournalError: Error, Equatable, CustomStringConvertible {
    case other(path: String)
    case damaged(path: String, line: Int)

    package var description: String {
        switch self {
        case .other(let path):
            "the output folder '\(path)' holds another sweep, which is not done: its case, its ranges or its search differ. Go on with the "
                + "command that began it, or name another folder with --output."
        case .damaged(let path, let line):
            "\(path):\(line)  this line is no point of a sweep. Remove the line to have that point solved again."
        }
    }
}
