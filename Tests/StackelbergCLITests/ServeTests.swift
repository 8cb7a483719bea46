import CaseFiles
import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

@testable import StackelbergCLI

/// The evaluation server as another program speaks to it. `Python/tests` has more.
@Suite(.enabled(if: ProgramProcess.isBuilt)) struct ServeTests {
    /// A client: frames to the server, and frames from it.
    final class Client {
        let process = Process()
        private let input = Pipe()
        private let output = Pipe()
        let greeting: [String: Any]

        init(_ arguments: [String]) throws {
            process.executableURL = URL(fileURLWithPath: ProgramProcess.path)
            process.arguments = ["serve"] + arguments
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            var line = Data()
            while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1),
                !byte.isEmpty
            { line += byte }
            greeting = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
        }

        deinit { process.terminate() }

        func send(_ kind: UInt32, _ numbers: [Double]) throws {
            var bytes = Data("STKB".utf8)
            withUnsafeBytes(of: kind.littleEndian) { bytes += $0 }
            withUnsafeBytes(of: UInt64(8 * numbers.count).littleEndian) { bytes += $0 }
            for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 } }
            try input.fileHandleForWriting.write(contentsOf: bytes)
        }

        /// - Returns: nil where the server's output has ended.
        func receive() throws -> (kind: UInt32, content: Data)? {
            guard let head = try read(16) else { return nil }
            #expect(head.prefix(4) == Data("STKB".utf8))
            let kind = UInt32(
                littleEndian: head.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self) })
            let length = UInt64(
                littleEndian: head.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self) })
            return try read(Int(length)).map { (kind, $0) }
        }

        func ask(_ kind: UInt32, _ numbers: [Double]) throws -> [Double] {
            try send(kind, numbers)
            let (answered, content) = try #require(try receive())
            #expect(answered == kind, "\(String(decoding: content, as: UTF8.self))")
            return stride(from: 0, to: content.count, by: 8).map { k in
                Double(
                    bitPattern: UInt64(
                        littleEndian: content.withUnsafeBytes {
                            $0.loadUnaligned(fromByteOffset: k, as: UInt64.self)
                        }))
            }
        }

        func close() throws { try input.fileHandleForWriting.close() }

        private func read(_ count: Int) throws -> Data? {
            var data = Data()
            while data.count < count {
                guard let more = try output.fileHandleForReading.read(upToCount: count - data.count), !more.isEmpty
                else { return nil }
                data += more
            }
            return Data(data)
        }
    }

    private static let park = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/cases/stackelberg-park")

    @Test func twentyDecisionsAreTheEvaluatorsToTheBit() throws {
        let game = try EnergyGame(CaseReader.read(Self.park)).game
        var numbers = SeededNumbers(seed: 20)
        let points = (0..<20).map { _ in
            game.space.project(game.space.decisions.map { numbers.uniform(in: $0.lower...$0.upper) })
        }
        // Each by solvers that have answered nothing else.
        let expected = try points.map { point in
            let evaluation = try Evaluator(game).evaluate(point)
            return [try #require(evaluation.payoff)] + evaluation.followerCosts
        }
        for workers in ["1", "3"] {
            let client = try Client([Self.park.path, "--workers", workers])
            let decisions = client.greeting["decisions"] as? [[String: Any]]
            #expect(decisions?.compactMap { $0["name"] as? String } == game.space.decisions.map(\.name))
            #expect(decisions?.compactMap { $0["lower"] as? Double } == game.space.lower)
            #expect(decisions?.compactMap { $0["upper"] as? Double } == game.space.upper)
            // Prices of at most some CNY/kWh are written with four decimals.
            #expect(decisions?.map { $0["tick"] as? Double } == game.space.decisions.map { _ in 1e-4 })
            let answers = try client.ask(ServeRequest.evaluate.rawValue, points.flatMap(\.self))
            #expect(answers.map(\.bitPattern) == expected.flatMap(\.self).map(\.bitPattern))
            #expect(try client.ask(ServeRequest.nearest.rawValue, points[0]) == game.space.project(points[0]))
            try client.close()
            client.process.waitUntilExit()
            #expect(client.process.terminationStatus == 0)
        }
    }

    /// The interval of a decision is that of the proof of its answer.
    @Test func tiesAreThoseOfTheProof() throws {
        let game = try EnergyGame(CaseReader.read(Self.park)).game
        let client = try Client([Self.park.path])
        for share in [0.25, 0.5, 0.75] {
            let point = game.space.project(game.space.decisions.map { $0.lower + share * ($0.upper - $0.lower) })
            let proof = try ResponseProof(of: Evaluator(game).evaluate(point), in: game)
            let answer = try client.ask(ServeRequest.ties.rawValue, point)
            let proved = [
                proof.payoff, proof.optimisticPayoff, proof.pessimisticPayoff, proof.tiesAreSettled ? 1 : 0,
            ]
            #expect(Array(answer.prefix(4)) == proved)
        }
    }

    @Test func refusalsAreMessagesAndTheServerGoesOn() throws {
        let client = try Client([Self.park.path])
        let middle = try EnergyGame(CaseReader.read(Self.park)).game.space.middle
        let before = try client.ask(1, middle)
        var wrong = middle + middle
        wrong[middle.count + 2] = .nan
        try client.send(1, wrong)
        let (kind, content) = try #require(try client.receive())
        let told = try JSONSerialization.jsonObject(with: content) as? [String: Any]
        #expect(kind == 0 && told?["code"] as? String == "not_finite" && told?["request"] as? Int == 1)
        #expect(told?["row"] as? Int == 1 && told?["column"] as? Int == 2)
        #expect(try client.ask(1, middle) == before)
    }

    @Test func aServerThatIsKilledEndsItsOutputAtOnce() throws {
        let client = try Client([Self.park.path, "--workers", "1"])
        let game = try EnergyGame(CaseReader.read(Self.park)).game
        let row = game.space.middle
        // Rows that differ, so that none is remembered.
        try client.send(2, (0..<20_000).flatMap { k in [row[0] - Double(k) * 1e-9] + row.dropFirst() })
        kill(client.process.processIdentifier, SIGKILL)
        #expect(try client.receive() == nil)
    }

    /// Nobody reads the answer, which no pipe holds as a whole: the server waits, and ends when it is asked to.
    @Test(arguments: [SIGINT, SIGTERM]) func aServerWhoseAnswerNobodyReadsEndsOnRequest(_ signal: Int32) throws {
        let client = try Client([Self.park.path, "--workers", "1"])
        let row = try EnergyGame(CaseReader.read(Self.park)).game.space.middle
        try client.send(ServeRequest.nearest.rawValue, (0..<2000).flatMap { _ in row })
        Thread.sleep(forTimeInterval: 1)
        #expect(client.process.isRunning)
        kill(client.process.processIdentifier, signal)
        for _ in 0..<100 where client.process.isRunning { Thread.sleep(forTimeInterval: 0.1) }
        #expect(!client.process.isRunning)
        guard !client.process.isRunning else {
            _ = kill(client.process.processIdentifier, SIGKILL)
            return
        }
        #expect(client.process.terminationReason == .exit && client.process.terminationStatus == 128 + signal)
    }

    /// What was announced is told, however much that is.
    @Test func whatWasAnnouncedIsTold() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("frame")
            for announced: UInt64 in [8, 1 << 40, .max] {
                var bytes = Data("STKB".utf8)
                withUnsafeBytes(of: UInt32(1).littleEndian) { bytes += $0 }
                withUnsafeBytes(of: announced.littleEndian) { bytes += $0 }
                try (bytes + Data("abc".utf8)).write(to: file)
                let ending = try ProgramProcess.run(
                    ["serve", Self.park.path], redirections: "<\(ShellText.quoted(file.path))")
                #expect(ending.code == 65 && ending.errors.contains(": 3 of \(announced) bytes came"))
            }
        }
    }

    @Test func whatCannotBeServedIsSaid() throws {
        let cases = Self.park.deletingLastPathComponent()
        func ending(_ arguments: [String]) throws -> ProgramProcess.Ending {
            try ProgramProcess.run(["serve"] + arguments, redirections: "</dev/null")
        }
        let problems = cases.deletingLastPathComponent().appendingPathComponent("benchmarks/bilevel/problems.json").path
        for (arguments, words) in [
            ([cases.appendingPathComponent("cies-dispatch").path], "dispatch"),
            ([cases.appendingPathComponent("two-operators").path], "compete"),
            ([problems], "Choose one with --problem: bj_jump01, "), ([problems, "--problem", "x"], "no such problem"),
            ([problems, "--variant", "x"], "no variants"), ([Self.park.path, "--problem", "x"], "Take --problem out"),
            ([Self.park.path, "--workers", "0"], "--workers 0"), ([Self.park.path + "/none"], "none"),
        ] {
            let found = try ending(arguments)
            #expect(found.code == 65 && found.output.isEmpty && found.errors.contains(words), "\(found)")
        }
        #expect(try ending([problems, "--problem", "bj_jump01"]).code == 0)
    }
}
