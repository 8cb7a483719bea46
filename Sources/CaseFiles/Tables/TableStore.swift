import Disk
import Energy

/// The tables that a case declares, read when first used.
final class TableStore {
    struct Declaration {
        var name: String
        var location: SourceLocation
        var file: String
        var index: String
        var indexLocation: SourceLocation
        /// Hours of a row, if the case gives them.
        var step: Double?
        /// When hour 0 of the index is, if the case says it.
        var start: Written?
        var format = CSVFormat.standard
        var columns: [ColumnName] = []
        var shortStays = ShortStays.refuse
    }

    /// Text of the case with its place.
    struct Written {
        var text: String
        var location: SourceLocation
    }

    private let folder: CaseFolder
    private let log: DiagnosticLog
    private(set) var declarations: [Declaration] = []
    private var byName: [String: Declaration] = [:]
    private var refused: Set<String> = []
    private var texts: [String: CSVText?] = [:]
    private var wide: [String: SeriesTable?] = [:]
    private(set) var used: Set<String> = []
    /// The files that were read, in that order.
    private(set) var files: [FileCopy] = []

    init(folder: CaseFolder, log: DiagnosticLog) {
        self.folder = folder
        self.log = log
    }

    func declare(_ declaration: Declaration) {
        declarations.append(declaration)
        if byName[declaration.name] == nil { byName[declaration.name] = declaration }
        log.register(file: declaration.file)
        warnOfOutside(declaration)
    }

    /// Notes an invalid name under `tables`, so that references to it are not reported again.
    func refuse(_ name: String) { refused.insert(name) }

    func isRefused(_ name: String) -> Bool { refused.contains(name) }

    func known(_ name: String) -> Declaration? { byName[name] }

    /// A study keeps copies of all files that a case reads: a user who shares it should know what it contains.
    private func warnOfOutside(_ declaration: Declaration) {
        guard let path = folder.pathOutside(declaration.file) else { return }
        log.warning(
            declaration.location, "tables.\(declaration.name).file",
            "'\(declaration.file)' lies outside the case's folder, at \(path). A study of this case keeps a copy of it."
        )
    }

    /// A declared table, with the names of columns that the case gives.
    ///
    /// - Parameter units: of the case.
    func text(of declaration: Declaration, units: UnitSystem) -> CSVText? {
        if let known = texts[declaration.name] { return known }
        let read = file(of: declaration).flatMap {
            $0.naming(declaration.columns, file: declaration.file, units: units, log: log)
        }
        texts[declaration.name] = .some(read)
        return read
    }

    /// The file of a declared table.
    private func file(of declaration: Declaration) -> CSVText? {
        used.insert(declaration.name)
        let known = folder.parsed.tables[ParsedTables.Key(file: declaration.file, format: declaration.format)]
        let read = known ?? parse(declaration)
        if let file = read.file, !files.contains(where: { $0.path == file.path }) { files.append(file) }
        return read.text
    }

    private func parse(_ declaration: Declaration) -> ParsedTables.Table {
        var read = ParsedTables.Table()
        if !folder.has(declaration.file) {
            log.error(
                declaration.location, "tables.\(declaration.name).file",
                "there is no file '\(declaration.file)' in the case's folder.")
        } else if let file = folder.read(declaration.file, limit: CSVText.largestFile, log: log),
            let text = TextFile.decode(file.content, file: declaration.file, log: log)
        {
            read.file = file
            read.text = CSVText.parse(text, file: declaration.file, format: declaration.format, log: log)
        }
        folder.parsed.tables[ParsedTables.Key(file: declaration.file, format: declaration.format)] = read
        return read
    }

    func declaration(_ name: String, at location: SourceLocation, path: String) -> Declaration? {
        if let known = byName[name] { return known }
        if refused.contains(name) { return nil }
        let names = declarations.map(\.name)
        log.error(
            location, path,
            names.isEmpty
                ? "there is no table '\(name)', because the case declares none under 'tables'."
                : "there is no table '\(name)'." + Sentence.suggestion(for: name, among: names, called: "Tables"))
        return nil
    }

    /// The table as series on equal steps.
    func seriesTable(_ declaration: Declaration, time: TimeGrid, timeline: Timeline, units: UnitSystem) -> SeriesTable?
    {
        if let known = wide[declaration.name] { return known }
        let table = text(of: declaration, units: units).flatMap { text in
            SeriesTable(declaration, text: text, time: time, timeline: timeline, units: units, log: log)
        }
        wide[declaration.name] = .some(table)
        return table
    }

    /// Warns of tables that nothing refers to, after reading those so that their faults are known too. After errors the
    /// warning would mislead, as the references to the table may not have been read.
    ///
    /// - Parameter others: tables used by parts of the case that were read separately.
    func checkUnused(besides others: Set<String>) {
        let unused = declarations.filter { !used.contains($0.name) && !others.contains($0.name) }
        for declaration in unused { _ = file(of: declaration) }
        guard !log.hasErrors else { return }
        for declaration in unused {
            log.warning(declaration.location, "tables.\(declaration.name)", "is declared, but nothing uses it.")
        }
    }
}
