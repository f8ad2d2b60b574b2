internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

/// What the customer of a form would be told if it were saved as it is, and what is known of their addresses.
///
/// It is read only when a customer is chosen: the page that agents open most has none.
struct Told {
    private let customer: Customer
    private let texts: [NotificationChannel: RenderedMessage]
    /// The channels on which the last message to the address was refused.
    private let refused: Set<NotificationChannel>

    /// The fields of the form that a text can depend on.
    static let fields: [CaseField] = [
        .customer, .caseType, .title, .deadline, .priority, .assignmentMode, .ownerType,
        .ownerQueue, .ownerAgent, .claim,
    ]

    init(_ values: CaseFormValues, to customer: Customer, _ visit: AgentVisit) throws {
        self.customer = customer
        let told = try NotifiedCase(values, customer: customer, visit)
        let variables = told.values(
            recipient: customer.name, tenant: visit.options.tenant,
            deskAddress: visit.options.notifications.settings.deskAddress)
        var texts: [NotificationChannel: RenderedMessage] = [:]
        var refused: Set<NotificationChannel> = []
        for channel in NotificationChannel.allCases {
            let template = visit.options.notifications[TemplateKey(.caseCreated, channel)]
            guard template.isEnabled,
                case .address(let address, let isConfirmed) = customer.destination(channel)
            else { continue }
            texts[channel] = template.rendered(
                isConfirmed ? variables : variables.withoutFreeText)
            if try visit.reader.hasBounced(address, on: channel) { refused.insert(channel) }
        }
        self.texts = texts
        self.refused = refused
    }

    /// What stands below the box of a channel.
    ///
    /// - Parameter told: `nil` while no customer is chosen; then the place is there and empty.
    static func part(_ channel: NotificationChannel, _ told: Told?) -> HTML {
        let name = channel.box.rawValue
        return """
            <div class="told" id="\(name)-told"><span class="hint" id="\(name)-note">\
            \(told?.note(channel) ?? .empty)</span>\(told?.text(channel) ?? .empty)</div>
            """
    }

    /// Where a message goes, masked, or why none can.
    static func place(of customer: Customer, _ channel: NotificationChannel) -> String {
        switch customer.destination(channel) {
        case .address(let address, _): channel.masked(address)
        case .none(let lack): "\(customer.name) \(lack)"
        }
    }

    private func note(_ channel: NotificationChannel) -> HTML {
        guard texts[channel] != nil,
            case .address(_, let isConfirmed) = customer.destination(channel)
        else { return .empty }
        let bounced: HTML = """
            <strong class="told-bounced">The last message to this address was refused.</strong> 
            """
        let unconfirmed: HTML = """
            Nobody has confirmed this address yet, so only number, type and title are told. \
            <a href="\(EditCustomer.link(customer.id))#addresses">Look at the address</a>
            """
        return """
            \(bounced, if: refused.contains(channel))\
            \(unconfirmed, if: !isConfirmed)
            """
    }

    private func text(_ channel: NotificationChannel) -> HTML {
        guard let text = texts[channel] else { return .empty }
        return """
            <details class="told-text" id="\(channel.box.rawValue)-text">\
            <summary>What the \(channel.noun) will say</summary>\
            \(MessageText(text, channel).html)</details>
            """
    }
}

extension NotificationChannel {
    /// The box of the Case Information page.
    var box: CaseField {
        switch self {
        case .email: .notifyEmail
        case .sms: .notifySMS
        }
    }
}

extension NotifiedCase {
    /// The case as it would be if the form were saved as it is; what is not entered yet stands there in brackets.
    init(_ values: CaseFormValues, customer: Customer, _ visit: AgentVisit) throws {
        let type = visit.options.types.first { $0.id.description == values[.caseType] }
        let deadline = try? Deadline.instant(
            of: values[.deadline], in: visit.zone, now: visit.now)
        self.init(
            number: nil, title: values[.title].isEmpty ? "(the title)" : values[.title],
            typeName: type?.name ?? "(the case type)",
            status: type?.statuses.first ?? CaseType.completedStatus,
            priority: Priority(rawValue: values[.priority]), deadline: deadline,
            customerName: customer.name, ownerName: try Self.ownerName(values, visit))
    }

    private static func ownerName(_ values: CaseFormValues, _ visit: AgentVisit) throws -> String {
        guard values[.assignmentMode] != AssignmentMode.auto.rawValue else {
            return "(the owner whom the rule finds)"
        }
        if values.isTicked(.claim) { return visit.employee.name }
        switch OwnerType(rawValue: values[.ownerType]) {
        case .agent:
            let agent = visit.options.agents.first { $0.id.description == values[.ownerAgent] }
            return agent?.name ?? "(the owner)"
        case .queue:
            let queues = visit.options.queues
            guard let queue = queues.first(where: { $0.id.description == values[.ownerQueue] })
            else { return "(the owner)" }
            let handsOn = try visit.reader.queue(queue.id)?.distribution != .claim
            return handsOn ? "(the member to whom \(queue.name) hands it)" : queue.name
        case nil: return "(the owner)"
        }
    }
}
