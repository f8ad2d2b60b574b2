import CaseModel
import Foundation
import GRDB
import Testing

@testable import CaseStorage

@Suite struct `Changes that come at the same time` {
    @Test func `are all on the disk, and one that fails harms no other`() throws {
        let space = try TestSpace()
        let store = space.store
        let results = onThreads(24) { index in
            // Every third takes a name that exists; every fourth breaks a rule half-way.
            if index % 3 == 0 {
                _ = try store.addQueue(name: "Billing", members: [])
            } else if index % 4 == 0 {
                _ = try store.addQueue(name: "Half \(index)", members: [EmployeeID(number: 99)])
            } else {
                _ = try store.addQueue(name: "Queue \(index)", members: [])
            }
            return index
        }
        let refusedIndexes = (0..<24).filter { $0 % 3 == 0 || $0 % 4 == 0 }
        #expect(results.count { (try? $0.get()) == nil } == refusedIndexes.count)
        let names = Set(try store.makeReader().options().queues.map(\.name))
        let wanted = (0..<24).filter { !refusedIndexes.contains($0) }.map { "Queue \($0)" }
        #expect(names == Set(wanted + ["Billing", "Repairs"]))
    }

    @Test func `share commits`() throws {
        let space = try TestSpace()
        let store = space.store
        // While the writer is busy, the others gather; they then see the same commit counter.
        let counters = onThreads(16) { index in
            if index == 0 {
                return try store.writer.write { _ in
                    Thread.sleep(forTimeInterval: 0.3)
                    return Int64(-1)
                }
            }
            Thread.sleep(forTimeInterval: 0.1)
            return try store.writer.write { db in
                try db.run("UPDATE health SET checkedAt = checkedAt + 1")
                return try db.number("SELECT count(*) FROM health WHERE checkedAt = checkedAt") ?? 0
            }
        }
        #expect(counters.allSatisfy { (try? $0.get()) != nil })
        let total = try store.writer.write { try $0.number("SELECT checkedAt FROM health") }
        #expect(total == 15)
    }

    @Test func `are undone alone when they fail after they wrote`() throws {
        let space = try TestSpace()
        let store = space.store
        let results = onThreads(8) { index in
            try store.writer.write { db in
                try db.run("INSERT INTO caseQueue (name) VALUES (?)", ["Q\(index)"])
                if index % 2 == 0 { throw StoreError.notYours }
                return index
            }
        }
        #expect(results.count { (try? $0.get()) == nil } == 4)
        #expect(try space.count("caseQueue") == 2 + 4)
    }

    @Test func `are refused after close, and those that waited are made`() throws {
        let space = try TestSpace()
        let store = space.store
        let results = onThreads(9) { index in
            if index == 8 {
                Thread.sleep(forTimeInterval: 0.05)
                store.close()
            } else {
                _ = try store.addQueue(name: "Q\(index)", members: [])
            }
            return index
        }
        let made = results.count { (try? $0.get()) != nil } - 1
        #expect(try space.count("caseQueue") == 2 + made)
        #expect(throws: StoreError.closed) { try store.addQueue(name: "Late", members: []) }
    }

    @Test func `wait for another program's transaction`() throws {
        let space = try TestSpace()
        let other = try #require(try space.data.openTenant(space.store.name))
        defer { other.close() }
        let stores = [space.store, other]
        let results = onThreads(20) { index in
            try stores[index % 2].addQueue(name: "Q\(index)", members: [])
        }
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        #expect(try space.count("caseQueue") == 22)
    }
}
