internal import CaseModel
internal import CaseStorage
internal import Transfer

/// Brings messages to a mail server.
final class MailCourier: Courier {
    private let sender: EmailAddress
    private let senderName: String
    private let linkStart: String
    private let transfer: MailTransfer

    /// Milliseconds for one message, a new connection and the answer included.
    ///
    /// Less than a lease, so that the outcome is noted by who has it. What is not answered by then is unknown.
    static let timeoutMilliseconds = 90_000

    init(_ gateway: MailGateway, senderName: String, linkStart: String, stop: TransferStop) {
        let values = gateway.values
        sender = values.senderAddress
        self.senderName = senderName
        self.linkStart = linkStart
        transfer = MailTransfer(
            server: MailServer(
                host: values.host, port: values.port, security: values.security.transferred,
                login: values.login, password: gateway.password.text,
                certificateFile: values.certificateFile.isEmpty ? nil : values.certificateFile,
                // The sender's domain: what a machine calls itself is seldom a name that others know.
                ownName: values.senderAddress.domain),
            timeoutMilliseconds: Self.timeoutMilliseconds, stop: stop)
    }

    func deliver(_ message: OutgoingMessage, mayHand: () -> Bool) -> Handover {
        guard let recipient = try? EmailAddress(message.address) else {
            return .ended(.refused(answer: "\(message.address) is no e-mail address"))
        }
        let mail = MailMessage(
            senderName: senderName, sender: sender, recipient: recipient, text: message.text,
            messageID: message.messageID, createdAt: message.createdAt, linkStart: linkStart)
        do throws(MailFault) {
            let answer = try transfer.send(
                from: sender.description, to: recipient.description, message: mail.bytes,
                beforeLastByte: mayHand)
            return .ended(.handedOver(answer: answer))
        } catch {
            return Handover(error)
        }
    }

    func rest() {
        transfer.close()
    }
}

extension Handover {
    fileprivate init(_ fault: MailFault) {
        self =
            switch fault {
            case .unreachable(let text): .unreachable(text)
            case .passing(let answer): .ended(.later(answer: answer))
            case .final(let answer): .ended(.refused(answer: answer))
            case .unknown(let text): .ended(.unknown(answer: text))
            case .withheld: .withheld
            }
    }
}

extension MailSecurity {
    fileprivate var transferred: MailServer.Security {
        switch self {
        case .none: .none
        case .startTLS: .startTLS
        case .tls: .tls
        }
    }
}

extension EmailAddress {
    /// What stands behind the `@`.
    fileprivate var domain: String {
        String(description.split(separator: "@").last ?? "localhost")
    }
}
