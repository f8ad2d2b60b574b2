import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `Verifying` {
    private func filled() throws -> (TestSpace, String) {
        let space = try TestSpace()
        let file = try space.receive("some bytes")
        try space.createCase(try space.draft(description: "客服 ö \u{E000} x"), files: [file])
        _ = try space.store.saveDraft(
            DraftID(), of: space.mia.id, values: .initial, adding: [try space.receive("y")],
            at: space.now)
        return (space, space.path(of: file.content))
    }

    @Test func `finds nothing when all is well`() throws {
        let (space, _) = try filled()
        try space.store.generateCustomers(count: 50)
        try space.store.generateCases(count: 50)
        #expect(try space.store.verify() == [])
    }

    @Test func `finds a flipped byte`() throws {
        let (space, path) = try filled()
        try Data("sOme bytes".utf8).write(to: URL(fileURLWithPath: path))
        #expect(
            try space.store.verify() == [
                "file \(path): its bytes do not have the hash of its row"
            ])
    }

    @Test func `finds a cut file`() throws {
        let (space, path) = try filled()
        try Data("some byte".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try space.store.verify() == ["file \(path): it has 9 bytes, its row says 10"])
    }

    @Test func `finds a missing file`() throws {
        let (space, path) = try filled()
        try FileManager.default.removeItem(atPath: path)
        #expect(try space.store.verify() == ["file \(path): it is missing"])
    }

    @Test(arguments: [(0.9, 0), (1.1, 1)])
    func `finds a file without a row once it is an hour old`(hours: Double, count: Int) throws {
        let (space, path) = try filled()
        let stray = path + "x"
        try Data("x".utf8).write(to: URL(fileURLWithPath: stray))
        try space.age(stray, hours: hours)
        let finding = "file \(stray): no row names it"
        #expect(try space.store.verify() == Array(repeating: finding, count: count))
    }

    /// Damage to the rows and a word of the finding that must tell it.
    static let damage = [
        ("UPDATE caseRecord SET title = 'Another'", "caseText differs"),
        ("UPDATE caseRecord SET state = 'completed'", "caseText differs"),
        ("DELETE FROM caseText_docsize", "caseText has 0 entries"),
        ("UPDATE customer SET phones = '5'", "customerText differs"),
        ("UPDATE customer SET nameKey = 'z'", "sorted by is wrong"),
        ("DELETE FROM customerContact", "found by is wrong"),
        ("UPDATE caseRecord SET customer = 99", "refers to a customer"),
        ("DELETE FROM attachment", "count of files"),
        ("DELETE FROM caseEvent", "no history"),
        ("UPDATE attachment SET byteCount = 11", "its row says 11"),
        ("PRAGMA ignore_check_constraints = 1; UPDATE caseRecord SET title = ''", "CHECK"),
        ("DELETE FROM caseText_data WHERE id > 10", "caseText"),
    ]

    @Test(arguments: damage) func `finds a damaged row`(statement: String, word: String) throws {
        let (space, _) = try filled()
        try space.tamper(statement)
        let findings = try space.store.verify()
        #expect(findings.contains { $0.contains(word) }, "\(findings)")
    }

    @Test func `finds a damaged page of the database`() throws {
        let (space, _) = try filled()
        try space.store.generateCases(count: 500)
        space.store.close()
        let file = try #require(FileHandle(forUpdatingAtPath: space.database))
        let size = try file.seekToEnd()
        // The last pages have rows; without the schema, in the first, nothing would open.
        for page in stride(from: size - 8 * 4_096, to: size, by: 4_096) {
            try file.seek(toOffset: page)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 512))
        }
        try file.close()
        let again = try #require(try space.data.openTenant(space.store.name))
        defer { again.close() }
        #expect(try again.verify().first?.hasPrefix("database: ") == true)
    }
}
