import CaseFiles
import Disk
import Foundation
import ResultFiles

extension Manifest {
    /// What every run on a case tells.
    ///
    /// - Parameter seconds: wall-clock, of all phases.
    init(of result: some RunResult, startedAt: Date, seconds: Double) {
        let source = result.source
        self.init()
        caseName = source.name
        caseFolder = source.folder.standardizedFileURL.path
        title = source.title
        currency = source.currency
        variant = source.variant
        leader = source.operatorName
        stepHours = source.system.time.hours
        inputs = source.inputs.map {
            Input(file: $0.path, bytes: $0.content.count, sha256: Checksum.sha256($0.content))
        }
        verdicts = result.verdicts
        self.startedAt = startedAt.formatted(.iso8601)
        self.seconds = seconds
    }
}
