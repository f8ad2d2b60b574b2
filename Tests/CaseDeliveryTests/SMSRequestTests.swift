import CaseModel
import CaseStorage
import Testing

@testable import CaseDelivery
@testable import Transfer

@Suite("A request to an SMS gateway")
struct SMSRequestTests {
    private func request(_ text: String = "Case 7", to gateway: SMSGateway) throws
        -> OutgoingRequest
    {
        let number = try E164Number(PhoneNumber("+49 30 5550142"))
        return SMSRequest(number: number, text: ShortMessage(text), id: "0123abcd").outgoing(
            to: gateway)
    }

    private func gateway(
        _ kind: SMSGatewayKind, _ address: String, login: String = "desk", sender: String = ""
    ) -> SMSGateway {
        SMSGateway(
            values: SMSGatewayValues(kind: kind, address: address, login: login, sender: sender),
            password: Secret("se cret"))
    }

    @Test(arguments: [("Größe 5 €", "0"), ("Größe 5 ж", "2")])
    func `is what Kannel takes, and no secret is in its address`(text: String, coding: String)
        throws
    {
        let request = try request(
            text, to: gateway(.kannel, "http://127.0.0.1:13013/cgi-bin/sendsms", sender: "Desk"))
        #expect(request.method == .post)
        #expect(request.url == "http://127.0.0.1:13013/cgi-bin/sendsms")
        #expect(
            request.headers.map { "\($0.name): \($0.value)" } == [
                "X-Kannel-Username: desk", "X-Kannel-Password: se cret",
                "X-Kannel-To: +49305550142", "X-Kannel-Coding: \(coding)",
                "Content-Type: text/plain; charset=UTF-8", "X-Kannel-From: Desk",
            ])
        #expect(request.body == Array(text.utf8))
    }

    @Test(arguments: [
        (
            "http://g.example/?to={number}&t={text}",
            "http://g.example/?to=%2B49305550142&t=a%20%26%C3%A4%7Bid%7D"
        ),
        ("http://g.example/{id}/{sender}/x", "http://g.example/0123abcd/Desk%2F1/x"),
        ("http://g.example/?u={login}&p={password}", "http://g.example/?u=desk&p=se%20cret"),
        ("http://g.example/", "http://g.example/"), ("http://g.example/{", "http://g.example/{"),
        ("http://g.example/{nothing}", "http://g.example/{nothing}"),
    ])
    func `has an address with its placeholders filled in once`(pattern: String, url: String) throws
    {
        let request = try request("a &ä{id}", to: gateway(.template, pattern, sender: "Desk/1"))
        #expect(request.method == .get)
        #expect(request.url == url)
        #expect(request.headers.isEmpty)
    }

    @Test(arguments: [
        (200, "ok", Handover.ended(.handedOver(answer: "HTTP 200: ok"))),
        (202, "0: Accepted\r\n", .ended(.handedOver(answer: "HTTP 202: 0: Accepted"))),
        (204, "", .ended(.handedOver(answer: "HTTP 204"))),
        (302, "", .unreachable("HTTP 302")), (401, "who", .unreachable("HTTP 401: who")),
        (403, "no", .unreachable("HTTP 403: no")), (404, "", .unreachable("HTTP 404")),
        (400, "bad number", .ended(.refused(answer: "HTTP 400: bad number"))),
        (422, "", .ended(.refused(answer: "HTTP 422"))),
        (429, "", .ended(.later(answer: "HTTP 429"))),
        (503, "", .ended(.later(answer: "HTTP 503"))),
        (500, "", .ended(.unknown(answer: "HTTP 500"))),
        (502, "", .ended(.unknown(answer: "HTTP 502"))),
        (504, "", .ended(.unknown(answer: "HTTP 504"))),
    ])
    func `is answered by a status`(status: Int, body: String, means: Handover) {
        #expect(Handover(ReceivedAnswer(status: status, body: Array(body.utf8))) == means)
    }

    @Test(arguments: [
        (TransferFault.unreachable("a"), Handover.unreachable("a")),
        (.certificate("a"), .unreachable("a")), (.badAddress("a"), .unreachable("a")),
        (.timedOut(wasSent: false), .unreachable("The gateway did not answer in time")),
        (.timedOut(wasSent: true), .ended(.unknown(answer: "The gateway did not answer in time"))),
        (.answerLost("a"), .ended(.unknown(answer: "a"))),
        (.withheld, .withheld),
    ])
    func `without an answer is sent again only where it cannot have arrived`(
        fault: TransferFault, means: Handover
    ) {
        #expect(Handover(fault) == means)
        if case .ended(.unknown) = means {
            #expect(fault.mayHaveArrived)
        } else {
            #expect(!fault.mayHaveArrived)
        }
    }
}
