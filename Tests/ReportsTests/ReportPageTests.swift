import CaseFiles
import Energy
import Foundation
import ResultFiles
import TestSupport
import Testing
import Writing

@testable import Reports

@Suite struct ReportPageTests {
    private static func record(_ result: some RunResult) -> ResultRecord {
        ResultRecord(
            tables: result.tables, manifest: result.manifest(startedAt: Date(timeIntervalSince1970: 0)))
    }

    private func rows(_ csv: String?) throws -> [[String]] {
        let text = try #require(csv)
        return try ResultTable(file: "download", text: text).texts
    }

    // MARK: What is shown

    @Test func aPricePageShowsEverySection() throws {
        let page = PageReader(try ReportPage(run: Self.record(PriceResultTests.result())).text)
        #expect(page.error == nil && page.dangers.isEmpty, "\(page.dangers)")
        #expect(
            page.all("h2").map(\.text) == [
                "Answer", "Verdicts", "Prices", "Power balances", "What passes through each party",
                "Load before and after",
                "EV fleets",
                "Combined heat and power", "Costs and income", "Carbon", "Convergence",
            ])
        // The leader's own balances and costs come first.
        for part in ["figure-balance", "figure-costs"] {
            let first = page.all("figure").compactMap { $0.attributes["id"] }.first { $0.hasPrefix(part) }
            #expect(try #require(first).hasPrefix("\(part)-operator"))
        }
        // Whether the checks hold is said before any picture.
        let checks = try #require(page.elements.firstIndex { $0.attributes["class"] == "held" })
        #expect(checks < (try #require(page.elements.firstIndex { $0.name == "svg" })))
        #expect(page.all("svg").count > 12 && page.all("svg").count == page.all("figcaption").count)
        for picture in page.all("svg") { #expect(picture.attributes["role"] == "img") }
        #expect(page.downloads.count == 2 * page.all("figure").count)
        for caption in page.all("figcaption") { #expect(caption.text.count > 30) }
        let ids = page.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
    }

    /// Beside the payoff stands what no prices can pay more than.
    @Test func aPricePageTellsTheBound() throws {
        let result = try PriceResultTests.result()
        let bound = result.bounds.best.bound
        #expect(bound >= result.proof.optimisticPayoff)
        let page = PageReader(try ReportPage(run: Self.record(result)).text)
        #expect(page.all("th").contains { $0.text == "proven: no prices pay more than" })
        #expect(page.all("td").contains { $0.text == NumberText.grouped(bound, decimals: 2) })
    }

    /// Each party's balance, from the file of the figure against the tidy table.
    @Test func stacksHoldWhatFlowsAndClose() throws {
        let result = try PriceResultTests.result()
        let page = PageReader(try ReportPage(run: Self.record(result)).text)
        var known: [String: [Double]] = [:]
        for row in try #require(result.tables.first { $0.file == "flows.csv" }).texts where row[8] == "kW" {
            let key = "balance-\(HTML.slug(row[2]))-\(row[3]).csv"
            var sides = known[key] ?? [0, 0]
            let value = try #require(Double(row[7]))
            sides[value < 0 ? 1 : 0] += value
            known[key] = sides
        }
        let files = page.downloads.filter { $0.key.hasPrefix("balance") && $0.key.hasSuffix(".csv") }
        #expect(files.count == known.filter { $0.value[0] > 1e-6 }.count && files.count >= 4)
        for (file, text) in files {
            var sides = [0.0, 0.0]
            for row in try rows(text) {
                let value = try #require(Double(row[2]))
                if row[0] == "sources less sinks" {
                    #expect(abs(value) < 1e-4, "\(file)")
                } else {
                    sides[value < 0 ? 1 : 0] += value
                }
            }
            let expected = try #require(known[file])
            // Groups of one fleet are added up, and may take and give at once.
            #expect(
                abs(sides[0] + sides[1]) < 1e-4 && abs(sides[0] - expected[0]) < 1e-3 * max(1, expected[0]), "\(file)")
        }
    }

    @Test func numbersAreThoseOfTheTables() throws {
        let result = try PriceResultTests.result()
        let page = PageReader(try ReportPage(run: Self.record(result)).text)
        let prices = try #require(result.tables.first { $0.file == "prices.csv" }).texts
        for name in Set(prices.map { $0[0] }) {
            let drawn = try rows(page.downloads[HTML.slug(name) + ".csv"]).filter { $0[0].hasPrefix("posted") }
            let given = prices.filter { $0[0] == name }
            // The last price is drawn to the end of its step.
            // Decisions stand in the table with every digit that they have, and a figure's own table with ten.
            let numbers = try given.map { try [$0[3], $0[4], $0[5]].map { NumberText.csv(try #require(Double($0))) } }
            #expect(drawn.dropLast().map { [$0[2], $0[3], $0[4]] } == numbers)
        }
        let log = try #require(result.tables.first { $0.file == "convergence.csv" }).texts
        let curve = try rows(page.downloads["convergence.csv"]).filter { $0[0] == "best so far" }
        #expect(curve.map { [$0[1], $0[2]] } == log.map { [$0[1], $0[2]] })
        let total = try #require(
            result.tables.first { $0.file == "costs.csv" }?.texts.first { $0[0] == "operator" && $0[1] == "total" }
        )
        let sum = try #require(try rows(page.downloads["costs-operator.csv"]).last)
        let (drawn, paid) = (try #require(Double(sum[1])), try #require(Double(total[3])))
        #expect(sum[0] == "in all" && abs(drawn - paid) < 0.02)
    }

    @Test func aPageOfSizesShowsTheYear() throws {
        let result = try SizingResultTests.searched()
        let page = PageReader(try ReportPage(run: Self.record(result)).text)
        #expect(page.error == nil && page.dangers.isEmpty)
        let titles = page.all("h2").map(\.text)
        #expect(titles.starts(with: ["Answer", "Verdicts", "Sizes and investment", "The year", "Power balances"]))
        let year = try rows(page.downloads["year.csv"])
        #expect(abs(try #require(year.last.flatMap { Double($0[1]) }) - result.cost) < 0.1)
        #expect(page.downloads["balance-bright-operator-electricity.csv"] != nil)
        #expect(page.downloads["balance-dull-operator-electricity.csv"] != nil)
        #expect(page.all("td").contains { $0.text == NumberText.grouped(result.cost, decimals: 2) })
    }

    /// Where intervals are shares of the quota, each day has a ladder of its own, and a figure.
    @Test(arguments: [false, true]) func eachLadderIsDrawnOnce(isByRatio: Bool) throws {
        let emissions = """
            fixed_quota: 60, output_factors: {pv: {electricity: 0.05}}, output_curves: {battery: {outputs:
            {electricity: 1}, quadratic: 0.001, pieces: 3}}, baseline: {grid: {electricity: 0.2}}
            """.replacing("\n", with: " ")
        let width = isByRatio ? "interval_share: 0.1" : "interval: 300 kg, surplus_price: 0.1"
        let yaml = Hut.yaml.replacing(
            "carbon: {ladder: {base_price: 0.1 CNY/kg, interval: 300 kg",
            with: "carbon: {\(emissions), ladder: {base_price: 0.1 CNY/kg, \(width)")
        let result = try SizingResultTests.exactly(yaml)
        #expect(result.verdicts.allSatisfy { $0.holds }, "\(result.verdicts)")
        let page = PageReader(try ReportPage(run: Self.record(result)).text)
        #expect(page.error == nil && page.dangers.isEmpty)
        let figures = page.all("figure").compactMap { $0.attributes["id"] }.filter { $0.hasPrefix("figure-carbon") }
        #expect(
            figures.map { $0.replacing("figure-", with: "") }
                == (isByRatio ? ["carbon-operator-bright", "carbon-operator-dull"] : ["carbon-operator"]))
        // Each day's own ladder: the base price ends at a tenth of that day's quota.
        let account = try #require(result.tables.first { $0.file == "carbon.csv" }).texts
        #expect(account.contains { $0[2] == "emission from pv output" })
        #expect(account.contains { $0[2] == "greatest error of emission from battery output curve" })
        guard isByRatio else { return }
        for day in ["bright", "dull"] {
            let quota = try #require(account.first { $0[0] == day && $0[2] == "quota" }.flatMap { Double($0[3]) })
            let rungs = try rows(page.downloads["carbon-operator-\(day).csv"]).filter { $0[0] == "rung" }
            let first = try #require(rungs.first { Double($0[3]) ?? 0 > 0 })
            #expect(abs((Double(first[3]) ?? .nan) - 0.1 * quota) < 1e-4 * quota)
            #expect(Double(first[4]) == 0.1)
        }
    }

    // MARK: Folders

    @Test func aFolderAloneGivesTheSamePage() throws {
        try TemporaryFolder.with { parent in
            let folder = try ResultFolder(at: parent.appendingPathComponent("run").path)
            try folder.write(PriceResultTests.result(), startedAt: Date(timeIntervalSince1970: 0))
            let file = folder.url.appendingPathComponent(ReportPage.file)
            let written = try String(contentsOf: file, encoding: .utf8)
            try FileManager.default.removeItem(at: file)
            #expect(try ReportPage(run: ResultRecord(folder: folder.url)).text == written)
            // Equal runs give equal pages, whenever they ran.
            let later = try ResultFolder(at: parent.appendingPathComponent("later").path)
            try later.write(PriceResultTests.result(workers: 2), startedAt: Date(timeIntervalSince1970: 1e9))
            #expect(
                try String(contentsOf: later.url.appendingPathComponent(ReportPage.file), encoding: .utf8) == written)
        }
    }

    @Test func foldersWithoutAResultAreRefused() throws {
        try TemporaryFolder.with { folder in
            #expect(throws: ReportError.noResult(path: folder.relativePath)) {
                try ReportPage(run: ResultRecord(folder: folder))
            }
            func write(_ text: String, _ file: String) throws {
                try Data(text.utf8).write(to: folder.appendingPathComponent(file))
            }
            try write("{}", "manifest.json")
            try write(
                "price,step,start [h],value [CNY/kWh],lower [CNY/kWh],upper [CNY/kWh]\np,0,0,x,0,1\n", "prices.csv")
            let number = ReportError.damaged(file: "prices.csv", reason: "row 1: 'x' is not a number.")
            #expect(throws: number) { try ReportPage(run: ResultRecord(folder: folder)) }
            #expect("\(number)" == "prices.csv: row 1: 'x' is not a number. Run the command again that wrote it.")
            try write("price,step\np\n", "prices.csv")
            #expect(throws: ReportError.self) { try ReportPage(run: ResultRecord(folder: folder)) }
            try write("price,start [h]\n", "prices.csv")
            let column = ReportError.damaged(file: "prices.csv", reason: "the column 'step' is missing.")
            #expect(throws: column) { try ReportPage(run: ResultRecord(folder: folder)) }
            for step in ["nan", "-1", "1e300", "0.5", ""] {
                try write("price,step,start [h],value,lower,upper\np,\(step),0,1,0,1\n", "prices.csv")
                #expect(throws: ReportError.self, "\(step)") { try ReportPage(run: ResultRecord(folder: folder)) }
            }
            try write("[1", "manifest.json")
            #expect(throws: ReportError.damaged(file: "manifest.json", reason: "it is not the manifest of a run.")) {
                try ReportPage(run: ResultRecord(folder: folder))
            }
        }
    }

    // MARK: Hostile names

    /// Every name of every table and of the manifest replaced by markup: the page has no element of theirs, and shows
    /// them.
    @Test func namesNeverBecomeMarkup() throws {
        let hostile = "</td></title><script>alert(\"1\")</script>' onload='x' & <img src=//evil> \u{1}"
        let records = [
            try Self.record(PriceResultTests.result()), try Self.record(SizingResultTests.searched()),
        ]
        for record in records {
            let tables = try record.tables.values.map { table in
                // Names of parties, devices and stations; what quantities are called is this program's own.
                let names = table.header.indices.filter {
                    ["party", "component", "counterparty", "station", "price", "device", "day"].contains(
                        table.header[$0])
                        || table.header[$0] == "size" && table.file == "sizes.csv"
                }
                let rows = table.texts.map { row in
                    row.enumerated().map { names.contains($0) && !$1.isEmpty ? $1 + hostile : $1 }
                }
                return try ResultTable(
                    file: table.file, text: ([table.header] + rows).map { CSVLine.text($0) }.joined())
            }
            var manifest = Manifest()
            (manifest.title, manifest.caseName) = (hostile, hostile)
            (manifest.variant, manifest.currency) = (hostile, hostile)
            manifest.verdicts = [Verdict(name: hostile, holds: true, detail: hostile)]
            let text = try ReportPage(run: ResultRecord(tables: tables, manifest: manifest)).text
            let page = PageReader(text)
            #expect(page.error == nil, "\(page.error ?? "")")
            #expect(page.dangers.isEmpty, "\(page.dangers.prefix(3))")
            let shown = hostile.replacingOccurrences(of: "\u{1}", with: "\u{FFFD}")
            #expect(page.all("h1").map(\.text) == [shown])
            #expect(page.all("title").first?.text == shown)
            #expect(!text.contains("<script") && !text.contains("<img"))
            let plain = PageReader(try ReportPage(run: record).text)
            #expect(page.all("figure").count >= plain.all("figure").count)
        }
    }

    @Test(arguments: [
        ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("\"q\" 'p'", "&quot;q&quot; &#39;p&#39;"),
        ("\u{0}\u{7F}", "\u{FFFD}\u{FFFD}"),
        ("ä €", "ä €"),
    ]) func textIsEscaped(text: String, expected: String) {
        #expect(
            HTML.element("p", [("title", text)], [.text(text)]).text == "<p title=\"\(expected)\">\(expected)</p>\n")
    }

    @Test func failedChecksAreSaidFirst() throws {
        var manifest = Manifest()
        manifest.verdicts = [
            Verdict(name: "a", holds: true, detail: ""), Verdict(name: "b", holds: false, detail: "wrong"),
        ]
        let tables = try PriceResultTests.result().tables
        let page = PageReader(try ReportPage(run: ResultRecord(tables: tables, manifest: manifest)).text)
        let section = try #require(page.all("section").first)
        #expect(section.text.contains("✗ 1 of 2 checks fail: do not use this result."))
    }
}
