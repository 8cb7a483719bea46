import CaseFiles
import Energy
import Foundation
import TestSupport

/// A case from the text of its file.
func readCase(_ yaml: String, _ components: ComponentCatalogue = .standard) throws -> Case {
    try TemporaryFolder.with { folder in
        try Data(yaml.utf8).write(to: folder.appendingPathComponent(CaseReader.fileName))
        return try CaseReader.read(folder, components: components)
    }
}
