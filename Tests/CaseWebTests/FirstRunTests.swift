import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@Suite("The first steps")
struct FirstRunTests {
    private let desk: TestDesk
    private let petra: Browser

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    private func done(_ address: String) -> String? {
        let page = petra.get(address).text
        return page.range(of: "[0-5] of 5 done", options: .regularExpression).map {
            String(page[$0])
        }
    }

    private func saveCase() throws {
        let (token, draft) = try petra.newCase()
        let answer = petra.post("/cases", .multipart(desk.caseFields(token, draft)))
        try #require(answer.status.code == 303, "\(answer.text)")
    }

    private func activateRule() throws {
        let store = try desk.openStore()
        let edit = Edit(base: 0, by: desk.petra.id, at: desk.clock.now)
        let values = AssignmentRuleValues(
            name: "Standard", defaultOwner: .queue(desk.queue.id), items: [])
        try store.setRule(try store.addRule(values, key: nil, edit), isActive: true, edit)
    }

    @Test func `tick themselves and go when all is done`() throws {
        #expect(done("/configuration") == "3 of 5 done")
        try activateRule()
        #expect(done("/configuration") == "4 of 5 done")
        try saveCase()
        #expect(done("/configuration") == nil)
    }

    @Test func `stand on the workbench until there is a case`() throws {
        #expect(done("/workbench") == "3 of 5 done")
        try saveCase()
        #expect(done("/workbench") == nil)
        #expect(done("/configuration") == "4 of 5 done")
    }

    @Test func `are nothing for an agent`() throws {
        let mia = try desk.browser(as: "mia")
        #expect(!mia.get("/workbench").text.contains("first-run"))
    }
}
