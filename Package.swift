// swift-tools-version: 6.2
// CaseDesk: cases for contact centres, a FastCGI application behind nginx.
// The targets stand in the order of the layers: a target imports only from those above it.

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]

/// Each module has a page of its own beside its sources.
let modulePage = ["README.md"]

let package = Package(
    name: "CaseDesk",
    products: [.executable(name: "casedesk", targets: ["casedesk"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    ],
    targets: [
        // C libraries of Debian.
        .systemLibrary(
            name: "CFCGI", pkgConfig: "fcgi", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // Leaves: each knows one format or protocol and nothing of cases.
        .target(
            name: "FastCGI", dependencies: ["CFCGI"], exclude: modulePage, swiftSettings: settings),
        .target(name: "FormData", exclude: modulePage, swiftSettings: settings),
        .target(name: "FileAccess", exclude: modulePage, swiftSettings: settings),
        .target(
            name: "FileFormat", dependencies: ["FileAccess"], exclude: modulePage,
            swiftSettings: settings),
        .target(name: "Markup", exclude: modulePage, swiftSettings: settings),
        .target(
            name: "Credential", dependencies: ["CSodium"], exclude: modulePage,
            swiftSettings: settings),
        .target(
            name: "Transfer", dependencies: ["CCurl"], exclude: modulePage, swiftSettings: settings),

        // The desk.
        .target(name: "CaseModel", exclude: modulePage, swiftSettings: settings),
        .target(
            name: "CaseSuggestion", dependencies: ["CaseModel"], exclude: modulePage,
            swiftSettings: settings),
        .target(
            name: "CustomerFile", dependencies: ["FileAccess", "CaseModel"], exclude: modulePage,
            swiftSettings: settings),
        .target(
            name: "CaseStorage",
            dependencies: [
                "FileAccess", "CaseModel", "CustomerFile",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: modulePage,
            swiftSettings: settings),
        .target(
            name: "CaseDelivery",
            dependencies: ["Markup", "Transfer", "CaseModel", "CaseStorage"],
            exclude: modulePage,
            swiftSettings: settings),
        .target(
            name: "CaseWeb",
            dependencies: [
                "FormData", "FileAccess", "FileFormat", "Markup", "Credential", "CaseModel",
                "CaseSuggestion", "CustomerFile", "CaseStorage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            exclude: modulePage + ["Interface/README.md"],
            swiftSettings: settings),
        .executableTarget(
            name: "casedesk",
            dependencies: [
                "FastCGI", "FormData", "FileAccess", "FileFormat", "Credential", "CaseModel",
                "CaseSuggestion", "CustomerFile", "CaseStorage", "CaseDelivery", "CaseWeb",
                "Transfer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: modulePage,
            swiftSettings: settings),

        // Tests that run in process; those through nginx and a browser are in Tests/ beside them.
        .testTarget(name: "FastCGITests", dependencies: ["FastCGI"], swiftSettings: settings),
        .testTarget(
            name: "FormDataTests",
            dependencies: ["FormData", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .testTarget(
            name: "FileFormatTests", dependencies: ["FileAccess", "FileFormat"],
            swiftSettings: settings),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: settings),
        .testTarget(name: "CredentialTests", dependencies: ["Credential"], swiftSettings: settings),
        .testTarget(name: "TransferTests", dependencies: ["Transfer"], swiftSettings: settings),
        .testTarget(name: "CaseModelTests", dependencies: ["CaseModel"], swiftSettings: settings),
        .testTarget(
            name: "CaseSuggestionTests", dependencies: ["CaseModel", "CaseSuggestion"],
            swiftSettings: settings),
        .testTarget(
            name: "CustomerFileTests", dependencies: ["FileAccess", "CaseModel", "CustomerFile"],
            swiftSettings: settings),
        .testTarget(
            name: "CaseStorageTests",
            dependencies: [
                "FileAccess", "CaseModel", "CustomerFile", "CaseStorage",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CaseDeliveryTests",
            dependencies: ["CaseModel", "CaseStorage", "CaseDelivery", "Transfer"],
            swiftSettings: settings),
        .testTarget(
            name: "CaseWebTests",
            dependencies: [
                "FileAccess", "CaseModel", "CaseSuggestion", "CustomerFile", "CaseStorage",
                "CaseWeb", "Credential", "Markup",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings),
    ]
)
