// GET /configuration/notifications/outbox: every message and how it stands, newest first. ?q= is the number of a case or
// a whole address; ?state=, ?channel= and ?kind= filter; ?before= and ?after= page.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListOutbox {
    /// The address of the list.
    static let link: Link = "/configuration/notifications/outbox"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let request = ListRequest(visit.query, path: link, sortable: [], filters: filters)
        let found = try visit.reader.messages(query(request), at: visit.now)
        return ListPage(
            visit: visit, area: .configuration(.notifications), title: "Outbox",
            noun: "messages", request: request, filters: filters,
            searchLabel: "Case number or whole address", columns: columns(visit),
            slice: slice(found),
            actions: """
                <a class="btn btn-outline-secondary" href="\(NotificationsHome.link)">Notifications</a>
                """,
            above: try waiting(visit), firstSteps: none
        ).response()
    }

    private static let none: HTML = """
        <div class="empty"><h2>No messages yet</h2><p>What the desk tells customers and colleagues by e-mail \
        and SMS stands here, with what became of it.</p></div>
        """

    /// Both steps of being sent are one word for people.
    private static let sending = "sending"

    private static let filters = [
        ListFilter(
            name: "state", label: "State",
            choices: [
                choice(.queued), .init(value: sending, label: MessageState.leased.label),
                choice(.unknown), choice(.refused), choice(.handedOver), choice(.cancelled),
            ]),
        ListFilter(
            name: "channel", label: "Channel",
            choices: NotificationChannel.allCases.map { .init(value: $0.rawValue, label: $0.label) }
        ),
        ListFilter(
            name: "kind", label: "Message",
            choices: MessageKind.allCases.map { .init(value: $0.rawValue, label: $0.label) }),
    ]

    private static func choice(_ state: MessageState) -> EditField.Choice {
        EditField.Choice(value: state.rawValue, label: state.label)
    }

    private static func query(_ request: ListRequest) -> MessageQuery {
        let state = MessageState(rawValue: request["state"])
        let position: MessageQuery.Position =
            switch request.position {
            case .first: .first
            case .after(let key): .olderThan(OutboxMessageID(number: key.id))
            case .before(let key): .newerThan(OutboxMessageID(number: key.id))
            }
        return MessageQuery(
            states: request["state"] == sending ? [.leased, .handing] : state.map { [$0] },
            channel: NotificationChannel(rawValue: request["channel"]),
            kind: MessageKind(rawValue: request["kind"]), text: request.text, position: position,
            limit: ListRequest.pageLength)
    }

    private static func slice(_ page: MessagePage) -> ListSlice<StoredMessage> {
        let key = { (message: StoredMessage) in ListKey(id: message.id.number, value: "") }
        return ListSlice(
            rows: page.messages, previous: page.hasNewer ? page.messages.first.map(key) : nil,
            next: page.hasOlder ? page.messages.last.map(key) : nil)
    }

    /// Since when the oldest one waits, and for which gateway messages wait.
    private static func waiting(_ visit: AgentVisit) throws -> HTML {
        guard let oldest = try visit.reader.oldestWaitingMessage() else { return .empty }
        let missing = NotificationChannel.allCases.filter { channel in
            !visit.options.notifications.configuredChannels.contains(channel)
        }
        let names = missing.map(\.label).joined(separator: " and ")
        let gateways: HTML = " Not configured: \(names)."
        return """
            <p id="outbox-age">The oldest message that waits was made \(visit.times.element(oldest)).\
            \(gateways, if: !missing.isEmpty)</p>
            """
    }

    private static func columns(_ visit: AgentVisit) -> [ListColumn<StoredMessage>] {
        [
            ListColumn(name: "message", title: "Message") { message in
                """
                <a href="\(ShowMessage.link(message.id))">\(title(of: message, visit))</a>
                <div class="muted">\(message.kind.label), \(message.channel.noun)</div>
                """
            },
            ListColumn(name: "to", title: "To") { message in
                MessageReading(message, visit).recipient
            },
            ListColumn(name: "case", title: "Case") { message in
                message.caseNumber.map {
                    "<a href=\"\(ShowCase.link($0))\">\($0.description)</a>"
                } ?? .empty
            },
            ListColumn(name: "state", title: "State") { message in
                state(of: message, visit)
            },
            ListColumn(name: "created", title: "Made") { message in
                visit.times.shortElement(message.createdAt, now: visit.now)
            },
        ]
    }

    private static func title(of message: StoredMessage, _ visit: AgentVisit) -> HTML {
        let number: HTML = "Message \(message.id.description)"
        guard MessageReading(message, visit).isOpenInLists, !message.isTextGone else {
            return number
        }
        let line = message.channel == .email ? message.text.subject : message.text.body
        return "<span class=\"clamp\">\(line)</span>"
    }

    private static func state(of message: StoredMessage, _ visit: AgentVisit) -> HTML {
        let marks = MessageMarks(message: message, visit: visit)
        let why: HTML = "<div class=\"muted\">\(message.waitReason?.sentence ?? "")</div>"
        let tries: HTML = "<div class=\"muted\">\(counted(message.attemptCount, "try"))</div>"
        return """
            <div>\(marks.state)\(why, if: message.waitReason != nil)\
            \(tries, if: message.attemptCount > 1)</div>
            """
    }
}

/// What of a message this person may read: its text and address are as confidential as its case.
struct MessageReading {
    private let message: StoredMessage
    private let visit: AgentVisit

    init(_ message: StoredMessage, _ visit: AgentVisit) {
        self.message = message
        self.visit = visit
    }

    /// Whether it is open without a look at its case.
    var isOpenInLists: Bool {
        visit.viewer.seesAllCases || message.recipient == .employee(visit.employee.id)
    }

    /// Whether it is open, which those know who may see its case.
    func isOpen() throws -> Bool {
        if isOpenInLists { return true }
        guard let number = message.caseNumber,
            let details = try visit.reader.caseDetails(number)
        else { return false }
        return visit.viewer.maySee(caseOwnedBy: details.case.owner, madeBy: details.creator)
    }

    /// Who it is for, in a list.
    var recipient: HTML { recipient(isOpen: isOpenInLists) }

    /// Who it is for; the address is masked for those who may not read the message.
    func recipient(isOpen: Bool) -> HTML {
        guard message.recipient != .erased, !message.address.isEmpty else {
            return "<span class=\"muted\">A deleted customer</span>"
        }
        let address = isOpen ? message.address : message.channel.masked(message.address)
        return "<span>\(message.recipientName) <span class=\"muted\">\(address)</span></span>"
    }
}
