internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Transfer

/// Brings short messages to a gateway over HTTP.
final class SMSCourier: Courier {
    private let gateway: SMSGateway
    private let transfer: HTTPTransfer

    /// Milliseconds for one message; a gateway answers when it has queued it.
    static let timeoutMilliseconds = 30_000
    /// Bytes of an answer: gateways say a line.
    static let maximumAnswerByteCount = 64 * 1024

    init(_ gateway: SMSGateway, stop: TransferStop) {
        self.gateway = gateway
        transfer = HTTPTransfer(
            timeoutMilliseconds: Self.timeoutMilliseconds,
            maximumAnswerByteCount: Self.maximumAnswerByteCount, stop: stop)
    }

    func deliver(_ message: OutgoingMessage, mayHand: () -> Bool) -> Handover {
        let number: E164Number
        do {
            number = try E164Number(PhoneNumber(message.address))
        } catch let fault as E164Number.Fault {
            return .ended(.refused(answer: "The number \(message.address) \(fault.reason)"))
        } catch {
            return .ended(.refused(answer: "\(message.address) is no phone number"))
        }
        let request = SMSRequest(
            number: number, text: ShortMessage(message.text.body), id: message.messageID)
        do throws(TransferFault) {
            let answer = try transfer.send(request.outgoing(to: gateway), beforeSending: mayHand)
            return Handover(answer)
        } catch {
            return Handover(error)
        }
    }

    func rest() {}
}

/// What is to be said to whom, as gateways are asked for it.
struct SMSRequest {
    let number: E164Number
    let text: ShortMessage
    let id: String

    func outgoing(to gateway: SMSGateway) -> OutgoingRequest {
        switch gateway.values.kind {
        case .kannel: kannel(gateway)
        case .template: OutgoingRequest(.get, address(of: gateway))
        }
    }

    /// Kannel's `sendsms` (User's Guide 1.4.5, "Using the HTTP interface to send SMS messages") as a POST:
    /// so the password is in no address, which servers write into their logs.
    private func kannel(_ gateway: SMSGateway) -> OutgoingRequest {
        let values = gateway.values
        var headers: [OutgoingRequest.Field] = [
            .init("X-Kannel-Username", values.login),
            .init("X-Kannel-Password", gateway.password.text),
            .init("X-Kannel-To", number.description),
            .init("X-Kannel-Coding", text.alphabet == .gsm7 ? "0" : "2"),
            .init("Content-Type", "text/plain; charset=UTF-8"),
        ]
        if !values.sender.isEmpty { headers.append(.init("X-Kannel-From", values.sender)) }
        return OutgoingRequest(
            .post, values.address, headers: headers, body: Array(text.text.utf8))
    }

    /// The address with its placeholders filled in; what is filled in is not looked at again.
    private func address(of gateway: SMSGateway) -> String {
        let pieces = gateway.values.address.split(separator: "{", omittingEmptySubsequences: false)
        let rest = pieces.dropFirst().map { piece -> String in
            let parts = piece.split(
                separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = GatewayPlaceholder(rawValue: String(parts[0])) else {
                return "{" + piece
            }
            return Self.percentEncoded(value(of: name, in: gateway)) + parts[1]
        }
        return String(pieces[0]) + rest.joined()
    }

    private func value(of placeholder: GatewayPlaceholder, in gateway: SMSGateway) -> String {
        switch placeholder {
        case .number: number.description
        case .text: text.text
        case .sender: gateway.values.sender
        case .id: id
        case .login: gateway.values.login
        case .password: gateway.password.text
        }
    }

    /// All but the unreserved characters of RFC 3986 (2.3), as bytes of UTF-8.
    private static func percentEncoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

extension Handover {
    /// What a gateway's answer means: by its status, as Kannel's and other gateways' do.
    ///
    /// Only statuses that say that nothing was done lead to another try by itself: a 500, or a 502 or 504 of
    /// something in between, may come after the message was taken.
    init(_ answer: ReceivedAnswer) {
        let text = answer.sentence
        self =
            switch answer.status {
            case 200..<300: .ended(.handedOver(answer: text))
            // Elsewhere, or the log-in is wrong: no message can be sent until somebody changes the set-up.
            case 300..<400, 401, 403, 404, 405, 407: .unreachable(text)
            case 408, 425, 429, 503: .ended(.later(answer: text))
            case 400..<500: .ended(.refused(answer: text))
            default: .ended(.unknown(answer: text))
            }
    }

    init(_ fault: TransferFault) {
        self =
            switch fault {
            case .unreachable(let text), .badAddress(let text), .certificate(let text):
                .unreachable(text)
            case .timedOut(wasSent: false): .unreachable("The gateway did not answer in time")
            case .timedOut(wasSent: true):
                .ended(.unknown(answer: "The gateway did not answer in time"))
            case .answerLost(let text): .ended(.unknown(answer: text))
            case .answerTooLong:
                .ended(.unknown(answer: "The gateway answered with a page, not a line"))
            case .withheld: .withheld
            }
    }
}

extension ReceivedAnswer {
    /// Bytes of a body that are worth reading.
    private static let maximumShownByteCount = 400

    fileprivate var sentence: String {
        let body = HeaderText.oneLine(
            String(decoding: self.body.prefix(Self.maximumShownByteCount), as: UTF8.self))
        return body.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(body)"
    }
}
