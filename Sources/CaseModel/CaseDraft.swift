package import Foundation

/// A case as a person wants it, checked against every rule but not yet stored.
///
/// What exists is valid: its initialiser is the one place where the rules of the Case Information
/// page stand, and it leaves a ``Problem`` on every field that needs correcting, all at once.
package struct CaseDraft: Equatable, Sendable {
    package let type: CaseType
    package let title: String
    package let description: String
    package let deadline: Date?
    package let priority: Priority?
    package let source: Source?
    package let customer: CustomerID
    package let assignmentMode: AssignmentMode
    /// Who gets it; a queue that hands on its cases chooses one of its members when the case is stored.
    package let owner: Owner
    /// Why this owner, in a sentence for the case's page.
    package let ownerReason: String
    /// What the active rule said and looked at; `nil` with Manually.
    package let decision: RuleDecision?
    package let notifiesByEmail: Bool
    package let notifiesBySMS: Bool
    /// What the case was begun from; `nil` without one.
    package let conversation: ConversationID?

    /// Where a new case stands: claimed by a person, or waiting in a queue.
    package var initialState: CaseState { owner.type == .agent ? .processing : .pending }
}

/// What a draft is checked against.
package struct CaseDraftContext: Sendable {
    package let options: CaseOptions
    /// The customer that the form names, looked up by the caller; `nil` when there is none.
    package let customer: Customer?
    package let creator: Employee
    package let now: Date
    /// The conversation that the form names, looked up by the caller; `nil` when there is none that the creator
    /// may see.
    package let conversation: ConversationID?

    package init(
        options: CaseOptions, customer: Customer?, creator: Employee, now: Date,
        conversation: ConversationID? = nil
    ) {
        self.options = options
        self.customer = customer
        self.creator = creator
        self.now = now
        self.conversation = conversation
    }
}

extension CaseDraft {
    /// Takes the values out of the form; `nil` when there is at least one problem.
    ///
    /// - Parameter problems: Gets every problem found, in the order of the page.
    package init?(
        _ values: CaseFormValues, in context: CaseDraftContext, problems: inout [Problem]
    ) {
        var check = CaseFormCheck(values: values, context: context)
        let type = check.caseType()
        let title = check.title()
        let description = check.description()
        let deadline = check.deadline()
        let priority: Priority? = check.choice(.priority, "a priority")
        let source: Source? = check.choice(.source, "a source")
        let customer = check.customer()
        let assignment = check.assignment()
        let byEmail = check.notification(.notifyEmail, customer?.emails, "e-mail address")
        let bySMS = check.notification(.notifySMS, customer?.phones, "phone number")
        let conversation = check.conversation()
        problems += check.problems
        guard check.problems.isEmpty, let type, let title, let description, let customer,
            let assignment
        else { return nil }
        let attributes = CaseAttributes(
            title: title, description: description, type: type.id, typeName: type.name,
            priority: priority, source: source, customer: customer.id,
            customerName: customer.name, deadline: deadline, savedAt: context.now)
        guard let assigned = assignment.made(for: attributes, problems: &problems) else {
            return nil
        }
        self.init(
            type: type, title: title, description: description, deadline: deadline,
            priority: priority, source: source, customer: customer.id,
            assignmentMode: assigned.mode, owner: assigned.owner, ownerReason: assigned.reason,
            decision: assigned.decision, notifiesByEmail: byEmail, notifiesBySMS: bySMS,
            conversation: conversation)
    }
}
