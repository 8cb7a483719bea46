import ArgumentParser
import CaseFiles
import Disk
import Foundation
import ResultFiles
import Studies

struct ResumeCommand: RankedCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Continues a study, a dispatch, a certificate or a negotiation that was stopped or killed.",
        discussion: """
            Example: stackelberg resume results/my-park-ga-s1

            The folder contains everything needed, including the case as it was read. Missing files of a finished \
            study are written again. Stored results are not computed again; the result is the same to the byte as \
            without the stop, the seconds of a certificate aside. The time of a certificate counts those spent before.
            Exit codes: those of the command that began it; 75 another process works on it or a party does not answer, 130 and 143 stopped again.
            """)

    @Argument(help: "Folder of what was begun.", completion: .directory)
    var folder: String
    @OptionGroup var printing: PrintOptions

    /// A result that nothing is left to do of, and that is no study's.
    private var holdsOtherResult: Bool {
        let content = Folder.content(of: URL(fileURLWithPath: folder))
        return content.contains(Manifest.file) && !content.contains(StudyStore.fileName)
    }

    func run() throws {
        try reporting {
            if let journal = try CooperationJournal(in: URL(fileURLWithPath: folder)) {
                try CooperationRun(journal.card.source(), journal.card.question, printing).run(
                    in: journal.folder, journal: journal, startedAt: journal.card.startedAt)
                return
            }
            if let journal = try DispatchJournal(in: URL(fileURLWithPath: folder)) {
                _ = try journal.card.question.solver?.locate()
                try DispatchRun.run(
                    journal.card.source(), journal.card.question, in: journal.folder, journal: journal,
                    startedAt: journal.card.startedAt, printing: printing)
                return
            }
            if let journal = try CertificateJournal(in: URL(fileURLWithPath: folder)) {
                try CertificateRun(journal.card.source(), journal, printing).run()
                return
            }
            guard !holdsOtherResult else {
                if !printing.quiet { complain("the result in '\(folder)' is done: its tables are there.") }
                return
            }
            let store = try StudyStore(URL(fileURLWithPath: folder))
            let missing = try store.missingFiles
            guard try !store.isFinished || !missing.isEmpty else {
                if !printing.quiet { complain("the study in '\(folder)' is done: its tables are there.") }
                return
            }
            try store.checkVersion(program: StudyRun.program, solver: StudyRun.solver)
            let card = store.card
            let source = try CaseReader.read(
                copies: store.inputs, from: URL(fileURLWithPath: card.caseFolder), variant: card.variant)
            for warning in source.warnings { complain("\(warning)") }
            try StudyRun(source: source, question: StudyRun.Question(source, card), store: store, printing: printing)
                .run()
        }
    }
}
