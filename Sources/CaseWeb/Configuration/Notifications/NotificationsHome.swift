// GET /configuration/notifications: the messages that there are and whether they are sent, the gateways, the limits, and
// how the outbox stands.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

enum NotificationsHome {
    /// The address of the page, with which those of all its parts begin.
    static let link: Link = "/configuration/notifications"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let setup = visit.options.notifications
        let title = "Notifications"
        let content: HTML = """
            <div class="page-head"><h1>\(title)</h1></div>
            \(templates(setup))\(try outbox(visit))\(gateways(setup, visit))\(limits(setup.settings))
            """
        return .page(
            DeskArea.configuration(.notifications).page(title: title, content: content, visit)
                .html(for: visit))
    }

    /// How notifications stand, for the first page of Configuration Center.
    static func state(_ setup: NotificationSetup) -> String {
        let missing = NotificationChannel.allCases.filter { channel in
            !setup.configuredChannels.contains(channel)
        }
        switch missing.count {
        case 0: return "E-mail and SMS are configured"
        case 1: return "\(missing[0].label) is not configured"
        default: return "No gateway is configured"
        }
    }

    private static func templates(_ setup: NotificationSetup) -> HTML {
        let columns = NotificationChannel.allCases.map { channel -> HTML in
            "<th scope=\"col\">\(channel.label)</th>"
        }
        let rows = NotificationKind.allCases.map { kind -> HTML in
            let cells = NotificationChannel.allCases.map { cell(TemplateKey(kind, $0), setup) }
            return """
                <tr><th scope="row">\(kind.label)<div class="muted">\(kind.summary).</div></th>\
                \(cells)</tr>

                """
        }
        return """
            <div class="table-wrap"><table class="table desk-table list-table">
            <caption>What is told, and whether it is sent</caption>
            <thead><tr><th scope="col">Message</th>\(columns)</tr></thead>
            <tbody>\(rows)</tbody></table></div>

            """
    }

    private static func cell(_ key: TemplateKey, _ setup: NotificationSetup) -> HTML {
        let isEnabled = setup[key].isEnabled
        return """
            <td data-label="\(key.channel.label)"><span class="told-cell">\
            \(OnOff.mark(isEnabled, isEnabled ? "Sent" : "Off"))
            <a href="\(EditTemplate.link(key))" id="\(key.kind.rawValue)-\(key.channel.rawValue)">Edit\
            <span class="visually-hidden"> \(key.kind.label) by \(key.channel.noun)</span></a></span></td>
            """
    }

    private static func outbox(_ visit: AgentVisit) throws -> HTML {
        let counts = try visit.reader.messageCounts()
        let waiting = counts[.queued] + counts[.leased] + counts[.handing]
        let rows: [HTML] = [
            fact("Waiting", "\(number(waiting))\(try age(visit))"),
            fact("Unknown", "\(number(counts[.unknown]))\(needsLook(counts[.unknown]))"),
            fact("Refused", "\(number(counts[.refused]))"),
            fact("Handed over", "\(number(counts[.handedOver]))"),
        ]
        return """
            <section class="card-plain" aria-labelledby="outbox-title"><h2 id="outbox-title">Outbox</h2>
            <dl class="facts facts-told">\(rows)</dl>
            <p class="page-actions told-more"><a class="btn btn-outline-secondary" id="outbox" \
            href="\(ListOutbox.link)">Open the outbox</a></p></section>

            """
    }

    /// Counts end somewhere; from there on it is said that there are more.
    private static func number(_ count: Int) -> String {
        count < MessageCounts.maximumCounted
            ? groupedDigits(count) : "\(groupedDigits(MessageCounts.maximumCounted)) or more"
    }

    private static func needsLook(_ count: Int) -> HTML {
        let words: HTML = """
            <span class="muted">; nobody knows whether they arrived, so look at each</span>
            """
        return count == 0 ? .empty : words
    }

    private static func age(_ visit: AgentVisit) throws -> HTML {
        guard let oldest = try visit.reader.oldestWaitingMessage() else { return .empty }
        return "<span class=\"muted\">, the oldest since</span> \(visit.times.element(oldest))"
    }

    private static func gateways(_ setup: NotificationSetup, _ visit: AgentVisit) -> HTML {
        let rows = NotificationChannel.allCases.map { channel -> HTML in
            setup.configuredChannels.contains(channel)
                ? fact(channel.label, "Configured")
                : fact(
                    channel.label,
                    "Not configured<span class=\"muted\">, so its messages wait in the outbox</span>"
                )
        }
        let mayEdit = visit.viewer.employee.role == .administrator
        let button: HTML = """
            <p class="page-actions told-more"><a class="btn btn-outline-secondary" id="gateways" \
            href="\(ShowGateways.link)">Set up gateways</a></p>
            """
        let nobody: HTML = "<p class=\"muted\">An administrator sets gateways up.</p>"
        return """
            <section class="card-plain" aria-labelledby="gateways-title">\
            <h2 id="gateways-title">Gateways</h2>
            <dl class="facts facts-told">\(rows)</dl>\(mayEdit ? button : nobody)</section>

            """
    }

    private static func limits(_ settings: NotificationSettings) -> HTML {
        let none: HTML = "<span class=\"muted\">Not entered, so links have no host</span>"
        let address: HTML = settings.deskAddress.isEmpty ? none : "\(settings.deskAddress)"
        let rows: [HTML] = [
            fact("To one address", hourly(settings.perRecipient)),
            fact("To one customer", hourly(settings.perCustomer)),
            fact("Altogether", hourly(settings.perTenant)),
            fact("Address of the desk", address),
        ]
        return """
            <section class="card-plain" aria-labelledby="limits-title">\
            <h2 id="limits-title">Limits and links</h2>
            <dl class="facts facts-told">\(rows)</dl>
            <p class="page-actions told-more"><a class="btn btn-outline-secondary" id="limits" \
            href="\(EditNotificationLimits.link)">Change limits</a></p></section>

            """
    }

    private static func hourly(_ count: Int) -> HTML {
        "\(counted(count, "message")) an hour"
    }

    private static func fact(_ name: String, _ value: HTML) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }
}
