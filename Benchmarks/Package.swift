// swift-tools-version: 6.2
import PackageDescription

func product(_ name: String) -> Target.Dependency { .product(name: name, package: "stackelberg") }

/// A package of its own: nobody who builds the product builds the harness.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v13)],
    dependencies: [
        .package(name: "stackelberg", path: ".."),
        // Without its traits the harness counts neither mallocs nor retains, and slows neither down.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        .target(
            name: "ParkGames",
            dependencies: [product("CaseFiles"), product("Energy"), product("Games"), product("Metaheuristics")],
            path: "ParkGames"),
        .target(name: "Measuring", path: "Tools/Measuring"),
        .executableTarget(
            name: "evaluate",
            dependencies: [
                "Measuring", "ParkGames", product("CaseFiles"), product("EnergyGames"), product("Games"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tools/Evaluate"),
        .executableTarget(
            name: "search",
            dependencies: [
                "Measuring", "ParkGames", product("CaseFiles"), product("EnergyGames"), product("Games"),
                product("Studies"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tools/Search"),
        // The harness looks for targets in folders of a folder called Benchmarks, which is this one.
        .executableTarget(
            name: "EngineBenchmarks",
            dependencies: [
                "ParkGames", product("CaseFiles"), product("EnergyGames"), product("Games"), product("LinearModels"),
                product("Metaheuristics"), product("Studies"), .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "EngineBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)
