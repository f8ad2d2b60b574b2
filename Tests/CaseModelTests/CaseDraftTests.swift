import Foundation
import Testing

@testable import CaseModel

@Suite("Checking the Case Information form")
struct CaseDraftTests {
    private let mia = Employee(
        id: EmployeeID(number: 1), login: "mia", name: "Mia", role: .agent, isActive: true)
    private let customer = Customer(
        id: CustomerID(number: 5), name: "Hannah", emails: ["h@example.org"], phones: [], remark: ""
    )

    private static let rule = AssignmentRule(
        id: AssignmentRuleID(number: 4), name: "Standard", isActive: true,
        items: [
            RuleItem(
                .title, .includes, .text("router"), owner: .agent(EmployeeID(number: 1)))
        ].compactMap(\.self), defaultOwner: .queue(CaseQueueID(number: 3)))

    private func context(rule: AssignmentRule? = rule) -> CaseDraftContext {
        let tenant = TenantSpace(displayName: "T", timeZone: .gmt, isCaseEnabled: true)
        let type = CaseType(
            id: CaseTypeID(number: 2), name: "Internet down", summary: "",
            statuses: ["New", "Completed"], isEnabled: true)
        let options = CaseOptions(
            version: 1, tenant: tenant, types: [type],
            queues: [CaseQueue(id: CaseQueueID(number: 3), name: "Front desk")], agents: [mia],
            customers: [customer], activeRule: rule)
        return CaseDraftContext(
            options: options, customer: customer, creator: mia,
            now: Date(timeIntervalSince1970: 1_795_340_000))
    }

    private func form(_ changes: [CaseField: String] = [:]) -> CaseFormValues {
        var values = CaseFormValues([
            .caseType: "2", .title: "No internet", .description: "Since yesterday",
            .customer: "5", .assignmentMode: "manual", .ownerType: "queue", .ownerQueue: "3",
        ])
        for (field, text) in changes { values[field] = text }
        return values
    }

    private func problems(_ values: CaseFormValues, _ context: CaseDraftContext? = nil)
        -> [CaseField]
    {
        var problems: [Problem] = []
        let draft = CaseDraft(values, in: context ?? self.context(), problems: &problems)
        #expect((draft == nil) == !problems.isEmpty)
        return problems.map(\.field)
    }

    @Test func `takes a form that is right`() throws {
        var problems: [Problem] = []
        let values = form([
            .priority: "critical", .source: "whatsapp", .deadline: "2030-01-01T10:00",
            .notifyEmail: "1",
        ])
        let draft = try #require(CaseDraft(values, in: context(), problems: &problems))
        #expect(draft.type.name == "Internet down")
        #expect(draft.priority == .critical)
        #expect(draft.source == .whatsapp)
        #expect(draft.deadline == Date(timeIntervalSince1970: 1_893_492_000))
        #expect(draft.owner == .queue(CaseQueueID(number: 3)))
        #expect(draft.notifiesByEmail && !draft.notifiesBySMS)
        #expect(draft.initialState == .pending)
    }

    @Test func `names everything that is missing at once, in the order of the page`() {
        #expect(
            problems(CaseFormValues()) == [
                .caseType, .title, .description, .customer, .assignmentMode,
            ])
    }

    @Test(arguments: [CaseField.caseType, .title, .description, .ownerQueue])
    func `asks for a field that is missing`(field: CaseField) {
        #expect(problems(form([field: ""])) == [field])
    }

    @Test(arguments: [
        (CaseField.caseType, "3"), (.caseType, "02"), (.caseType, "2 "), (.caseType, "x"),
        (.priority, "urgent"), (.priority, "Low"), (.source, "fax"), (.ownerQueue, "9"),
        (.ownerType, "robot"), (.assignmentMode, "magic"), (.title, " \t "),
        (.description, "\n\n"), (.title, "two\nlines"), (.deadline, "2020-01-01T10:00"),
        (.deadline, "2030-02-30T10:00"), (.notifySMS, "1"),
    ])
    func `refuses a value that is not on the list or not allowed`(field: CaseField, text: String) {
        #expect(problems(form([field: text])) == [field])
    }

    @Test(arguments: ["x", "é", "e\u{301}", "😀", "👨‍👩‍👧‍👦", "日", "\u{5E9}"])
    func `counts title and description in code points`(unit: String) {
        let each = unit.unicodeScalars.count
        for (field, limit) in [
            (CaseField.title, CaseLimit.maximumTitleCharacters),
            (.description, CaseLimit.maximumDescriptionCharacters),
        ] {
            let filled = String(repeating: unit, count: limit / each)
            let exact = filled + String(repeating: "a", count: limit % each)
            #expect(exact.unicodeScalars.count == limit)
            #expect(problems(form([field: exact])).isEmpty)
            #expect(problems(form([field: String(exact.unicodeScalars.dropLast())])).isEmpty)
            #expect(problems(form([field: exact + "a"])) == [field])
        }
    }

    @Test func `makes the creator the owner with Claim, whatever else is chosen`() throws {
        var problems: [Problem] = []
        let draft = CaseDraft(form([.claim: "1"]), in: context(), problems: &problems)
        #expect(draft?.owner == .agent(mia.id))
        #expect(draft?.initialState == .processing)
        #expect(draft?.ownerReason == "Claimed by Mia, who made the case")
    }

    @Test func `gives the case to an agent who is on the list`() {
        var problems: [Problem] = []
        let values = form([.ownerType: "agent", .ownerAgent: "1", .ownerQueue: ""])
        let draft = CaseDraft(values, in: context(), problems: &problems)
        #expect(draft?.owner == .agent(mia.id))
        #expect(self.problems(form([.ownerType: "agent", .ownerAgent: "7"])) == [.ownerAgent])
    }

    @Test(arguments: [
        ("No internet", Owner.queue(CaseQueueID(number: 3)), Int?.none),
        ("Broken ROUTER", .agent(EmployeeID(number: 1)), 1),
    ])
    func `lets the active rule decide with Auto`(title: String, owner: Owner, item: Int?) throws {
        var problems: [Problem] = []
        let values = form([
            .assignmentMode: "auto", .ownerType: "", .ownerQueue: "", .title: title,
        ])
        let draft = try #require(CaseDraft(values, in: context(), problems: &problems))
        #expect(draft.owner == owner)
        #expect(draft.decision?.itemPosition == item)
        #expect(draft.decision?.looks.map(\.found) == [title])
        #expect(draft.ownerReason == draft.decision?.sentence)
    }

    @Test func `refuses Auto without an active rule, among all other problems`() {
        let values = form([
            .assignmentMode: "auto", .ownerType: "", .ownerQueue: "", .title: "",
        ])
        #expect(problems(values, context(rule: nil)) == [.title, .assignmentMode])
    }

    @Test func `refuses Auto when the default owner is switched off`() {
        let off = AssignmentRule(
            id: AssignmentRuleID(number: 4), name: "Standard", isActive: true, items: [],
            defaultOwner: .agent(EmployeeID(number: 9)),
            inactiveOwners: [EmployeeID(number: 9)])
        let values = form([.assignmentMode: "auto", .ownerType: "", .ownerQueue: ""])
        #expect(problems(values, context(rule: off)) == [.assignmentMode])
    }

    @Test(arguments: [CaseField.ownerQueue, .ownerAgent, .claim])
    func `refuses an owner with Auto`(field: CaseField) {
        var auto = form([.assignmentMode: "auto", .ownerQueue: ""])
        auto[field] = "1"
        #expect(problems(auto) == [field])
    }

    @Test func `keeps a draft's texts through storage`() throws {
        let values = form([.title: "Ünïcode 😀 e\u{301}", .description: "a\nb\t\"<>&"])
        let stored = try JSONEncoder().encode(values)
        #expect(try JSONDecoder().decode(CaseFormValues.self, from: stored) == values)
    }
}
