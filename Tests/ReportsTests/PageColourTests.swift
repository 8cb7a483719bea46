import CaseFiles
import Foundation
import ResultFiles
import TestSupport
import Testing

@testable import Reports

/// Colours and clocks of figures come from the case, and are the same on a whole page.
@Suite struct PageColourTests {
    private static func pictures(_ result: some RunResult) throws -> [String: String] {
        let record = ResultRecord(
            tables: result.tables, manifest: result.manifest(startedAt: Date(timeIntervalSince1970: 0)))
        return PageReader(try ReportPage(run: record).text).downloads.filter { $0.key.hasSuffix(".svg") }
    }

    /// Names of a legend with the colours before them: each sample is drawn before its name.
    private static func legend(_ svg: String) throws -> [(name: String, colour: String)] {
        let group = try #require(
            svg.components(separatedBy: "<g class=\"legend\">").last?.components(separatedBy: "</g>").first)
        var entries: [(String, String)] = []
        var colour: String?
        for line in group.split(separator: "\n") {
            if line.hasPrefix("<text") {
                let name = line.components(separatedBy: ">")[1].components(separatedBy: "<")[0]
                entries.append((name, colour ?? ""))
                colour = nil
            } else if colour == nil {
                // Of a line its stroke, of an area its fill.
                let key = line.hasPrefix("<line") ? "stroke=\"" : "fill=\""
                colour = line.components(separatedBy: key).last.map { String($0.prefix(7)) }
            }
        }
        return entries
    }

    @Test func carriersHaveTheColoursOfTheCase() throws {
        let pictures = try Self.pictures(PriceResultTests.result())
        let colours = Dictionary(
            try Self.legend(#require(pictures["posted-prices.svg"])).map { ($0.name, $0.colour) }
        ) { first, _ in first }
        // As the template writes them.
        #expect(colours["electricity_sell"] == "#4477AA" && colours["heat_sell"] == "#EE6677")
        for (file, colour) in [("prices-electricity_sell", "#4477AA"), ("prices-heat_sell", "#EE6677")] {
            #expect(try Self.legend(#require(pictures[file + ".svg"])).first?.colour == colour)
        }
        for (file, svg) in pictures where file.hasPrefix("load") {
            let after = try Self.legend(svg).first { $0.name == "after" }
            #expect(after?.colour == (file.contains("-heat") ? "#EE6677" : "#4477AA"), "\(file)")
        }
    }

    /// A device, a market or a party has one colour in all figures in which it stands, and nobody of the same figure
    /// has it.
    @Test func devicesHaveOneColourOnAPage() throws {
        let verbs: Set = ["input", "output", "fuel", "served", "charge", "discharge", "buy", "sell"]
        var known: [String: Set<String>] = [:]
        let balances = try Self.pictures(PriceResultTests.result()).filter { $0.key.hasPrefix("balance") }
        #expect(balances.count >= 6)
        for (file, svg) in balances {
            var here: [String: String] = [:]
            for (name, colour) in try Self.legend(svg) where name != "sources less sinks" {
                var words = name.split(separator: " ").map(String.init)
                if verbs.contains(words.last ?? "") { words.removeLast() }
                if words.count > 1, ["to", "from"].contains(words[1]) { words.removeFirst(2) }
                let owner = words.joined(separator: " ")
                known[owner, default: []].insert(colour)
                here[owner] = colour
            }
            if here.count <= 7 { #expect(Set(here.values).count == here.count, "\(file): \(here)") }
        }
        #expect(known["chp"] != nil && known["operator"] != nil && known["heater"] != nil && known["fleet"] != nil)
        for (owner, colours) in known { #expect(colours.count == 1, "\(owner): \(colours)") }
    }

    // MARK: Clocks

    @Test func axesShowTheClockOfTheCase() throws {
        let pictures = try Self.pictures(PriceResultTests.result())
        let balance = try #require(pictures["balance-operator-heat.svg"])
        #expect(balance.contains("hour of the day, 15 Jan 2024") && !balance.contains("hours from the start"))
        // A case that does not say when it begins has hours alone.
        let hut = try Self.pictures(SizingResultTests.exactly())
        #expect(try #require(hut["balance-bright-operator-electricity.svg"]).contains("hours from the start"))
        // Typical days have hours of the day, and no date.
        let dated = Hut.yaml.replacing("time: {steps", with: "time: {start: \"2023-05-01T00:00\", steps")
        let days = try Self.pictures(SizingResultTests.exactly(dated))
        let bright = try #require(days["balance-bright-operator-electricity.svg"])
        #expect(bright.contains(">hour of the day<") && !bright.contains("2023"))
    }

    /// The first step on the case's own clock: an offset is turned into its zone, and the default of the schema is
    /// nothing that a case says.
    @Test(arguments: [
        ("steps: 4", nil), ("start: \"2023-05-01T06:30\", steps: 4", "2023-05-01T06:30"),
        ("start: \"2023-05-01T01:40\", steps: 4", "2023-05-01T01:40"),
        ("start: \"2023-05-01T22:00Z\", timezone: Europe/Berlin, steps: 4", "2023-05-02T00:00"),
        ("start: \"2023-05-01T22:00+02:00\", steps: 4", "2023-05-01T22:00"),
        ("start: \"2023-12-31T23:00Z\", timezone: Asia/Shanghai, steps: 4", "2024-01-01T07:00"),
        // Clocks are put forward that night, and not the night after.
        ("start: \"2024-03-31T00:00\", timezone: Europe/Berlin, steps: 4", nil),
        ("start: \"2024-04-01T00:00\", timezone: Europe/Berlin, steps: 4", "2024-04-01T00:00"),
    ]) func theFirstStepIsOnTheCasesClock(time: String, expected: String?) throws {
        let source = try SizingResultTests.source(Hut.yaml.replacing("time: {steps: 4", with: "time: {\(time)"))
        #expect(source.firstStepText == expected)
        guard let expected else { return }
        let moment = try #require(PageTime.moment(expected))
        #expect(abs(moment.hour - (source.firstStep?.hour ?? .nan)) < 1e-9)
    }

    @Test func severalDaysHaveDates() throws {
        var manifest = Manifest()
        (manifest.firstStep, manifest.stepHours) = ("2024-12-30T12:00", 1)
        let time = try PageTime(ResultRecord(tables: [], manifest: manifest))
        #expect(time.axis(24).label == "date and hour, 2024")
        #expect(time.axis(60).label == "date and hour, 2024 to 2025")
        #expect(time.axis(12).label == "hour of the day, 30 Dec 2024")
        #expect(time.axis(240).label == "date, 2024 to 2025")
        #expect(time.moment(3, of: 12) == "at 15:00" && time.moment(14, of: 24) == "on 31 Dec 02:00")
        #expect(PageTime(hours: 0.5).moment(3, of: 4) == "in the hour 1.5")
        for text in ["2024-02-30T00:00", "2024-01-01", "x", "2024-01-01T25:00"] {
            #expect(PageTime.moment(text) == nil)
        }
    }
}
