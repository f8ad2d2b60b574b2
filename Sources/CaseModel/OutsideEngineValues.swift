internal import Foundation

/// What administrators say of the outside engine: a chat endpoint that may read conversations instead of the desk's
/// own engine.
///
/// Its token is not among ``texts``: it is neither shown again nor kept in the history.
package struct OutsideEngineValues: Editable {
    package static let subject = Subject.outsideEngine
    /// The number under which the history has it; there is one in a store.
    package static let id: Int64 = 1

    /// The names of the form's fields.
    package enum Field {
        package static let isEnabled = "engine_enabled"
        package static let address = "engine_address"
        package static let model = "engine_model"
        package static let token = "engine_token"
        package static let forgetsToken = "engine_forget_token"
    }

    /// Longest address, in characters.
    package static let maximumAddressCharacters = 500
    /// Longest name of a model, in characters.
    package static let maximumModelCharacters = 200
    /// Longest token, in characters; those that carry claims are long.
    package static let maximumTokenCharacters = 4_096

    /// Whether it is asked at all.
    package let isEnabled: Bool
    /// Where it is, as it was typed; empty while it is unknown.
    package let address: String
    /// Which of its models answers; may be empty while it is not asked.
    package let model: String
    /// A token that takes the place of the stored one; empty to keep that.
    package let newToken: String
    /// Whether the stored token is to be deleted.
    package let forgetsToken: Bool

    /// No outside engine.
    package static let none = OutsideEngineValues(isEnabled: false, address: "", model: "")

    package init(isEnabled: Bool, address: String, model: String) {
        self.isEnabled = isEnabled
        self.address = address
        self.model = model
        newToken = ""
        forgetsToken = false
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        isEnabled = check.isTicked(Field.isEnabled)
        address = check.text(
            Field.address,
            TextRule(
                label: "Address",
                missing: isEnabled ? "Enter the address of the outside engine" : nil,
                limit: Self.maximumAddressCharacters))
        model = check.text(
            Field.model,
            TextRule(
                label: "Model",
                missing: isEnabled ? "Enter the name of the model that answers" : nil,
                limit: Self.maximumModelCharacters))
        newToken = check.text(
            Field.token, TextRule(label: "Token", limit: Self.maximumTokenCharacters))
        forgetsToken = check.isTicked(Field.forgetsToken)
        if !address.isEmpty, let problem = Self.problem(with: address) {
            check.refuse(Field.address, problem)
        }
        // It travels in a header, which has no room for anything else (RFC 6750, 2.1; RFC 9110, 5.5).
        if !newToken.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            check.refuse(Field.token, "Token has characters that no token has; copy it once more")
        }
        if !newToken.isEmpty && forgetsToken {
            check.refuse(
                Field.forgetsToken, "Enter a new token or delete the stored one, not both")
        }
        problems += check.problems
        guard check.problems.isEmpty else { return nil }
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.isEnabled: isEnabled ? FieldTexts.ticked : "", Field.address: address,
            Field.model: model,
        ])
    }
}

// MARK: - The address

extension OutsideEngineValues {
    /// What every address of such an endpoint ends with.
    private static let operation = "/chat/completions"

    /// Where questions are sent: the address with the operation, which may be left out.
    package var endpoint: String {
        guard var parts = URLComponents(string: address) else { return address }
        guard !parts.percentEncodedPath.hasSuffix(Self.operation) else { return address }
        while parts.percentEncodedPath.hasSuffix("/") { parts.percentEncodedPath.removeLast() }
        parts.percentEncodedPath += Self.operation
        return parts.string ?? address
    }

    /// The host as people read it; empty while there is no address.
    package var host: String { URLComponents(string: address)?.host ?? "" }

    /// What is wrong with an address; `nil` when nothing is.
    ///
    /// What customers say leaves the desk, so only a program on the same machine may get it in the clear.
    private static func problem(with address: String) -> String? {
        guard address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: address), let host = parts.host,
            isHost(host), parts.scheme == "https" || parts.scheme == "http"
        else {
            return "Enter an address such as https://engine.example.org/v1"
        }
        if parts.user != nil || parts.password != nil {
            return "Take name and password out of the address; the token has a field of its own"
        }
        if parts.fragment != nil { return "Take the part from # on out of the address" }
        if let port = parts.port, !(1...65_535).contains(port) {
            return "Enter an address with a port from 1 to 65,535"
        }
        if parts.scheme == "http" && !HostName.isThisMachine(host) {
            return "Enter an address that begins with https://; only a program on this machine, "
                + "such as http://127.0.0.1:8000/v1, may be asked without"
        }
        return nil
    }

    private static func isHost(_ host: String) -> Bool {
        !host.isEmpty
            && host.utf8.allSatisfy { byte in
                let lower = byte | 0x20
                return (0x61...0x7A).contains(lower) || (0x30...0x39).contains(byte)
                    || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains(byte)
            }
    }
}

/// The outside engine as it is asked, with its token.
package struct OutsideEngineSetup: Equatable, Sendable {
    package let values: OutsideEngineValues
    /// Empty for an endpoint that wants none.
    package let token: String

    package init(values: OutsideEngineValues, token: String) {
        self.values = values
        self.token = token
    }
}
