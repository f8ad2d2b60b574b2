// The closed lists of a case. Raw values are form values and stored values; labels are for people.

/// How urgent a case is; `critical` is the top.
package enum Priority: String, CaseIterable, Sendable, Codable {
    case low, medium, high, critical

    /// The word on the page.
    package var label: String {
        switch self {
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        case .critical: "Critical"
        }
    }
}

/// The channel a case came from.
package enum Source: String, CaseIterable, Sendable, Codable {
    case voice, whatsapp, web, email

    /// The word on the page.
    package var label: String {
        switch self {
        case .voice: "Voice"
        case .whatsapp: "Whatsapp"
        case .web: "Web"
        case .email: "Email"
        }
    }
}

/// Who decides on the owner: the person, or the tenant space's rule.
package enum AssignmentMode: String, CaseIterable, Sendable, Codable {
    case manual, auto

    /// The words on the page.
    package var label: String {
        switch self {
        case .manual: "Manually"
        case .auto: "Auto by rule"
        }
    }
}

/// What kind of owner a case has.
package enum OwnerType: String, CaseIterable, Sendable, Codable {
    case queue, agent

    /// The words on the page.
    package var label: String {
        switch self {
        case .queue: "Case Queue"
        case .agent: "Agent"
        }
    }
}

/// Who is responsible for a case.
package enum Owner: Hashable, Sendable {
    case queue(CaseQueueID)
    case agent(EmployeeID)

    /// The kind alone.
    package var type: OwnerType {
        switch self {
        case .queue: .queue
        case .agent: .agent
        }
    }
}

/// The system's view of where a case stands, beside the status of its type's process.
package enum CaseState: String, CaseIterable, Sendable, Codable {
    /// Nobody handles it yet: a queue owns it.
    case pending
    /// A person owns it.
    case processing
    /// Its process has ended.
    case completed

    /// The word on the page.
    package var label: String {
        switch self {
        case .pending: "Pending"
        case .processing: "Processing"
        case .completed: "Completed"
        }
    }
}

/// What a person may do; more roles come with Configuration Center.
package enum Role: String, CaseIterable, Sendable, Codable {
    /// Works on own cases, cases made by them, and those of their queues.
    case agent
    /// Sees every case of the tenant space.
    case administrator
}
