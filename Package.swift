// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "stackelberg",
    products: [
        .executable(name: "stackelberg", targets: ["stackelberg"]),
        .library(name: "LinearModels", targets: ["LinearModels"]),
        .library(name: "Metaheuristics", targets: ["Metaheuristics"]),
        .library(name: "Statistics", targets: ["Statistics"]),
        .library(name: "Scenarios", targets: ["Scenarios"]),
        .library(name: "Games", targets: ["Games"]),
        .library(name: "Energy", targets: ["Energy"]),
        .library(name: "CaseFiles", targets: ["CaseFiles"]),
        .library(name: "Figures", targets: ["Figures"]),
        .library(name: "Studies", targets: ["Studies"]),
        .library(name: "Comparisons", targets: ["Comparisons"]),
        .library(name: "Reports", targets: ["Reports"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"]), .brew(["glpk"])]),
        .target(name: "Disk"),
        .target(name: "LinearModels", dependencies: ["CGLPK"]),
        .target(name: "Metaheuristics"),
        .target(name: "Statistics"),
        .target(name: "Scenarios"),
        .target(name: "Energy", dependencies: ["LinearModels"]),
        .target(name: "Games", dependencies: ["LinearModels"]),
        .target(
            name: "CaseFiles",
            dependencies: ["Disk", "Energy", "Games", "Scenarios", "Yams", "SwiftCSV"]),
        .target(name: "Figures"),
        .target(
            name: "Studies",
            dependencies: [
                "Disk", "Games", "Metaheuristics", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "Comparisons",
            dependencies: ["Disk", "CaseFiles", "Games", "LinearModels", "Metaheuristics", "Statistics", "Studies"]),
        .target(
            name: "Reports",
            dependencies: [
                "Disk", "Studies", "Comparisons", "CaseFiles", "Scenarios", "Metaheuristics", "Statistics", "Figures",
                "SwiftCSV",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "StackelbergCLI",
            dependencies: [
                "Reports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "stackelberg", dependencies: ["StackelbergCLI"]),

        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "DiskTests", dependencies: ["Disk", "TestSupport"]),
        .target(name: "Fuzzing", dependencies: ["CaseFiles", "TestSupport"], path: "Tests/Fuzzing"),
        .executableTarget(name: "fuzz", dependencies: ["Fuzzing"], path: "Tests/FuzzCommand"),
        .testTarget(name: "LinearModelsTests", dependencies: ["LinearModels", "TestSupport"]),
        .testTarget(name: "MetaheuristicsTests", dependencies: ["Metaheuristics"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "TestSupport"]),
        .testTarget(name: "EnergyTests", dependencies: ["Energy"]),
        .testTarget(name: "GamesTests", dependencies: ["Games", "Studies", "CaseFiles", "TestSupport"]),
        .testTarget(
            name: "CaseFilesTests", dependencies: ["CaseFiles", "Fuzzing", "StackelbergCLI", "Studies", "TestSupport"]),
        .testTarget(name: "FiguresTests", dependencies: ["Figures"]),
        .testTarget(
            name: "StudiesTests",
            dependencies: ["Studies", "CaseFiles", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(name: "ComparisonsTests", dependencies: ["Comparisons", "Disk", "TestSupport"]),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "Disk", "SwiftCSV", "TestSupport"]),
        .testTarget(name: "StackelbergCLITests", dependencies: ["StackelbergCLI", "stackelberg", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
