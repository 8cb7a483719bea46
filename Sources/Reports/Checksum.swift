import Crypto
import Foundation

enum Checksum {
    /// Hexadecimal SHA-256.
    static func sha256(_ data: Data) -> String {
        SHA256.hash(data: data).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}
