// GET /configuration/notifications/outbox/ID: a message with its text, what the server answered at each try, and what can
// be done about it. 404 for a message that is not there.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ShowMessage {
    /// The address of a message.
    static func link(_ id: OutboxMessageID) -> Link { "\(ListOutbox.link)/\(id.description)" }

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: OutboxMessageID.self)
        guard let details = try visit.reader.message(id, at: visit.now) else {
            throw Refusal.notFound
        }
        let isOpen = try MessageReading(details.message, visit).isOpen()
        let view = MessageView(details: details, isOpen: isOpen, visit: visit)
        return .page(
            DeskArea.configuration(.notifications)
                .page(title: view.title, content: view.html, visit).html(for: visit))
    }
}

/// The page of one message.
private struct MessageView {
    let details: MessageDetails
    /// Whether this person may read it.
    let isOpen: Bool
    let visit: AgentVisit

    private var message: StoredMessage { details.message }
    private var marks: MessageMarks { MessageMarks(message: message, visit: visit) }

    var title: String { "Message \(message.id.description): \(message.kind.label)" }

    var html: HTML {
        let link = ShowMessage.link(message.id)
        return """
            <div class="page-head"><h1>\(title)</h1><div class="page-actions">\
            \(marks.acts { "\(link)/\($0)" })\
            <a class="btn btn-outline-secondary" href="\(ListOutbox.link)">Outbox</a></div></div>
            \(HTML.savedNotice(visit))
            <section class="card-plain" aria-label="How it stands">\(marks.advice)\
            <dl class="facts facts-told">\(facts)</dl></section>
            \(text)\(events)
            """
    }

    private var facts: HTML {
        let progress = marks.progress
        let caseLink = message.caseNumber.map { number -> HTML in
            "<a href=\"\(ShowCase.link(number))\">\(number.description)</a>"
        }
        let name = message.channel == .email ? "Message-ID" : "Name at the gateway"
        let rows: [HTML] = [
            fact("State", "\(marks.state) <span class=\"muted\">\(progress)</span>"),
            fact("Channel", "\(message.channel.label)"),
            fact("To", MessageReading(message, visit).recipient(isOpen: isOpen)),
            caseLink.map { fact("Case", $0) } ?? .empty,
            fact("Made", visit.times.element(message.createdAt)),
            fact("Tries", "\(groupedDigits(message.attemptCount))"),
            fact(name, "<code>\(message.messageID)</code>"),
        ]
        return "\(rows)"
    }

    private func fact(_ name: String, _ value: HTML) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }

    private var text: HTML {
        let shown: HTML =
            if !isOpen {
                "<p class=\"muted\">Its text is for those who may see its case.</p>"
            } else if message.isTextGone {
                "<p class=\"muted\">Its text was removed, as it is long ago or its customer was deleted.</p>"
            } else {
                MessageText(message.text, message.channel).html
            }
        return """
            <section class="card-plain" aria-labelledby="text-title"><h2 id="text-title">Text</h2>
            \(shown)</section>

            """
    }

    private var events: HTML {
        guard !details.events.isEmpty else {
            return """
                <section class="card-plain" aria-labelledby="events-title">\
                <h2 id="events-title">What happened</h2><p class="muted">Nothing yet</p></section>
                """
        }
        return """
            <section class="card-plain" aria-labelledby="events-title">\
            <h2 id="events-title">What happened</h2>
            <ol class="history">\(details.events.map(event))</ol></section>
            """
    }

    private func event(_ event: MessageEvent) -> HTML {
        let who: HTML = "<span class=\"history-who\">\(event.employeeName ?? "")</span> "
        let answer: HTML = "<div class=\"told-answer\">\(event.answer)</div>"
        return """
            <li>\(visit.times.element(event.at)) \(who, if: event.employeeName != nil)\
            <span class="history-what">\(event.kind.label)</span>\
            \(answer, if: isOpen && !event.answer.isEmpty)</li>

            """
    }
}
