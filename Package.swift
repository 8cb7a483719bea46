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
        .library(name: "EnergyGames", targets: ["EnergyGames"]),
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
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"]), .brew(["glpk"])]),
        .target(name: "Disk"),
        .target(name: "Writing", dependencies: ["SwiftCSV"]),
        .target(name: "LinearModels", dependencies: ["CGLPK"]),
        .target(name: "Metaheuristics"),
        .target(name: "Statistics"),
        .target(name: "Scenarios"),
        .target(name: "Figures"),
        .target(name: "Energy", dependencies: ["LinearModels", "Writing"]),
        .target(name: "Games", dependencies: ["LinearModels"]),
        .target(name: "EnergyGames", dependencies: ["Energy", "Games", "LinearModels", "Writing"]),
        .target(
            name: "CaseFiles",
            dependencies: [
                "Disk", "Energy", "EnergyGames", "Games", "LinearModels", "Scenarios", "Writing", "SwiftCSV", "Yams",
            ]),
        .target(
            name: "Studies",
            dependencies: [
                "Disk", "Games", "LinearModels", "Metaheuristics", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "Comparisons",
            dependencies: [
                "CaseFiles", "Disk", "EnergyGames", "Games", "LinearModels", "Metaheuristics", "Statistics", "Studies",
                "Writing",
            ]),
        .target(
            name: "Reports",
            dependencies: [
                "CaseFiles", "Comparisons", "Disk", "Energy", "EnergyGames", "Figures", "Games", "LinearModels",
                "Metaheuristics", "Scenarios", "Statistics", "Studies", "Writing", "SwiftCSV",
            ]),
        .target(
            name: "StackelbergCLI",
            dependencies: [
                "CaseFiles", "Comparisons", "Disk", "Energy", "EnergyGames", "Games", "LinearModels", "Metaheuristics",
                "Reports", "Scenarios", "Studies", "Writing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "stackelberg", dependencies: ["StackelbergCLI"]),

        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(
            name: "Fuzzing",
            dependencies: [
                "CaseFiles", "Energy", "EnergyGames", "Games", "LinearModels", "Scenarios", "TestSupport",
            ], path: "Tests/Fuzzing"),
        .executableTarget(name: "fuzz", dependencies: ["Fuzzing"], path: "Tests/FuzzCommand"),
        .testTarget(name: "DiskTests", dependencies: ["Disk", "TestSupport"]),
        .testTarget(name: "LinearModelsTests", dependencies: ["LinearModels", "TestSupport"]),
        .testTarget(name: "MetaheuristicsTests", dependencies: ["Metaheuristics"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "TestSupport"]),
        .testTarget(name: "FiguresTests", dependencies: ["Figures"]),
        .testTarget(
            name: "EnergyTests",
            dependencies: ["CaseFiles", "Energy", "EnergyGames", "Games", "LinearModels", "TestSupport"]),
        .testTarget(
            name: "GamesTests",
            dependencies: [
                "CaseFiles", "EnergyGames", "Games", "LinearModels", "Studies", "TestSupport",
            ]),
        .testTarget(
            name: "CaseFilesTests",
            dependencies: [
                "CaseFiles", "Energy", "EnergyGames", "Fuzzing", "Games", "LinearModels", "Scenarios",
                "StackelbergCLI", "Studies", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "StudiesTests",
            dependencies: [
                "CaseFiles", "Disk", "EnergyGames", "Games", "LinearModels", "Metaheuristics", "Studies",
                "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "ComparisonsTests",
            dependencies: [
                "Comparisons", "Disk", "Games", "LinearModels", "Metaheuristics", "Studies", "TestSupport",
            ]),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "CaseFiles", "Comparisons", "Disk", "Energy", "EnergyGames", "Games", "Metaheuristics", "Reports",
                "Studies", "SwiftCSV", "TestSupport", "Writing",
            ]),
        .testTarget(
            name: "StackelbergCLITests",
            dependencies: [
                "CaseFiles", "Comparisons", "Disk", "EnergyGames", "Games", "LinearModels", "Reports",
                "StackelbergCLI", "Studies", "TestSupport", "stackelberg",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
