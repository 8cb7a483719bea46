import CaseFiles
import Foundation

/// The case whose answer is well searched, from the folder of the product.
public enum ReferencePark {
    public static let folder = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../data/benchmarks/park-pricing").standardizedFileURL

    public static func read() throws -> Case { try CaseReader.read(folder) }
}
