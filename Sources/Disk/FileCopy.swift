import Foundation

/// A file as it was when it was read.
public struct FileCopy: Sendable, Equatable, Codable {
    /// As it was named, such as relative to a case's folder.
    public let path: String
    public let content: Data

    public init(path: String, content: Data) {
        self.path = path
        self.content = content
    }
}
