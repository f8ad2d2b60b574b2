internal import CaseModel

/// What all spellings of an address of a customer have in common, to find the customer by it.
struct ContactKey: Hashable {
    enum Kind: String {
        case email, phone
    }

    let kind: Kind
    let text: String

    /// Takes a key as it is stored.
    init(kind: Kind, text: String) {
        self.kind = kind
        self.text = text
    }

    init(email: String) {
        kind = .email
        text = email.lowercased()
    }

    init(phone: PhoneNumber) {
        kind = .phone
        text = phone.key
    }

    /// The keys of all addresses of a customer; numbers that are none, as a store may hold, have no key.
    static func all(of values: CustomerValues) -> Set<ContactKey> {
        let emails = values.emails.preferredFirst.map { ContactKey(email: $0) }
        let phones = values.phones.preferredFirst.compactMap { text in
            (try? PhoneNumber(text)).map { ContactKey(phone: $0) }
        }
        return Set(emails + phones)
    }
}
