import Foundation
import Testing

/// The modules as CONTRIBUTING.md shows them, as Package.swift declares them, and as the sources use them are the same.
///
/// An import that is not in CONTRIBUTING's list is a change of the design: it wants a reason, and a line there.
@Suite struct HouseTests {
    @Test func sourcesImportWhatThePackageDeclares() throws {
        let declared = try House.declared()
        let imported = try House.imported()
        #expect(Set(imported.keys) == Set(declared.keys), "folders of Sources against targets of Package.swift")
        for (module, names) in imported.sorted(by: { $0.key < $1.key }) {
            let known = declared[module, default: []]
            #expect(names.subtracting(known).isEmpty, "\(module) imports what Package.swift does not declare for it")
            #expect(known.subtracting(names).isEmpty, "\(module) declares what none of its files imports")
        }
    }

    @Test func thePackageHasTheArrowsOfThePicture() throws {
        let declared = try House.declared()
        let drawn = try House.drawn()
        #expect(drawn.map(\.module).count == Set(drawn.map(\.module)).count, "a module is drawn twice")
        #expect(Set(drawn.map(\.module)) == Set(declared.keys), "modules of CONTRIBUTING.md against Package.swift")
        for (module, arrows) in drawn {
            let own = declared[module, default: []].intersection(declared.keys)
            #expect(arrows == own, "\(module): the arrows in CONTRIBUTING.md against Package.swift")
        }
    }

    /// A module stands below all that it imports, so that there is no circle.
    @Test func arrowsPointUpwards() throws {
        var above: Set<String> = []
        for (module, arrows) in try House.drawn() {
            #expect(arrows.subtracting(above).isEmpty, "\(module) imports a module that is drawn below it")
            above.insert(module)
        }
    }

    @Test func filesAndFoldersHaveASizeThatCanBeRead() throws {
        var folders: [String: Int] = [:]
        for file in try House.files() {
            folders[file.deletingLastPathComponent().path, default: 0] += 1
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 401, "\(file.lastPathComponent) has more than 400 lines")
            // A literal cannot be broken everywhere.
            var isLiteral = false
            let long = lines.indices.filter { k in
                if !lines[k].matches(of: /"""/).count.isMultiple(of: 2) { isLiteral.toggle() }
                return lines[k].count > 120 && !isLiteral && !lines[k].contains("\"")
            }
            #expect(long.isEmpty, "\(file.lastPathComponent) has lines longer than 120 columns: \(long.map { $0 + 1 })")
        }
        for (folder, count) in folders { #expect(count <= 18, "\(folder) holds more than 18 files") }
    }

    /// The checks above can fail: what they compare is there.
    @Test func thereIsSomethingToCompare() throws {
        #expect(try House.declared()["Games"]?.contains("LinearModels") == true)
        #expect(try House.declared()["Games"]?.contains("Energy") == false)
        #expect(try House.imported()["CaseFiles"]?.contains("Yams") == true)
        #expect(try House.drawn().count > 10)
        #expect(
            House.imports(of: "import A\n@testable import B\nimport struct C.D\nlet x = \"import E\"") == [
                "A", "B", "C",
            ])
    }
}

/// What the files of the repository say about its modules.
enum House {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Modules that come with Swift and are declared nowhere.
    private static let system: Set<String> = ["Foundation", "Glibc", "Darwin", "Musl", "Synchronization", "Dispatch"]

    /// Swift files of Sources.
    static func files() throws -> [URL] {
        let sources = root.appendingPathComponent("Sources")
        let found = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        return (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    }

    /// The modules that a file imports.
    static func imports(of text: String) -> Set<String> {
        let line = /^\s*(?:@\w+ )?(?:package |public )?import (?:struct |class |enum |protocol |func )?(\w+)/
        return Set(text.split(separator: "\n").compactMap { $0.prefixMatch(of: line).map { String($0.1) } })
    }

    /// By module of Sources.
    static func imported() throws -> [String: Set<String>] {
        let sources = root.appendingPathComponent("Sources").pathComponents.count
        return try files().reduce(into: [:]) { modules, file in
            let names = imports(of: try String(contentsOf: file, encoding: .utf8)).subtracting(system)
            modules[file.pathComponents[sources], default: []].formUnion(names)
        }
    }

    /// By target of Package.swift whose files are in Sources: its dependencies, as their modules are called.
    static func declared() throws -> [String: Set<String>] {
        let text = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
        let target = /\.(?:target|executableTarget)\(\s*name: "(\w+)"(?:,\s*dependencies: \[((?:[^\[\]])*)\])?([^\n]*)/
        let product = /\.product\(name: "(\w+)", package: "[^"]*"\)/
        return text.matches(of: target).reduce(into: [:]) { modules, match in
            guard !match.3.contains("path:") else { return }
            var list = String(match.2 ?? "")
            list = list.replacing(product) { "\"\($0.1)\"" }
            modules[String(match.1)] = Set(list.matches(of: /"(\w+)"/).map { String($0.1) })
        }
    }

    /// The list of CONTRIBUTING.md, `Module ▶ Module, Module`, from low to high.
    static func drawn() throws -> [(module: String, arrows: Set<String>)] {
        let text = try String(contentsOf: root.appendingPathComponent("CONTRIBUTING.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            line.wholeMatch(of: /(\w+) +▶ ?(.*)/).map { match in
                (String(match.1), Set(match.2.matches(of: /\w+/).map { String($0.0) }))
            }
        }
    }
}
