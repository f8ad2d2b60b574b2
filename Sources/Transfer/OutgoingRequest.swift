/// A request over HTTP as it is to be sent.
package struct OutgoingRequest: Sendable {
    /// What is asked for.
    package enum Method: Sendable {
        case get
        case post
    }

    /// A header field; one whose name or value has a control character is refused when it is sent.
    package struct Field: Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package let method: Method
    /// An absolute `http:` or `https:` address (RFC 3986), every part already percent-encoded.
    package let url: String
    package let headers: [Field]
    /// The bytes of a POST; a GET has none.
    package let body: [UInt8]

    package init(_ method: Method, _ url: String, headers: [Field] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What the other side answered, whole.
package struct ReceivedAnswer: Equatable, Sendable {
    /// The status (RFC 9110, 15); a redirection is not followed, and comes back as it is.
    package let status: Int
    package let body: [UInt8]
}
