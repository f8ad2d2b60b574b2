/// A field of the Case Information page, in the order of the page.
///
/// The raw value is the control's `name` and `id`, the key in a stored draft, and what a
/// ``Problem`` points to. Declared once, here.
package enum CaseField: String, CaseIterable, Sendable, Codable {
    case caseType = "case_type"
    case title
    case description
    case deadline
    case priority
    case source
    case customer
    case customerQuery = "customer_query"
    case assignmentMode = "assignment_mode"
    case ownerType = "owner_type"
    case ownerQueue = "owner_queue"
    case ownerAgent = "owner_agent"
    case claim
    case attachments
    case notifyEmail = "notify_email"
    case notifySMS = "notify_sms"
    /// The conversation that the case was begun from; hidden.
    case conversation
    /// The messages of it that had been read when the form was filled in; hidden.
    case messagesRead = "messages_read"

    /// The words beside the control.
    package var label: String {
        switch self {
        case .caseType: "Case Type"
        case .title: "Case Title"
        case .description: "Case Description"
        case .deadline: "Deadline"
        case .priority: "Priority"
        case .source: "Source"
        case .customer: "Associated Customer"
        case .customerQuery: "Find a customer"
        case .assignmentMode: "Assignment Mode"
        case .ownerType: "Owner Type"
        case .ownerQueue, .ownerAgent: "Owner"
        case .claim: "Claim (I am the owner)"
        case .attachments: "Attachment"
        case .notifyEmail: "Email"
        case .notifySMS: "SMS"
        case .conversation: "Conversation"
        case .messagesRead: "Messages read"
        }
    }
}

/// A field that the person has to correct, and the sentence that says how.
package struct Problem: Hashable, Sendable {
    /// Where the sentence stands and where the summary links to.
    package let field: CaseField
    /// One sentence, in the label's words, that says what to do.
    package let message: String

    package init(_ field: CaseField, _ message: String) {
        self.field = field
        self.message = message
    }
}

/// The limits of a case, each declared once for pages, rules and storage.
package enum CaseLimit {
    /// Characters (Unicode code points) of a title.
    package static let maximumTitleCharacters = 128
    /// Characters (Unicode code points) of a description.
    package static let maximumDescriptionCharacters = 20_000
    /// Files of one case.
    package static let maximumAttachments = 5
    /// Bytes of one file, inclusive: 5 MB is 5 * 1024 * 1024.
    package static let maximumAttachmentByteCount = 5 * 1024 * 1024
    /// Bytes of a customer search; longer text cannot be a name, address or number.
    package static let maximumCustomerQueryCharacters = 255
}

/// A number with groups of three digits, as people write limits: `20,000`.
package func groupedDigits(_ number: Int) -> String {
    let digits = String(number)
    let lead = digits.count % 3
    var groups = lead > 0 ? [String(digits.prefix(lead))] : []
    groups += stride(from: lead, to: digits.count, by: 3).map {
        String(digits.dropFirst($0).prefix(3))
    }
    return groups.joined(separator: ",")
}
