import LinearModels

/// Cools with heat: `heat(t) = cooling(t) / efficiency`, `0 <= cooling(t) <= capacity`.
public struct AbsorptionChiller: Chiller, ConverterDevice {
    public static let type = "absorption_chiller"
    public static let meaning = "Cools with heat."
    public static let attributes = coolingAttributes(per: "heat", example: "0.7")

    public let name: String
    let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.performing(from: "heat", to: "cooling", name: name, values: values)
    }
}
