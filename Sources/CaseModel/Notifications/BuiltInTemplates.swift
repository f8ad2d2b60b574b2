extension NotificationTemplate {
    /// The template of a tenant space whose people have written none: customers are told, owners are not.
    package static func builtIn(_ key: TemplateKey) -> NotificationTemplate {
        let (subject, body) = sources(key)
        do {
            return NotificationTemplate(
                key: key, isEnabled: key.kind.audience == .customer,
                subject: try subject.map { try TemplateText($0, for: key.kind) },
                body: try TemplateText(body, for: key.kind))
        } catch {
            preconditionFailure("a built-in template is wrong: \(error)")
        }
    }

    private static func sources(_ key: TemplateKey) -> (subject: String?, body: String) {
        switch key.channel {
        case .email: (emailSubject(key.kind), emailBody(key.kind))
        case .sms: (nil, sms(key.kind))
        }
    }

    private static func emailSubject(_ kind: NotificationKind) -> String {
        switch kind {
        case .caseCreated: "Your case {case_number}: {case_title}"
        case .statusChanged: "Your case {case_number} has news: {case_title}"
        case .ownerChanged: "Case {case_number} is with {owner_name}: {case_title}"
        case .reminder: "Reminder of case {case_number}: {case_title}"
        }
    }

    private static func emailBody(_ kind: NotificationKind) -> String {
        switch kind {
        case .caseCreated:
            """
            Hello {recipient_name},

            thank you for getting in touch. What you told us is case {case_number} now:

            {case_title}
            ({case_type})

            Please keep the number; with it we find your case at once.

            Kind regards
            {tenant_name}
            """
        case .statusChanged:
            """
            Hello {recipient_name},

            there is news about your case {case_number}:

            {case_title}
            ({case_type})

            It is in the step “{case_status}”.

            Kind regards
            {tenant_name}
            """
        case .ownerChanged:
            """
            Hello {recipient_name},

            case {case_number} is with {owner_name}.

            {case_title}
            Type: {case_type}
            Customer: {customer_name}
            Priority: {case_priority}
            Deadline: {deadline}

            {case_link}
            """
        case .reminder:
            """
            Hello {recipient_name},

            case {case_number} waits for {owner_name}.

            {case_title}
            Type: {case_type}
            Customer: {customer_name}
            Status: {case_status}
            Priority: {case_priority}
            Deadline: {deadline}

            {case_link}
            """
        }
    }

    private static func sms(_ kind: NotificationKind) -> String {
        switch kind {
        case .caseCreated: "{tenant_name}: your case {case_number} is open. {case_title}"
        case .statusChanged: "{tenant_name}: your case {case_number} is in step {case_status}."
        case .ownerChanged: "Case {case_number} is with {owner_name}: {case_title} {case_link}"
        case .reminder: "Reminder of case {case_number}: {case_title}. {case_link}"
        }
    }
}
