// The closed lists of Customer Notification. Raw values are stored values and parts of addresses; labels are for
// people.

/// What people are told of a case.
package enum NotificationKind: String, CaseIterable, Sendable, Codable {
    case caseCreated = "case_created"
    case ownerChanged = "owner_changed"
    case statusChanged = "status_changed"
    case reminder

    /// The words on the page.
    package var label: String {
        switch self {
        case .caseCreated: "Case created"
        case .ownerChanged: "Owner changed"
        case .statusChanged: "Status changed"
        case .reminder: "Reminder"
        }
    }

    /// Who is told of what, in a sentence.
    package var summary: String {
        switch self {
        case .caseCreated: "Tells the customer that a case was made, when its box is ticked"
        case .ownerChanged:
            "Tells the new owner of a case, or the members of the queue that owns it"
        case .statusChanged:
            "Tells the customer that the case has another status, when its box is ticked"
        case .reminder: "Reminds the owner of a case, when somebody asks for it"
        }
    }

    /// Who is told.
    package var audience: NotificationAudience {
        switch self {
        case .caseCreated, .statusChanged: .customer
        case .ownerChanged, .reminder: .owner
        }
    }

    /// Whether it tells of a change that others may follow soon, so that they go as one message.
    package var isChange: Bool {
        switch self {
        case .ownerChanged, .statusChanged: true
        case .caseCreated, .reminder: false
        }
    }
}

/// Who is told of a case.
package enum NotificationAudience: Sendable {
    /// The customer whom the case is about.
    case customer
    /// The employee who owns the case, or the members of the queue that does.
    case owner
}

/// The way on which people are told.
package enum NotificationChannel: String, CaseIterable, Sendable, Codable {
    case email, sms

    /// The word on the page.
    package var label: String {
        switch self {
        case .email: "E-mail"
        case .sms: "SMS"
        }
    }

    /// The word inside a sentence.
    package var noun: String {
        switch self {
        case .email: "e-mail"
        case .sms: "SMS"
        }
    }

    /// What it needs of a person, inside a sentence.
    package var addressNoun: String {
        switch self {
        case .email: "e-mail address"
        case .sms: "phone number"
        }
    }

    /// An address as it is shown to those who only need to recognise it.
    package func masked(_ address: String) -> String {
        switch self {
        case .email: Mask.email(address)
        case .sms: Mask.phone(address)
        }
    }
}

/// What a message is for.
package enum MessageKind: Hashable, Sendable, CaseIterable, RawRepresentable {
    case notification(NotificationKind)
    /// Somebody tries out a template or a gateway.
    case test

    package static let allCases = NotificationKind.allCases.map(Self.notification) + [.test]

    package init?(rawValue: String) {
        if let kind = NotificationKind(rawValue: rawValue) {
            self = .notification(kind)
        } else if rawValue == "test" {
            self = .test
        } else {
            return nil
        }
    }

    package var rawValue: String {
        switch self {
        case .notification(let kind): kind.rawValue
        case .test: "test"
        }
    }

    /// The words on the page.
    package var label: String {
        switch self {
        case .notification(let kind): kind.label
        case .test: "Test"
        }
    }
}
