import CaseFiles
import EnergyGames
import Foundation
import Games
import ResultFiles
import TestSupport
import Testing
import Writing

@testable import Reports

/// A page opens with the answer: payoff and bound in large words, all posted prices in one figure, every user's bill.
@Suite struct AnswerPageTests {
    private static func record(_ result: some RunResult) -> ResultRecord {
        ResultRecord(
            tables: result.tables, manifest: result.manifest(startedAt: Date(timeIntervalSince1970: 0)))
    }

    private static func page(_ record: ResultRecord) throws -> PageReader {
        PageReader(try ReportPage(run: record).text)
    }

    private func rows(_ page: PageReader, _ file: String) throws -> [[String]] {
        try ResultTable(file: file, text: #require(page.downloads[file])).texts
    }

    /// Names and values of the large numbers, in order.
    private func items(_ page: PageReader) -> [(name: String, value: String)] {
        let marked = page.all("p")
        let names = marked.filter { $0.attributes["class"] == "name" }.map(\.text)
        let values = marked.filter { $0.attributes["class"] == "value" }.map(\.text)
        return Array(zip(names, values))
    }

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    // MARK: Payoff and bound

    @Test func aPriceTellsPayoffAndBound() throws {
        let result = try PriceResultTests.result()
        let page = try Self.page(Self.record(result))
        #expect(page.error == nil && page.dangers.isEmpty)
        #expect(page.all("h2").first?.text == "Answer")
        let (payoff, bound) = (result.payoff, result.bounds.best.bound)
        let shown = items(page)
        #expect(shown.map(\.name) == ["Payoff for certain", "No prices pay more than"])
        #expect(shown.map(\.value) == [money(payoff) + " CNY", money(bound) + " CNY"])
        let gap = NumberText.grouped(100 * (bound - payoff) / abs(payoff), decimals: 2) + " %"
        #expect(page.all("p").contains { $0.attributes["class"] == "note" && $0.text.contains(gap) })
        // The list of sections comes after the answer, and what fails before the first number.
        let names = page.elements.map { $0.attributes["class"] ?? $0.name }
        #expect(try #require(names.firstIndex(of: "answer")) < #require(names.firstIndex(of: "nav")))
        var manifest = result.manifest(startedAt: Date(timeIntervalSince1970: 0))
        manifest.verdicts = [Verdict(name: "a", holds: false, detail: "")]
        let failed = try Self.page(ResultRecord(tables: result.tables, manifest: manifest))
        let order = failed.elements.map { $0.attributes["class"] ?? $0.name }
        #expect(try #require(order.firstIndex(of: "held fails")) < #require(order.firstIndex(of: "answer")))
    }

    @Test func sizesTellCostAndBound() throws {
        let result = try SizingResultTests.searched()
        let shown = items(try Self.page(Self.record(result)))
        #expect(shown.map(\.name) == ["Cost of a year", "No sizes cost less than"])
        #expect(shown.first?.value == money(result.cost) + " CNY/a")
        #expect(shown.last?.value == money(try #require(result.exact.best).bound) + " CNY/a")
    }

    // MARK: Prices

    @Test func allPostedPricesStandInOneFigure() throws {
        let result = try PriceResultTests.result()
        let page = try Self.page(Self.record(result))
        let first = try #require(page.all("figure").first)
        #expect(first.attributes["id"] == "figure-posted-prices")
        let drawn = try rows(page, "posted-prices.csv")
        let posted = try #require(result.tables.first { $0.file == "prices.csv" }).texts
        for name in Set(posted.map { $0[0] }) {
            let own = drawn.filter { "prices." + $0[0] == name }.dropLast().map { $0[2] }
            #expect(own == (try posted.filter { $0[0] == name }.map { NumberText.csv(try #require(Double($0[3]))) }))
        }
        // What users earn for their surplus is fixed in the template, at the price of the grid.
        let fixed = drawn.filter { $0[0].hasPrefix("electricity, ") && $0[0].contains("operator") }
        let grid = try #require(result.tables.first { $0.file == "markets.csv" }).texts.filter {
            $0[1] == "grid" && $0[3] == "selling price"
        }
        #expect(fixed.dropLast().map { $0[2] } == grid.map { $0[6] } && grid.count == 24)
    }

    // MARK: Bills

    /// From the solution itself: what a user pays others.
    private func bill(_ user: String, _ result: EvaluationResult) throws -> (paid: Double, all: Double) {
        let party = try #require(result.solution.party(user))
        return (
            party.costs.filter { $0.counterparty != nil }.reduce(0) { $0 + $1.amount },
            party.costs.reduce(0) { $0 + $1.amount }
        )
    }

    @Test func billsStandBeforeAndAfter() throws {
        let priced = try PriceResultTests.result()
        let (source, game) = (priced.source, priced.energyGame)
        let lowest = game.game.space.decisions.map(\.lower)
        let before = try EvaluationResult(source, game, decision: lowest)
        let after = try EvaluationResult(
            source, game, decision: priced.findings.best.decision, beside: .init("dir/tariff.csv", before))
        let record = Self.record(after)
        let page = try Self.page(record)
        let drawn = try rows(page, "bills.csv")
        let users = ["offices", "homes", "car_park"]
        #expect(drawn.map { $0[0] } == users.flatMap { [$0, $0] })
        let cells = page.all("td").map(\.text)
        for user in users {
            let (then, now) = (try bill(user, before), try bill(user, after))
            let values = drawn.filter { $0[0] == user }
            #expect(values.map { $0[1] } == ["before (tariff.csv)", "after"])
            let numbers = values.compactMap { Double($0[2]) }
            #expect(numbers.count == 2 && abs(numbers[0] - then.paid) < 1e-6 * abs(then.paid) + 1e-6)
            #expect(abs(numbers[1] - now.paid) < 1e-6 * abs(now.paid) + 1e-6)
            for amount in [then.paid, now.paid, now.paid - then.paid, then.all, now.all] {
                #expect(cells.contains(money(amount)), "\(user) \(amount)")
            }
        }
        #expect(items(page).map(\.name) == ["Payoff", "Payoff before, tariff.csv", "No prices pay more than"])
        #expect(items(page)[1].value == money(before.payoff) + " CNY")
        // The table beside holds parts and sums, each marked as what it is.
        let beside = try #require(record.tables["against.csv"]).texts
        for (party, place) in Set(beside.map { $0[0] }).flatMap({ [($0, 2), ($0, 3)] }) {
            func sum(_ kind: String) -> Double {
                beside.filter { $0[0] == party && $0[5] == "CNY" && $0[7] == kind }.reduce(0) {
                    $0 + (Double($1[place]) ?? .nan)
                }
            }
            #expect(abs(sum("item") - sum("total")) < 1e-4, "\(party)")
        }
    }

    /// Without prices to compare with, nothing is invented: the page says how to get them.
    @Test func billsAloneSayHowToCompare() throws {
        let result = try PriceResultTests.result()
        let page = try Self.page(Self.record(result))
        let drawn = try rows(page, "bills.csv")
        for row in drawn {
            let party = try #require(result.solution.party(row[0]))
            let paid = party.costs.filter { $0.counterparty != nil }.reduce(0) { $0 + $1.amount }
            #expect(row[1] == "bill" && abs((Double(row[2]) ?? .nan) - paid) < 1e-5)
        }
        #expect(drawn.count == 3)
        #expect(page.all("p").contains { $0.text.contains("--against") })
    }

    // MARK: Certificates

    @Test func aCertificateShowsItsBoundOverTimeAndPrograms() throws {
        let text = """
            nodes,seconds,bound [CNY],payoff [CNY]
            0,0.10,,90
            0,0.50,120,90
            10,2.00,110,95
            40,9.00,100,95

            """
        var manifest = Manifest()
        (manifest.payoff, manifest.bound, manifest.currency) = (95, 100, "CNY")
        (manifest.boundReasoning, manifest.boundGrounds) = ("branching", ["homes: held by strong duality."])
        let table = try ResultTable(file: "bounds.csv", text: text)
        let page = try Self.page(ResultRecord(tables: [table], manifest: manifest))
        #expect(page.error == nil && page.dangers.isEmpty)
        #expect(items(page).map(\.value) == ["95.00 CNY", "100.00 CNY"])
        #expect(page.all("p").contains { $0.text.contains("5.26 %") && $0.text.contains("branching") })
        let time = try rows(page, "bound-over-time.csv").map { Array($0.prefix(3)) }
        #expect(
            time.filter { $0[0] == "no prices pay more than" }.map { [$0[1], $0[2]] } == [
                ["0.5", "120"], ["2", "110"], ["9", "100"],
            ])
        #expect(time.filter { $0[0] == "best prices known" }.map { $0[2] } == ["90", "90", "95", "95"])
        let programs = try rows(page, "bound-over-programs.csv")
        #expect(programs.filter { $0[0] == "no prices pay more than" }.map { $0[1] } == ["0", "10", "40"])
        #expect(page.all("p").contains { $0.text == "homes: held by strong duality." })
    }
}
