import Foundation
import Testing

@testable import CaseModel

/// Makes values of fields; the names of the fields to correct.
private func faults<Values: Editable>(_ type: Values.Type, _ texts: [String: String]) -> [String] {
    var problems: [FieldProblem] = []
    let values = Values(FieldTexts(texts), problems: &problems)
    #expect((values == nil) == !problems.isEmpty)
    return problems.map(\.field)
}

private func values<Values: Editable>(
    _ type: Values.Type, _ texts: [String: String]
) throws -> Values {
    var problems: [FieldProblem] = []
    return try #require(Values(FieldTexts(texts), problems: &problems), "\(problems)")
}

private func letters(_ count: Int) -> String { String(repeating: "ü", count: count) }

@Suite("The values of a case queue")
struct CaseQueueValuesTests {
    private static let right = ["name": " Billing ", "distribution": "claim", "members": "7\n3"]

    @Test func `come from the form and go back to it`() throws {
        let queue = try values(CaseQueueValues.self, Self.right)
        #expect(queue.name == "Billing")
        #expect(queue.members == [EmployeeID(number: 3), EmployeeID(number: 7)])
        #expect(
            queue.texts
                == FieldTexts(["name": "Billing", "distribution": "claim", "members": "3\n7"]))
        #expect(
            try values(CaseQueueValues.self, ["name": "A", "distribution": "least_open"]).members
                .isEmpty)
    }

    @Test func `name everything that is wrong at once`() {
        #expect(
            faults(CaseQueueValues.self, ["members": "x"]) == ["name", "distribution", "members"])
    }

    @Test(arguments: [
        ("name", "", false), ("name", " \t ", false), ("name", letters(200), true),
        ("name", letters(201), false), ("name", "a\nb", false), ("distribution", "magic", false),
        ("distribution", "Claim", false), ("distribution", "round_robin", true),
        ("members", "0", false), ("members", "-1", false), ("members", "03", false),
        ("members", "3\n3", true),
    ])
    func `keep the rule of each field`(field: String, text: String, isRight: Bool) {
        let texts = Self.right.merging([field: text]) { $1 }
        #expect(faults(CaseQueueValues.self, texts) == (isRight ? [] : [field]))
    }
}

@Suite("The values of a case role")
struct CaseRoleValuesTests {
    @Test func `have Query All with any operation, and with nothing else`() throws {
        for permission in Permission.allCases {
            let role = try values(
                CaseRoleValues.self, ["name": "R", "permissions": permission.rawValue])
            let isOperation: Set<Permission> = [
                .close, .transfer, .cancel, .recovery, .restart, .pause, .upgrade, .editing,
            ]
            let hasAll = permission == .queryAll || isOperation.contains(permission)
            #expect(role.permissions.contains(.queryAll) == hasAll, "\(permission)")
            #expect(role.permissions.contains(permission))
        }
    }

    @Test func `go back to the form in the order of the list`() throws {
        let role = try values(
            CaseRoleValues.self,
            ["name": "Lead", "permissions": "report\nclose", "employees": "9\n2"])
        #expect(
            role.texts
                == FieldTexts([
                    "name": "Lead", "permissions": "query_all\nclose\nreport", "employees": "2\n9",
                ]))
    }

    @Test(arguments: [
        ("name", "", false), ("name", letters(200), true), ("name", letters(201), false),
        ("permissions", "", false), ("permissions", "Close", false),
        ("permissions", "close\nfly", false), ("permissions", "report", true),
        ("employees", "mia", false), ("employees", "", true),
    ])
    func `keep the rule of each field`(field: String, text: String, isRight: Bool) {
        let texts = ["name": "Lead", "permissions": "close"].merging([field: text]) { $1 }
        #expect(faults(CaseRoleValues.self, texts) == (isRight ? [] : [field]))
    }
}

@Suite("The values of an employee")
struct EmployeeValuesTests {
    private static let right = ["name": "Mia Keller", "role": "agent"]

    @Test func `need a name and a role, and may have the others`() throws {
        let least = try values(EmployeeValues.self, Self.right)
        #expect(least == EmployeeValues(name: "Mia Keller", role: .agent))
        let full = [
            "name": "Mia", "role": "administrator", "email": "mia@example.org",
            "phone": "+49 (30) 555-01.42/7", "time_zone": "Asia/Tokyo",
        ]
        #expect(try values(EmployeeValues.self, full).texts == FieldTexts(full))
        #expect(faults(EmployeeValues.self, [:]) == ["name", "role"])
    }

    @Test(arguments: [
        ("name", letters(200), true), ("name", letters(201), false),
        ("email", "a@b", true), ("email", "a@b.c", true), ("email", "a", false),
        ("email", "@b", false), ("email", "a@", false), ("email", "a@b@c", false),
        ("email", "a b@c", false), ("email", "a@b..c", false), ("email", "a@-b.c", false),
        ("email", "a b@c.d", false),
        ("email", "a@" + String(repeating: "b.", count: 125) + "cc", true),
        ("email", "a@" + String(repeating: "b.", count: 125) + "ccc", false),
        ("phone", "112", true), ("phone", "11", false), ("phone", "12345678901234567890", true),
        ("phone", "123456789012345678901", false), ("phone", "555-CALL", false),
        ("phone", "٣٣٣٣", false),
        ("time_zone", "Europe/Berlin", true), ("time_zone", "Asia/Kolkata", true),
        ("time_zone", "Moon/Base", false), ("time_zone", "GMT+3", false),
        ("time_zone", "../etc/passwd", false),
        ("role", "owner", false), ("role", "administrator", true),
    ])
    func `keep the rule of each field`(field: String, text: String, isRight: Bool) {
        let texts = Self.right.merging([field: text]) { $1 }
        #expect(faults(EmployeeValues.self, texts) == (isRight ? [] : [field]))
    }

    @Test(
        arguments: [
            ("mia", "mia"), (" Mia.K ", "mia.k"), ("a-b_c@example.org", "a-b_c@example.org"),
            ("7", "7"), ("", nil), ("  ", nil), ("mia keller", nil), ("müller", nil), ("a/b", nil),
            ("a\nb", nil), (String(repeating: "a", count: 100), String(repeating: "a", count: 100)),
            (String(repeating: "a", count: 101), nil),
        ] as [(String, String?)])
    func `are beside a login of plain letters`(text: String, login: String?) {
        #expect(LoginName(text)?.description == login)
    }
}

@Suite("The values of the tenant space")
struct TenantValuesTests {
    @Test func `come from the form and go back to it`() throws {
        let texts = ["name": "Example", "time_zone": "Europe/Berlin", "case_enabled": "1"]
        #expect(try values(TenantValues.self, texts).texts == FieldTexts(texts))
        #expect(try !values(TenantValues.self, ["name": "E", "time_zone": "UTC"]).isCaseEnabled)
        #expect(faults(TenantValues.self, [:]) == ["name", "time_zone"])
    }

    @Test(arguments: [
        ("name", letters(200), true), ("name", letters(201), false), ("time_zone", "UTC", true),
        ("time_zone", "GMT", true), ("time_zone", "Etc/GMT-5", true), ("time_zone", "EST+", false),
        ("time_zone", "utc", false),
    ])
    func `keep the rule of each field`(field: String, text: String, isRight: Bool) {
        let texts = ["name": "E", "time_zone": "UTC"].merging([field: text]) { $1 }
        #expect(faults(TenantValues.self, texts) == (isRight ? [] : [field]))
    }

    @Test func `offer every zone that is chosen in tests, and each once`() {
        #expect(TimeZoneName.offered.count == Set(TimeZoneName.offered).count)
        for name in ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"] {
            #expect(TimeZoneName.offered.contains(name))
        }
        #expect(TimeZoneName.offered.allSatisfy { TimeZone(identifier: $0) != nil })
    }
}
