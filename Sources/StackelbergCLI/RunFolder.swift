import Foundation

/// A folder that a command was given: a result of `price`, which knows its case, or a case itself.
struct RunFolder {
    let caseFolder: URL
    let variant: String?
    /// The prices that the run found; nil for a case.
    let prices: String?

    enum Problem: Error, CustomStringConvertible {
        case noCase(path: String)
        case noPrices(path: String)

        var description: String {
            switch self {
            case .noCase(let path):
                "\(path): its manifest does not say which case it is of. Give the case's folder, and --prices with the run's prices.csv."
            case .noPrices(let path): "\(path): has no prices.csv, so it is no result of `price`."
            }
        }
    }

    private struct Manifest: Decodable {
        let caseFolder: String?
        let variant: String?
    }

    /// - Parameter variant: as asked for; of a run it is the run's own.
    init(_ path: String, variant: String?) throws {
        let folder = URL(fileURLWithPath: path)
        guard let data = try? Data(contentsOf: folder.appendingPathComponent("manifest.json")) else {
            (caseFolder, self.variant, prices) = (folder, variant, nil)
            return
        }
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: data), let source = manifest.caseFolder
        else {
            throw Problem.noCase(path: path)
        }
        let prices = folder.appendingPathComponent("prices.csv").path
        guard FileManager.default.fileExists(atPath: prices) else { throw Problem.noPrices(path: path) }
        caseFolder = URL(fileURLWithPath: source)
        self.variant = variant ?? manifest.variant
        self.prices = prices
    }
}
