/// Which template: there is one for each kind and channel.
package struct TemplateKey: Hashable, Sendable {
    package let kind: NotificationKind
    package let channel: NotificationChannel

    package init(_ kind: NotificationKind, _ channel: NotificationChannel) {
        self.kind = kind
        self.channel = channel
    }

    /// All of them, kind by kind.
    package static let all = NotificationKind.allCases.flatMap { kind in
        NotificationChannel.allCases.map { TemplateKey(kind, $0) }
    }

    /// The number under which the history has the template; it never changes.
    package var number: Int64 {
        let kindNumber: Int64 =
            switch kind {
            case .caseCreated: 0
            case .ownerChanged: 1
            case .statusChanged: 2
            case .reminder: 3
            }
        return kindNumber * 2 + (channel == .email ? 1 : 2)
    }
}

/// A template that is valid: what is said on one channel about one kind of event.
package struct NotificationTemplate: Equatable, Sendable {
    package let key: TemplateKey
    /// Whether such messages are made.
    package let isEnabled: Bool
    /// The line that stands above an e-mail; `nil` for SMS.
    package let subject: TemplateText?
    package let body: TemplateText

    package init(
        key: TemplateKey, isEnabled: Bool, subject: TemplateText?, body: TemplateText
    ) {
        self.key = key
        self.isEnabled = isEnabled
        self.subject = subject
        self.body = body
    }

    /// The message with its variables filled in.
    package func rendered(_ values: TemplateValues) -> RenderedMessage {
        RenderedMessage(subject: subject?.rendered(values) ?? "", body: body.rendered(values))
    }
}

/// A text as it is sent.
package struct RenderedMessage: Equatable, Sendable {
    /// One line; empty for SMS.
    package let subject: String
    /// Lines end in a line feed.
    package let body: String

    package init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }
}

/// What people edit of a template.
package struct NotificationTemplateValues: Editable {
    package static let subject = Subject.notificationTemplate

    /// The names of the form's fields.
    package enum Field {
        /// Not a control: which template it is, taken from the page's address.
        package static let kind = "kind"
        package static let channel = "channel"
        package static let enabled = "enabled"
        package static let subject = "subject"
        package static let body = "body"
    }

    /// Characters of an e-mail's subject, before variables are filled in.
    package static let maximumSubjectCharacters = 200
    /// Characters of an e-mail's text, before variables are filled in.
    package static let maximumEmailCharacters = 5_000
    /// Characters of an SMS, before variables are filled in: about three parts.
    package static let maximumSMSCharacters = 480

    package let template: NotificationTemplate

    package init(_ template: NotificationTemplate) { self.template = template }

    /// - Parameter texts: With ``Field/kind`` and ``Field/channel``; see ``fields(of:_:)``.
    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let kind: NotificationKind? = check.choice(Field.kind, missing: Self.unknown)
        let channel: NotificationChannel? = check.choice(Field.channel, missing: Self.unknown)
        guard let kind, let channel else {
            problems += check.problems
            return nil
        }
        let subject =
            channel == .email ? check.template(Field.subject, Self.subjectRule, kind) : nil
        let body = check.template(Field.body, Self.bodyRule(channel), kind)
        problems += check.problems
        guard let body, check.problems.isEmpty else { return nil }
        template = NotificationTemplate(
            key: TemplateKey(kind, channel), isEnabled: check.isTicked(Field.enabled),
            subject: subject, body: body)
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.kind: template.key.kind.rawValue, Field.channel: template.key.channel.rawValue,
            Field.enabled: template.isEnabled ? "1" : "",
            Field.subject: template.subject?.source ?? "", Field.body: template.body.source,
        ])
    }

    /// The fields of a form together with the template that its address names.
    package static func fields(of key: TemplateKey, _ texts: FieldTexts) -> FieldTexts {
        var texts = texts
        texts[Field.kind] = key.kind.rawValue
        texts[Field.channel] = key.channel.rawValue
        return texts
    }

    /// The length and the label of the text of a channel.
    package static func bodyRule(_ channel: NotificationChannel) -> TextRule {
        TextRule(
            label: "Text", missing: "Enter a text",
            limit: channel == .email ? maximumEmailCharacters : maximumSMSCharacters,
            mayHaveLines: true)
    }

    /// The length and the label of the subject of an e-mail.
    package static let subjectRule = TextRule(
        label: "Subject", missing: "Enter a subject", limit: maximumSubjectCharacters)

    private static let unknown = "There is no such template"
}

extension FieldCheck {
    fileprivate mutating func template(
        _ field: String, _ rule: TextRule, _ kind: NotificationKind
    ) -> TemplateText? {
        let text = text(field, rule)
        do throws(TemplateText.Fault) {
            return try TemplateText(text, for: kind)
        } catch {
            let allowed = TemplateVariable.allowed(for: kind)
            refuse(field, "\(rule.label) \(error.sentence(allowing: allowed))")
            return nil
        }
    }
}
