package import Foundation

/// A kind of thing that people edit, and whose changes are kept.
package enum Subject: String, CaseIterable, Sendable {
    case caseType, caseQueue, employee, caseRole, assignmentRule, customer, tenant, integration
    case notificationTemplate, notificationSettings, mailGateway, smsGateway
    case outsideEngine
}

/// The fields of a thing as texts by name: how it is edited, compared and kept in its history.
///
/// Several values of one field, such as the members of a queue, are one text with a value a line, in an order that
/// does not depend on how they were ticked. A field that is absent is empty.
package struct FieldTexts: Equatable, Sendable {
    private var texts: [String: String]

    package init(_ texts: [String: String] = [:]) {
        self.texts = texts.filter { !$0.value.isEmpty }
    }

    package subscript(name: String) -> String {
        get { texts[name] ?? "" }
        set { texts[name] = newValue.isEmpty ? nil : newValue }
    }

    /// The values of a field that has one a line.
    package func lines(_ name: String) -> [String] {
        self[name].split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }

    /// The names of the fields that are not empty, in their order by bytes.
    package var names: [String] { texts.keys.sorted() }

    /// The names of the fields in which the two differ, in their order by bytes.
    package func differences(from other: FieldTexts) -> [String] {
        Set(texts.keys).union(other.texts.keys).filter { self[$0] != other[$0] }.sorted()
    }
}

/// A field of a thing that the person has to correct, and the sentence that says how.
package struct FieldProblem: Hashable, Sendable {
    /// The field's name in its form.
    package let field: String
    /// One sentence, in the label's words, that says what to do.
    package let message: String

    package init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}

/// The values of a thing that people edit; what exists is valid.
package protocol Editable: Equatable, Sendable {
    static var subject: Subject { get }

    /// Takes the values out of the fields; `nil` when there is at least one problem.
    ///
    /// - Parameter problems: Gets every problem that the fields alone show, in the order of the form.
    init?(_ texts: FieldTexts, problems: inout [FieldProblem])

    /// The fields again; making values of them gives the same values.
    var texts: FieldTexts { get }
}

/// Who changes a thing, and what of it they had seen.
package struct Edit: Sendable {
    /// The newest ``Change`` that the person had seen; 0 for a thing that had none.
    package let base: Int64
    /// `nil` for the command line.
    package let employee: EmployeeID?
    package let at: Date

    package init(base: Int64, by employee: EmployeeID?, at: Date) {
        self.base = base
        self.employee = employee
        self.at = at
    }
}

/// One field of a thing that was changed once.
package struct Change: Equatable, Sendable, Identifiable {
    /// Grows with each change; also what ``Edit/base`` is compared with.
    package let id: Int64
    package let at: Date
    /// `nil` for the command line.
    package let employeeName: String?
    /// The field's name; ``creationField`` for the making of the thing itself.
    package let field: String
    package let before: String
    package let after: String

    /// Stands for the thing as a whole.
    package static let creationField = ""

    package init(
        id: Int64, at: Date, employeeName: String?, field: String, before: String, after: String
    ) {
        self.id = id
        self.at = at
        self.employeeName = employeeName
        self.field = field
        self.before = before
        self.after = after
    }
}

/// A field that two people changed to different texts; neither text is lost.
package struct FieldConflict: Equatable, Sendable {
    /// The field's name.
    package let field: String
    /// What the person of this edit wants.
    package let mine: String
    /// The change that is stored by now; its ``Change/after`` is their text.
    package let theirs: Change

    package init(field: String, mine: String, theirs: Change) {
        self.field = field
        self.mine = mine
        self.theirs = theirs
    }
}

/// What came of an edit that was stored while others edited, too.
package struct Conflict: Equatable, Sendable {
    /// What the form shows next: the changes of others taken over, and what the person of this edit wants in
    /// each of ``fields``.
    package let merged: FieldTexts
    /// The newest change by now: the base of the next edit.
    package let base: Int64
    /// In the order of the fields' names.
    package let fields: [FieldConflict]

    package init(merged: FieldTexts, base: Int64, fields: [FieldConflict]) {
        self.merged = merged
        self.base = base
        self.fields = fields
    }
}
