import ArgumentParser

/// The text of a number after an option. It is read when its limits are known, those of the key that it replaces, so
/// that every error in it gives the same sentence and the same exit code.
struct TypedNumber: ExpressibleByArgument, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    let text: String

    init?(argument: String) { text = argument }
    init(integerLiteral value: Int) { text = "\(value)" }
    init(floatLiteral value: Double) { text = "\(value)" }

    var defaultValueDescription: String { text }

    /// - Parameter option: as it is typed, such as `--seeds`.
    func count(_ option: String, in range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw OptionError(
                option: option, text: text,
                advice: range.upperBound == .max
                    ? "write a whole number of at least \(range.lowerBound)."
                    : "write a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// - Parameter isZeroAllowed: if false, the number must be above 0.
    func seconds(_ option: String, in range: ClosedRange<Double>, isZeroAllowed: Bool = false) throws -> Double {
        guard let number = Double(text), range.contains(number), isZeroAllowed || number > 0 else {
            let most = "\(Int(range.upperBound))"
            throw OptionError(
                option: option, text: text,
                advice: isZeroAllowed ? "write seconds from 0 to \(most)." : "write seconds above 0, at most \(most).")
        }
        return number
    }

    /// A number within limits.
    func number(_ option: String, in range: ClosedRange<Double>) throws -> Double {
        guard let number = Double(text), range.contains(number) else {
            throw OptionError(
                option: option, text: text, advice: "write a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// A share from 0 to 1.
    func share(_ option: String) throws -> Double {
        guard let number = Double(text), (0...1).contains(number) else {
            throw OptionError(option: option, text: text, advice: "write a number from 0 to 1, such as 0.001.")
        }
        return number
    }
}

/// An option's value that is not valid.
struct OptionError: Error, CustomStringConvertible {
    let option: String
    let text: String
    let advice: String

    var description: String { "\(option) \(text): \(advice)" }
}
