import Foundation
import Fuzzing
import TestSupport
import Testing

@testable import CaseFiles

/// Damaged files give a case or diagnostics, and never end the process. `swift run -c release fuzz 100000` goes on for
/// longer.
@Suite struct FuzzTests {
    @Test func theSmallCaseIsGood() throws { #expect(try Workshop.complaints(SmallCase.files) == []) }

    /// Every case that is mutated is answered as it is, so that a refusal is due to the mutation.
    @Test func whatIsMutatedIsAnswered() throws {
        try TemporaryFolder.with { folder in
            var trial = Trial(in: folder.appendingPathComponent("case"))
            for original in try FuzzCase.all() {
                let verdict = try trial.run(original)
                #expect(verdict == .answered, "\(original.name)")
            }
        }
    }

    /// Inputs that once crashed, hung or were taken in silence, each within seconds.
    @Test(.timeLimit(.minutes(30))) func theCorpusDoesNoHarm() throws {
        let corpus = try FuzzCase.corpus()
        #expect(!corpus.isEmpty)
        try TemporaryFolder.with { folder in
            var trial = Trial(in: folder.appendingPathComponent("case"))
            for input in corpus { _ = try trial.run(input) }
        }
    }

    @Test(arguments: 0..<8) func mutationsDoNoHarm(batch: Int) throws {
        let run = try FuzzRun(seed: UInt64(batch) + 1_000)
        var verdicts: [Trial.Verdict: Int] = [:]
        try TemporaryFolder.with { folder in
            var trial = Trial(in: folder.appendingPathComponent("case"))
            for number in 0..<100 {
                let input = run.input(number)
                let original = input.mutation.mayChangeNothing ? input.original : nil
                do {
                    verdicts[try trial.run(input.mutation.input, sameAs: original), default: 0] += 1
                } catch {
                    Issue.record("seed \(run.seed), input \(number), \(input.mutation.name): \(error)")
                }
            }
        }
        #expect(verdicts[.refused, default: 0] > 40 && verdicts[.answered, default: 0] > 2, "\(verdicts)")
    }

    /// The same seed and number give the same input, so that a finding can be made again.
    @Test func inputsAreRepeatable() throws {
        let (first, second) = (try FuzzRun(seed: 7), try FuzzRun(seed: 7))
        for number in 0..<200 { #expect(first.input(number).mutation.input == second.input(number).mutation.input) }
        let differing = (0..<200).count { first.input($0).mutation.input.files != first.input($0).original.files }
        #expect(differing > 190)
    }

    /// A harness that finds nothing may be blind: numbers that change in silence are noticed.
    @Test func silenceIsNoticed() throws {
        let original = FuzzCase(name: "small", files: SmallCase.files.mapValues { Data($0.utf8) })
        var changed = original
        changed.files["case.yaml"] = Data((SmallCase.files["case.yaml"] ?? "").replacing("1.2 MW", with: "1.3 MW").utf8)
        #expect(changed != original)
        try TemporaryFolder.with { folder in
            var trial = Trial(in: folder.appendingPathComponent("case"))
            #expect(throws: Trial.Failure.self) { try trial.run(changed, sameAs: original) }
            let verdict = try trial.run(changed)
            #expect(verdict == .answered)
        }
    }
}
