import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `The list of cases` {
    /// Every combination of creator, owner and type, twice: 3 x 5 x 2 x 2 = 60 cases.
    private func filled() throws -> (TestSpace, [CaseDetails]) {
        let space = try TestSpace()
        let owners: [Owner] = [
            .queue(space.billing.id), .queue(space.repairs.id), .agent(space.mia.id),
            .agent(space.noah.id), .agent(space.ada.id),
        ]
        var numbers: [CaseNumber] = []
        for round in 0..<2 {
            for creator in [space.mia, space.noah, space.ada] {
                for owner in owners {
                    for type in [space.refund, space.outage] {
                        let draft = try space.draft(
                            by: creator, title: "Round \(round) apple", type: type, owner: owner)
                        numbers.append(try space.createCase(draft, by: creator))
                    }
                }
            }
        }
        let reader = try space.store.makeReader()
        return (space, try numbers.map { try #require(try reader.caseDetails($0)) })
    }

    @Test func `shows exactly what the rule lets a person see, for every filter`() throws {
        let (space, all) = try filled()
        let reader = try space.store.makeReader()
        let owners: [OwnerFilter?] = [
            nil, .me, .myQueues, .queue(space.billing.id), .queue(space.repairs.id),
            .agent(space.mia.id), .agent(space.noah.id),
        ]
        for employee in [space.mia, space.noah, space.ada] {
            let viewer = space.viewer(employee)
            for owner in owners {
                for state in [nil, CaseState.pending, .processing, .completed] {
                    for type in [nil, space.refund, space.outage] {
                        for text in ["", "apple", "round 1"] {
                            let wanted = all.filter { details in
                                viewer.maySee(
                                    caseOwnedBy: details.case.owner, madeBy: details.creator)
                                    && owner.map { accepts(details, $0, viewer) } ?? true
                                    && (state == nil || details.case.state == state)
                                    && (type == nil || details.case.typeName == type?.name)
                                    && (text != "round 1" || details.case.title.contains("1"))
                            }
                            let page = try reader.cases(
                                CaseQuery(
                                    viewer: viewer, owner: owner, state: state, type: type?.id,
                                    text: text, limit: 100))
                            #expect(
                                page.cases.map(\.number) == wanted.map(\.case.number).reversed(),
                                "\(employee.login) \(String(describing: owner)) \(text)")
                            #expect(!page.hasOlder && !page.hasNewer)
                        }
                    }
                }
            }
        }
    }

    private func accepts(
        _ details: CaseDetails, _ owner: OwnerFilter, _ viewer: Viewer
    ) -> Bool {
        switch (owner, details.case.owner) {
        case (.me, .agent(let agent)): agent == viewer.employee.id
        case (.myQueues, .queue(let queue)): viewer.queues.contains(queue)
        case (.queue(let wanted), .queue(let queue)): wanted == queue
        case (.agent(let wanted), .agent(let agent)): wanted == agent
        default: false
        }
    }

    @Test(arguments: [59, 60, 61], ["", "apple"])
    func `pages back and forth without losing or repeating one`(limit: Int, text: String) throws {
        let (space, all) = try filled()
        let reader = try space.store.makeReader()
        var query = CaseQuery(viewer: space.viewer(space.ada), text: text, limit: limit)
        let first = try reader.cases(query)
        #expect(first.cases.count == min(limit, all.count))
        #expect(first.hasOlder == (limit < all.count))
        guard let last = first.cases.last else { return }
        query.position = .olderThan(last.number)
        let second = try reader.cases(query)
        #expect(first.cases.count + second.cases.count == all.count)
        #expect(second.hasNewer)
        #expect(!second.hasOlder)
        guard let top = second.cases.first else { return }
        query.position = .newerThan(top.number)
        let back = try reader.cases(query)
        #expect(back.cases == first.cases)
        #expect(!back.hasNewer)
        #expect(back.hasOlder)
    }

    @Test func `walks through small pages to both ends`() throws {
        let (space, all) = try filled()
        let reader = try space.store.makeReader()
        let viewer = space.viewer(space.mia)
        let mine = all.filter { viewer.maySee(caseOwnedBy: $0.case.owner, madeBy: $0.creator) }
        var query = CaseQuery(viewer: viewer, limit: 7)
        var seen: [CaseNumber] = []
        var pages = 0
        while true {
            let page = try reader.cases(query)
            #expect(page.hasNewer == (pages > 0))
            seen += page.cases.map(\.number)
            pages += 1
            guard page.hasOlder, let last = page.cases.last, pages < 50 else { break }
            query.position = .olderThan(last.number)
        }
        #expect(seen == mine.map(\.case.number).reversed())
        var back: [CaseNumber] = []
        query.position = .newerThan(CaseNumber(number: 0))
        while true {
            let page = try reader.cases(query)
            back += page.cases.map(\.number).reversed()
            guard page.hasNewer, let top = page.cases.first, back.count < 100 else { break }
            query.position = .newerThan(top.number)
        }
        #expect(back == mine.map(\.case.number))
    }

    @Test func `shows what a row needs`() throws {
        let space = try TestSpace()
        let draft = try space.draft(owner: .agent(space.noah.id))
        try space.createCase(draft, files: [try space.receive("x")])
        let page = try space.store.makeReader().cases(CaseQuery(viewer: space.viewer(space.mia)))
        #expect(
            page.cases == [
                CaseSummary(
                    number: CaseNumber(number: 1), title: "Charged twice", typeName: "Refund",
                    status: "New", state: .processing, priority: .medium, customerName: "Ann Öre",
                    ownerName: "Noah", deadline: nil, createdAt: space.now, attachmentCount: 1)
            ])
    }

    @Test func `is empty without cases and bounded for any limit`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        let viewer = space.viewer(space.mia)
        for limit in [-1, 0, 1, 1_000_000] {
            let page = try reader.cases(CaseQuery(viewer: viewer, limit: limit))
            #expect(page == CasePage(cases: [], hasOlder: false, hasNewer: false))
        }
        try space.createCase(try space.draft())
        try space.createCase(try space.draft())
        #expect(try reader.cases(CaseQuery(viewer: viewer, limit: 0)).cases.count == 1)
    }

    @Test func `of a workbench has the open cases of oneself and one's queues`() throws {
        let (space, all) = try filled()
        try space.tamper("UPDATE caseRecord SET state = 'completed' WHERE number % 2 = 0")
        let viewer = space.viewer(space.noah)
        let wanted = all.filter { details in
            details.case.number.number % 2 == 1
                && (details.case.owner == .agent(space.noah.id)
                    || details.case.owner == .queue(space.repairs.id))
        }
        let open = try space.store.makeReader().openCases(of: viewer, limit: 100)
        #expect(open.map(\.number) == wanted.map(\.case.number).reversed())
        let some = try space.store.makeReader().openCases(of: viewer, limit: 3)
        #expect(some == Array(open.prefix(3)))
    }
}
