import CaseFiles
import Foundation
import Reports
import ResultFiles
import Studies

/// A folder that a command was given: a result of `price`, which keeps its case, or a case itself.
struct RunFolder {
    let source: Case
    /// The prices that the run found; nil for a case.
    let prices: String?

    enum Problem: Error, CustomStringConvertible {
        case noCase(path: String)
        case noPrices(path: String)

        var description: String {
            switch self {
            case .noCase(let path):
                "\(path): its manifest does not name its case. Give the case's folder, and --prices with the run's "
                    + "prices.csv."
            case .noPrices(let path): "\(path): has no prices.csv, so it is no result of `price`."
            }
        }
    }

    /// - Parameter variant: as the user gave it; for a run, the run's own.
    init(_ path: String, variant: String?) throws {
        let folder = URL(fileURLWithPath: path)
        guard let json = try? Data(contentsOf: folder.appendingPathComponent(Manifest.file)) else {
            source = try CaseReader.read(folder, variant: variant)
            prices = nil
            return
        }
        guard let manifest = try? Manifest(json: String(decoding: json, as: UTF8.self)),
            let former = manifest.caseFolder
        else {
            throw Problem.noCase(path: path)
        }
        let prices = folder.appendingPathComponent(PriceTable.file).path
        guard FileManager.default.fileExists(atPath: prices) else { throw Problem.noPrices(path: path) }
        self.prices = prices
        let variant = variant ?? manifest.variant
        // The case as the run read it, even if its folder was moved or changed since.
        if let (card, inputs) = try StudyOverview.inputs(of: folder), variant == card.variant {
            source = try CaseReader.read(
                copies: inputs, from: URL(fileURLWithPath: card.caseFolder), variant: variant)
        } else {
            source = try CaseReader.read(URL(fileURLWithPath: former), variant: variant)
        }
    }
}
