import Disk
import Energy
import EnergyGames
import Foundation

/// Reads a case from its folder: `case.yaml` and the tables that it names.
public enum CaseReader {
    public static let fileName = "case.yaml"

    /// - Parameters:
    ///   - url: the folder of a case, or its YAML file.
    ///   - variant: name of one of the case's variants.
    ///   - numbers: laid over those of the case and its variant.
    ///   - scenarios: which scenarios of a typical day make days.
    ///   - components: the types of devices and flexible demands that the case may name.
    /// - Throws: ``CaseFileError`` with everything that is wrong, in file order.
    public static func read(
        _ url: URL, variant: String? = nil, numbers: [CaseNumber] = [], scenarios: ScenarioChoice = .kept,
        components: ComponentCatalogue = .standard
    ) throws(CaseFileError) -> Case {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        let file = exists && isFolder.boolValue ? url.appendingPathComponent(fileName) : url
        let folder = CaseFolder(file.deletingLastPathComponent())
        return try read(
            file, in: folder, variant: variant, numbers: numbers, scenarios: scenarios,
            components: components)
    }

    /// Reads a case again as it once was.
    ///
    /// - Parameters:
    ///   - copies: the ``Case/inputs`` of that time.
    ///   - folder: where they stood.
    ///   - components: the types of devices and flexible demands that the case may name.
    public static func read(
        copies: [FileCopy], from folder: URL, variant: String? = nil, numbers: [CaseNumber] = [],
        scenarios: ScenarioChoice = .kept, components: ComponentCatalogue = .standard
    ) throws(CaseFileError) -> Case {
        try read(
            folder.appendingPathComponent(copies.first?.path ?? fileName), in: CaseFolder(copies: copies, of: folder),
            variant: variant, numbers: numbers, scenarios: scenarios, components: components)
    }

    private static func read(
        _ file: URL, in folder: CaseFolder, variant: String?, numbers: [CaseNumber], scenarios: ScenarioChoice,
        components: ComponentCatalogue
    ) throws(CaseFileError) -> Case {
        let log = DiagnosticLog()
        log.register(file: file.lastPathComponent)
        let assembly = CaseAssembly(file: file, folder: folder, log: log, components: components)
        if let result = assembly.read(variant: variant, numbers: numbers, scenarios: scenarios) {
            return result
        }
        throw CaseFileError(diagnostics: log.inFileOrder)
    }
}

/// One reading of one case, section by section.
private struct CaseAssembly {
    let file: URL
    let folder: CaseFolder
    let log: DiagnosticLog
    let context: CaseContext
    private var name: String { file.lastPathComponent }
    private var reader: AttributeReader { AttributeReader(context: context) }

    init(file: URL, folder: CaseFolder, log: DiagnosticLog, components: ComponentCatalogue) {
        self.file = file
        self.folder = folder
        self.log = log
        let tables = TableStore(folder: folder, log: log)
        context = CaseContext(log: log, tables: tables, components: components)
    }

    func read(variant: String?, numbers: [CaseNumber], scenarios: ScenarioChoice) -> Case? {
        guard let copy = folder.read(name, limit: YamlReader.largestFile, log: log),
            let text = TextFile.decode(copy.content, file: name, log: log),
            let document = YamlReader(file: name, log: log).read(text)
        else { return nil }
        guard document.entries != nil else {
            log.error(document.location, "a case is a map of sections, but this is \(document.shown).")
            return nil
        }
        let (chosen, variants) = applyVariant(variant, to: document)
        let overlay = NumberOverlay(log: log)
        var varied = chosen
        let written = numbers.map { overlay.apply($0, to: &varied) }
        let root = varied.entries ?? []
        let whole = readWhole(root)
        if let entry = root["scenarios"] {
            ScenarioReader(context: context).readSection(entry, hasDays: context.hasDays)
        }
        let (days, drawn) = readDays(varied, scenarios: scenarios)
        let settings = SettingsReader(context: context)
        let end = SourceLocation(file: name, line: Int.max)
        let game = settings.readGame(root, end: end)
        let optimiser = settings.readOptimiser(root, end: end)
        let economics = settings.readEconomics(root, end: end)
        let indices = root["indices"].map {
            IndexReader(context: context).read($0, of: log.hasErrors ? nil : whole.system)
        }
        context.tables.checkUnused(besides: Set(days.flatMap(\.context.tables.used)))
        guard !log.hasErrors else { return nil }
        let files = [copy] + context.tables.files + days.flatMap(\.context.tables.files)
        return Case(
            name: whole.name, title: whole.title, folder: file.deletingLastPathComponent(),
            currency: context.units.currency, units: CaseUnits(context.units), startLabel: whole.start,
            timezone: whole.timezone, system: whole.system,
            operatorName: OperatorReader.name, followers: whole.everybody.followers,
            prices: whole.everybody.prices.posted, billRise: whole.everybody.prices.billRise,
            operators: whole.everybody.operators,
            coalition: whole.everybody.coalition, sizes: context.decidedSizes,
            days: days.map { TypicalDay(name: $0.name, weight: $0.weight, system: $0.system) }, scenarios: drawn,
            economics: economics, indices: indices ?? [],
            game: game, optimiser: optimiser, variants: variants, variant: variant, numbers: written,
            components: context.components, inputs: Self.once(files),
            listing: context.listing, warnings: log.inFileOrder)
    }

    /// Files in the order in which they were first read.
    private static func once(_ files: [FileCopy]) -> [FileCopy] {
        var paths: Set<String> = []
        return files.filter { paths.insert($0.path).inserted }
    }

    /// A case without its variants, days and settings.
    private struct Whole {
        let name: String
        let title: String
        let start: String
        let timezone: String
        let system: EnergySystem
        let everybody: PartiesReader.Reading
    }

    private func readWhole(_ root: [YamlEntry]) -> Whole {
        context.hasDays = root["days"] != nil
        checkSections(root)
        let head = HeadReader(context: context)
        let (caseName, title) = head.readCase(root)
        head.readUnits(root)
        let (start, timezone) = head.readTime(root)
        TableReader(context: context).read(root)
        let carriers = head.readCarriers(root)
        let everybody = PartiesReader(context: context, carriers: carriers, file: name).read(root)
        return Whole(
            name: caseName, title: title, start: start, timezone: timezone,
            system: EnergySystem(
                time: context.time, carriers: carriers, parties: everybody.parties, trades: everybody.trades,
                charges: everybody.charges, choices: everybody.choices),
            everybody: everybody)
    }

    // MARK: Typical days

    private func readDays(
        _ document: YamlNode, scenarios: ScenarioChoice
    ) -> (days: [DayReader.Day], scenarios: [DayScenarios]) {
        guard let entry = document.entries?["days"] else { return ([], []) }
        let reader = DayReader(context: context, scenarios: scenarios)
        return reader.read(entry, of: document) { root, log, columns in
            let day = CaseAssembly(file: file, folder: folder, log: log, components: context.components)
            day.context.columns = columns
            return (day.readWhole(root).system, day.context)
        }
    }

    private func checkSections(_ root: [YamlEntry]) {
        let section = CaseSchema.root
        for entry in root where !section.partNames.contains(entry.key) {
            log.error(entry.location, entry.key, Sentence.unknownKey(entry.key, among: section.partNames))
        }
        for part in section.parts
        where ["case", "time", "carriers", "operator"].contains(part.name) && root[part.name] == nil {
            if part.name == "operator", root["parties"] != nil { continue }
            log.error(SourceLocation(file: name), Sentence.missing(part.name, part.meaning))
        }
    }

    // MARK: Variants

    /// - Returns: the document with the named variant laid over it, and the names of all variants.
    private func applyVariant(_ variant: String?, to document: YamlNode) -> (YamlNode, [String]) {
        let entries = document.entries ?? []
        let root = YamlNode(location: document.location, content: .map(entries.filter { $0.key != "variants" }))
        let section = entries["variants"]
        let variants = section.flatMap { reader.map($0.node, path: "variants") } ?? []
        let names = variants.map(\.key)
        var result = root
        for entry in variants {
            let path = "variants.\(entry.key)"
            guard reader.checkName(entry, path: path), let changes = reader.map(entry.node, path: path) else {
                continue
            }
            // Paths of the others are walked too, so that a variant does not rot unseen.
            let changed = VariantOverlay(kind: .variant, log: log).apply(changes, name: entry.key, to: root)
            if entry.key == variant { result = changed }
        }
        if let variant, !names.contains(variant) {
            log.error(
                section?.location ?? SourceLocation(file: name), "variants",
                names.isEmpty
                    ? "there is no variant '\(variant)', because the case has none."
                    : "there is no variant '\(variant)'."
                        + Sentence.suggestion(for: variant, among: names, called: "Variants"))
        }
        return (result, names)
    }
}
