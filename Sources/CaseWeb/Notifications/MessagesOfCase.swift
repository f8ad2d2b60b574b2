internal import CaseModel
internal import CaseStorage
internal import Markup

/// Who was told of a case, how each message stands, and what can be done about it.
struct MessagesOfCase {
    let messages: [StoredMessage]
    let details: CaseDetails
    let visit: AgentVisit

    /// Messages that a case's page shows; older ones are in the outbox.
    static let maximumMessages = 50

    init(_ details: CaseDetails, _ visit: AgentVisit) throws {
        messages = try visit.reader.messages(
            ofCase: details.case.number, limit: Self.maximumMessages, at: visit.now)
        self.details = details
        self.visit = visit
    }

    var html: HTML {
        guard !messages.isEmpty else { return .empty }
        return """
            <section class="card-plain" id="messages" aria-labelledby="messages-title">\
            <h2 id="messages-title">Messages</h2>
            <ul class="told-list">\(messages.map(item))</ul></section>

            """
    }

    private func item(_ message: StoredMessage) -> HTML {
        let marks = MessageMarks(message: message, visit: visit)
        let answer: HTML = "<div class=\"told-answer\">\(message.lastAnswer)</div>"
        let isMine = SteerMessage.isOffered(details, to: visit.viewer)
        return """
            <li id="message-\(message.id.description)"><div class="told-head"><strong>\
            \(message.kind.label) by \(message.channel.noun)</strong> \(marks.state)</div>
            <div>\(recipient(message))</div>
            <div class="muted">Made \(visit.times.element(message.createdAt)); \(progress(message))</div>\
            \(answer, if: !message.lastAnswer.isEmpty && message.state != .handedOver)\(marks.advice)\
            \(text(message))\(acts(marks), if: isMine && marks.hasActs)</li>

            """
    }

    private func recipient(_ message: StoredMessage) -> HTML {
        guard message.recipient != .erased, !message.address.isEmpty else {
            return "<span class=\"muted\">To a customer who was deleted</span>"
        }
        return """
            To \(message.recipientName), <span class="muted">\
            \(message.channel.masked(message.address))</span>
            """
    }

    private func progress(_ message: StoredMessage) -> HTML {
        let marks = MessageMarks(message: message, visit: visit)
        return message.state.isOpen
            ? marks.progress : "\(message.state.label.lowercased()) \(marks.progress)"
    }

    private func text(_ message: StoredMessage) -> HTML {
        guard !message.isTextGone else { return .empty }
        return """
            <details class="told-text"><summary>Its text</summary>\
            \(MessageText(message.text, message.channel).html)</details>
            """
    }

    private func acts(_ marks: MessageMarks) -> HTML {
        let link: Link = "\(ShowCase.link(details.case.number))/messages/"
        let id = marks.message.id.description
        return "<div class=\"page-actions\">\(marks.acts { "\(link)\(id)/\($0)" })</div>"
    }
}
