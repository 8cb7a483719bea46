import ArgumentParser
import Foundation
import LinearModels
import Studies

/// Answers frames of standard input on standard output until one of them ends; see `Serve.md` for the protocol.
struct EvaluationServer {
    let problem: ServedProblem
    let workers: Int
    let stop: StopRequest

    private let output = StandardStream.output

    init(_ problem: ServedProblem, workers: Int, stop: StopRequest) {
        (self.problem, self.workers, self.stop) = (problem, workers, stop)
    }

    /// - Throws: `ExitCode` where what came was no frame; `Interrupted`, `StudyStopped`; whatever evaluators throw when
    /// they are made.
    func run() throws {
        let answers = try ServedAnswers(problem, workers: workers, stop: stop)
        try write(Array((lineOfJSON(ServeGreeting(problem, workers: workers)) + "\n").utf8))
        let frames = FrameReader(file: STDIN_FILENO)
        var number = 0
        while output.isOpen {
            defer { number += 1 }
            do {
                guard let frame = try frames.next() else { return }
                let answer = try reply(to: frame, answers)
                try write(answer.bytes)
                if answer.kind == ServeRequest.goodbye.rawValue { return }
            } catch let refusal as ServeRefusal {
                try write(refusal.frame(request: number).bytes)
            } catch let problem as FrameReader.Problem {
                let refusal = ServeRefusal(problem)
                try write(refusal.frame(request: number).bytes)
                if refusal.code == .tooLong { continue }
                complain(refusal.message)
                throw ExitCode(ExitCodes.badInput)
            } catch is NobodyListens {
                return
            }
        }
    }

    private func write(_ bytes: [UInt8]) throws { try output.write(bytes, unless: Interruption.check) }

    private func reply(to frame: Frame, _ answers: ServedAnswers) throws -> Frame {
        guard let request = ServeRequest(rawValue: frame.kind) else {
            let known = ServeRequest.allCases.map { "\($0.rawValue) (\($0.name))" }.joined(separator: ", ")
            throw ServeRefusal(.unknownRequest, "there is no request \(frame.kind). Send one of \(known).")
        }
        if request == .goodbye { return Frame(kind: frame.kind) }
        guard let numbers = frame.numbers else {
            throw ServeRefusal(
                .badLength,
                "\(frame.content.count) bytes were sent, which is no whole number of float64 numbers. Send 8 bytes each."
            )
        }
        if request == .why {
            do {
                return Frame(kind: frame.kind, content: Array(try answers.why(numbers).utf8))
            } catch let error where !(error is ServeRefusal || error is StudyStopped || error is Interrupted) {
                throw ServeRefusal(.unanswered, "the solver gave up: \(error) Try a decision nearby.")
            }
        }
        return Frame(
            kind: frame.kind, try answers.answer(request, numbers, isWanted: { [output] in output.hasReader }))
    }
}
