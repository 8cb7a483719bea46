// swift-tools-version: 6.2
import PackageDescription


/// A package of its own: nobody who builds the product builds the harness.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v13)],
    dependencies: [
        .package(name: "stackelberg", path: ".."),
        // Without its traits the harness counts neither mallocs nor retains, and needs no interposer.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "evaluate",
            dependencies: [
                .product(name: "CaseFiles", package: "stackelberg"),
                .product(name: "Games", package: "stackelberg"),
                .product(name: "LinearModels", package: "stackelberg"),
            ],
            path: "Evaluate")
    ],
    swiftLanguageModes: [.v6]
)
