import LinearModels

/// Cools with electricity: `electricity(t) = cooling(t) / efficiency`, `0 <= cooling(t) <= capacity`.
public struct ElectricChiller: Chiller, ConverterDevice {
    public static let type = "electric_chiller"
    public static let meaning = "Cools with electricity."
    public static let attributes = coolingAttributes(per: "electricity", example: "3.5")

    public let name: String
    let converter: Converter

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        converter = try Converter.performing(from: "electricity", to: "cooling", name: name, values: values)
    }
}
