import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite struct `The page of the suggestions` {
    static let link = "/configuration/suggestions"

    let desk: TestDesk
    let mia: Browser
    let petra: Browser

    init() throws {
        desk = try TestDesk()
        mia = try desk.browser(as: "mia")
        petra = try desk.browser(as: "petra")
    }

    /// From the conversation to the saved case, as the pages lead.
    private func saveCase(_ name: String, as type: CaseTypeID, choosing: Bool = true) throws {
        let id = try desk.addConversation(name)
        let talk = "/workbench/conversations/\(id)"
        if choosing { #expect(mia.get("\(talk)/case-types").status.code == 200) }
        let page = mia.get("\(talk)/case?case_type=\(type)")
        let fields = try mia.panelFields(page, ["customer": desk.hannah.description])
        let answer = mia.post("/cases", .multipart(fields))
        #expect(answer.status.code == 303, "\(answer.text)")
    }

    private func report() throws -> SuggestionReport {
        let now = desk.clock.now
        return try desk.openStore().makeReader().suggestionReport(
            .init(bounds: [now.addingTimeInterval(-60), now.addingTimeInterval(60)])
        ).report
    }

    @Test func `says what to do while there is nothing to count`() throws {
        let page = petra.get(Self.link)
        #expect(page.status.code == 200 && page.shows("Nothing to count yet"))
        #expect(page.text.contains("href=\"/workbench\""))
        #expect(!page.text.contains("<svg"))
    }

    @Test func `counts where the choice stood among what was shown`() throws {
        let other = try desk.addType("Router swap")
        try saveCase("one", as: desk.type.id)
        try saveCase("two", as: other)
        let report = try report()
        #expect(report.total.first == 1 && report.total.total == 2)
        let page = petra.get(Self.link)
        #expect(page.shows("2 cases made of conversations"))
        #expect(page.text.contains("id=\"time-table\"") && page.text.contains("id=\"type-table\""))
        #expect(page.text.contains("id=\"reliability-table\""))
        #expect(desk.log.all.isEmpty)
    }

    @Test func `counts nothing for a case without a conversation`() throws {
        let (token, draft) = try mia.newCase()
        #expect(mia.post("/cases", .multipart(desk.caseFields(token, draft))).status.code == 303)
        #expect(try report().total.total == 0)
    }

    @Test func `keeps what was shown, whatever has been learned or renamed since`() throws {
        let id = try desk.addConversation("one")
        let talk = "/workbench/conversations/\(id)"
        _ = mia.get("\(talk)/case-types")
        // By now another type fits better, but nobody has seen it.
        let later = try desk.addType("Internet down since yesterday, router shows a red light")
        let page = mia.get("\(talk)/case?case_type=\(later)")
        let fields = try mia.panelFields(page, ["customer": desk.hannah.description])
        #expect(mia.post("/cases", .multipart(fields)).status.code == 303)
        let report = try report()
        #expect(report.total.neither == 1)
        #expect(
            report.commonConfusions.first?.confusion
                == .init(proposed: desk.type.id, chosen: later))
    }

    @Test func `reads once more where nothing was shown, as after a restart`() throws {
        try saveCase("one", as: desk.type.id, choosing: false)
        #expect(try report().total.first == 1)
    }

    @Test func `counts a form that is sent twice once`() throws {
        let id = try desk.addConversation("one")
        let page = mia.get("/workbench/conversations/\(id)/case?case_type=\(desk.type.id)")
        let fields = try mia.panelFields(page, ["customer": desk.hannah.description])
        for _ in 0..<2 { #expect(mia.post("/cases", .multipart(fields)).status.code == 303) }
        #expect(try report().total.total == 1)
    }

    @Test func `names what is taken for what, and types that lack a description`() throws {
        let swap = try desk.addType("Router <swap>")
        let told = try desk.addType("Told", summary: "Has words")
        try saveCase("one", as: swap)
        let page = petra.get(Self.link)
        let table = try #require(page.text.range(of: "id=\"confused-table\""))
        #expect(page.text[table.upperBound...].contains("Router &lt;swap&gt;"))
        let list = try #require(page.text.range(of: "id=\"wordless\""))
        let words = page.text[list.upperBound...].prefix { $0 != "§" }
        #expect(words.contains("/configuration/case-types/\(swap)"))
        #expect(!words.contains("/configuration/case-types/\(told)\""))
    }

    @Test func `says when every type has a description`() throws {
        let store = try desk.openStore()
        try store.setCaseType(desk.type.id, isEnabled: false)
        _ = try desk.addType("Told", summary: "Has words")
        #expect(petra.get(Self.link).shows("Every enabled case type has a description."))
    }

    @Test(arguments: [
        "", "?by=days", "?by=weeks&type=1", "?by=x&type=x&engine=x", "?type=99", "?engine=embedded",
        "?engine=outside", "?by=days&by=weeks", "?type=9223372036854775807",
    ]) func `bears whatever it is asked for`(query: String) throws {
        try saveCase("one", as: desk.type.id)
        let page = petra.get(Self.link + query)
        #expect(page.status.code == 200)
        #expect(desk.log.all.isEmpty)
    }

    @Test func `shows one type, one engine, and a time in which nothing was`() throws {
        try saveCase("one", as: desk.type.id)
        let ofType = petra.get(Self.link + "?type=\(desk.type.id)")
        #expect(ofType.shows("1 case made of conversations"))
        #expect(petra.get(Self.link + "?engine=outside").shows("Nothing in this time"))
        desk.clock.advance(27 * 7 * 86_400)
        #expect(try desk.browser(as: "petra").get(Self.link).shows("Nothing in this time"))
    }

    @Test func `counts a case near midnight on the day of the tenant space`() throws {
        // 2026-11-22 10:53:20 UTC; in Berlin the next day begins at 23:00 UTC.
        desk.clock.advance(12.5 * 3_600)
        let agent = try desk.browser(as: "mia")
        let id = try desk.addConversation("one")
        let page = agent.get("/workbench/conversations/\(id)/case?case_type=\(desk.type.id)")
        let fields = try agent.panelFields(page, ["customer": desk.hannah.description])
        #expect(agent.post("/cases", .multipart(fields)).status.code == 303)
        let text = try desk.browser(as: "petra").get(Self.link + "?by=days").text
        #expect(text.contains("<tbody><tr><th scope=\"row\">23 Nov</th><td>1</td>"))
    }
}

@Suite struct `Values that were noted last` {
    @Test func `are kept up to the limit, the newest`() {
        var values = RecentValues<Int, Int>(limit: 3)
        for key in 0..<100 { values[key] = key }
        #expect((97..<100).allSatisfy { values[$0] == $0 })
        #expect((0..<94).allSatisfy { values[$0] == nil })
    }

    @Test func `stay when they are noted again`() {
        var values = RecentValues<Int, Int>(limit: 3)
        values[0] = 0
        for key in 1..<100 {
            values[key] = key
            values[0] = key
        }
        #expect(values[0] == 99 && values[99] == 99)
        values[0] = nil
        #expect(values[0] == nil)
    }
}
