import ArgumentParser
import CaseFiles
import Foundation

/// The case that a command works on.
struct CaseOptions: ParsableArguments {
    @Argument(help: "Folder of the case, or its case.yaml.", completion: .directory)
    var `case`: String

    @Option(help: "Name of a variant of the case.")
    var variant: String?

    func read() throws -> Case {
        let source = try CaseReader.read(URL(fileURLWithPath: `case`), variant: variant)
        for warning in source.warnings { complain("\(warning)") }
        return source
    }
}
