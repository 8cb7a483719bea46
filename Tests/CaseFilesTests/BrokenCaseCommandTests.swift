import ArgumentParser
import Foundation
import StackelbergCLI
import Testing

@testable import CaseFiles

/// The same broken cases through the command line: each ends with the exit code for wrong input.
@Suite struct BrokenCaseCommandTests {
    @Test(arguments: BrokenCase.all) func endsWithTheCodeForWrongInput(broken: BrokenCase) throws {
        let files = try #require(broken.files).mapValues { $0 }
        try Workshop.withFolder(Dictionary(uniqueKeysWithValues: files.map { ($0.key, Self.data($0.value)) })) {
            folder in
            var arguments = ["check", folder.path]
            if let variant = broken.variant { arguments += ["--variant", variant] }
            #expect(Self.exitCode(arguments) == 65)
        }
    }

    static func data(_ content: Any) -> Data { (content as? Data) ?? Data(((content as? String) ?? "").utf8) }

    static func exitCode(_ arguments: [String]) -> Int32 {
        do {
            var command = try Stackelberg.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            return Stackelberg.exitCode(for: error).rawValue
        }
    }
}
