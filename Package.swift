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
        .library(name: "Networks", targets: ["Networks"]),
        .library(name: "Energy", targets: ["Energy"]),
        .library(name: "EnergyGames", targets: ["EnergyGames"]),
        .library(name: "CaseFiles", targets: ["CaseFiles"]),
        .library(name: "Figures", targets: ["Figures"]),
        .library(name: "Studies", targets: ["Studies"]),
        .library(name: "Comparisons", targets: ["Comparisons"]),
        .library(name: "ResultFiles", targets: ["ResultFiles"]),
        .library(name: "Reports", targets: ["Reports"]),
        .library(name: "ComparisonReports", targets: ["ComparisonReports"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"]), .brew(["glpk"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CArguments", path: "Sources/CArguments"),
        .target(name: "Disk"),
        .target(name: "Writing", dependencies: ["SwiftCSV"]),
        .target(name: "LinearModels", dependencies: ["CGLPK"]),
        .target(name: "Metaheuristics"),
        .target(name: "Statistics"),
        .target(name: "Scenarios"),
        .target(name: "Figures", dependencies: ["Writing"]),
        .target(name: "Energy", dependencies: ["LinearModels", "Writing"]),
        .target(name: "Games", dependencies: ["LinearModels"]),
        .target(name: "Networks", dependencies: ["Games", "LinearModels", "Metaheuristics"]),
        .target(name: "EnergyGames", dependencies: ["Energy", "Games", "LinearModels", "Writing"]),
        .target(
            name: "CaseFiles",
            dependencies: [
                "Disk", "Energy", "EnergyGames", "Games", "LinearModels", "Networks", "Scenarios", "Writing", "Yams",
            ]),
        .target(
            name: "Studies", dependencies: ["CSQLite", "Disk", "Games", "LinearModels", "Metaheuristics", "Networks"]),
        .target(
            name: "Comparisons",
            dependencies: [
                "CaseFiles", "Disk", "EnergyGames", "Games", "LinearModels", "Metaheuristics", "Networks", "Statistics",
                "Studies", "Writing",
            ]),
        .target(name: "ResultFiles", dependencies: ["Figures", "Games", "LinearModels", "Studies", "Writing"]),
        .target(
            name: "Reports",
            dependencies: [
                "CaseFiles", "Disk", "Energy", "EnergyGames", "Figures", "Games", "LinearModels", "ResultFiles",
                "Scenarios", "Studies", "Writing",
            ]),
        .target(
            name: "ComparisonReports",
            dependencies: [
                "Comparisons", "Disk", "Figures", "Metaheuristics", "ResultFiles", "Statistics", "Studies", "Writing",
            ]),
        .target(
            name: "StackelbergCLI",
            dependencies: [
                "CArguments", "CaseFiles", "ComparisonReports", "Comparisons", "Disk", "EnergyGames", "Games", "LinearModels",
                "Metaheuristics", "Networks", "Reports", "ResultFiles", "Scenarios", "Studies", "Writing",
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
        .testTarget(name: "HouseTests"),
        .testTarget(name: "DiskTests", dependencies: ["Disk", "TestSupport"]),
        .testTarget(name: "WritingTests", dependencies: ["Writing", "SwiftCSV"]),
        .testTarget(name: "LinearModelsTests", dependencies: ["CGLPK", "LinearModels", "TestSupport"]),
        .testTarget(name: "MetaheuristicsTests", dependencies: ["Metaheuristics"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "TestSupport"]),
        .testTarget(name: "NetworksTests", dependencies: ["CaseFiles", "Games", "LinearModels", "Networks", "TestSupport"]),
        .testTarget(name: "FiguresTests", dependencies: ["Figures", "Writing"]),
        .testTarget(
            name: "EnergyTests",
            dependencies: [
                "CaseFiles", "Energy", "EnergyGames", "Games", "LinearModels", "TestSupport",
            ]),
        .testTarget(
            name: "GamesTests",
            dependencies: [
                "CaseFiles", "EnergyGames", "Games", "LinearModels", "Studies", "TestSupport",
            ]),
        .testTarget(
            name: "EnergyGamesTests",
            dependencies: [
                "CaseFiles", "Energy", "EnergyGames", "Games", "LinearModels", "Studies", "TestSupport",
            ]),
        .testTarget(
            name: "CaseFilesTests",
            dependencies: [
                "CaseFiles", "Energy", "EnergyGames", "Fuzzing", "Games", "LinearModels", "Scenarios", "StackelbergCLI",
                "Studies", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "StudiesTests",
            dependencies: [
                "CaseFiles", "Disk", "EnergyGames", "Games", "LinearModels", "Metaheuristics", "Studies", "TestSupport",
            ]),
        .testTarget(
            name: "ComparisonsTests",
            dependencies: [
                "Comparisons", "Disk", "Games", "LinearModels", "Metaheuristics", "Studies", "TestSupport",
            ]),
        .testTarget(name: "ResultFilesTests", dependencies: ["ResultFiles"]),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "CaseFiles", "Disk", "Energy", "EnergyGames", "Games", "Reports", "ResultFiles", "Studies",
                "TestSupport", "Writing",
            ]),
        .testTarget(
            name: "ComparisonReportsTests",
            dependencies: [
                "ComparisonReports", "Comparisons", "Metaheuristics", "ResultFiles", "TestSupport",
            ]),
        .testTarget(
            name: "StackelbergCLITests",
            dependencies: [
                "CaseFiles", "Comparisons", "Disk", "EnergyGames", "Games", "LinearModels", "Reports", "ResultFiles",
                "stackelberg", "StackelbergCLI", "Studies", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// The program over ranks of MPI is built where it is asked for, so that nobody else needs MPI: STACKELBERG_MPI is 1, or
// the name under which pkg-config knows the MPI to take, such as ompi-c or mpich.
if let name = Context.environment["STACKELBERG_MPI"], !name.isEmpty {
    package.products.append(.executable(name: "stackelberg-mpi", targets: ["stackelberg_mpi"]))
    package.targets += [
        .systemLibrary(
            name: "CMPI", pkgConfig: name == "1" ? "mpi" : name, providers: [.apt(["libopenmpi-dev"]), .brew(["open-mpi"])]),
        .executableTarget(name: "stackelberg_mpi", dependencies: ["CMPI", "StackelbergCLI", "Studies"]),
    ]
}
