package import CaseModel
package import Foundation
internal import GRDB

// How a customer stands in its columns: addresses by place, a line each, so that a free place is an empty line.

/// A customer with all that is stored of it.
package struct StoredCustomer: Equatable, Sendable, Identifiable {
    package let id: CustomerID
    package let values: CustomerValues
    package let createdAt: Date
    /// The last change of a field.
    package let updatedAt: Date
    /// Addresses that came out of a conversation and that nobody of the tenant space has confirmed.
    package let unconfirmed: [String]

    /// The field of the history that no form has.
    package static let unconfirmedField = "unconfirmed_addresses"

    /// The columns that ``init(_:)`` reads.
    static let columns = """
        id, name, gender, emails, emailPreferred, phones, phonePreferred, remark, unconfirmed,
        createdAt, updatedAt
        """

    init(_ row: Row) {
        id = row.id("id")
        values = CustomerValues(row)
        createdAt = row.date("createdAt")
        updatedAt = row.date("updatedAt")
        unconfirmed = row.lines("unconfirmed")
    }

    /// The customer as the pages of cases know it.
    package var customer: Customer {
        Customer(
            id: id, name: values.name, emails: values.emails.preferredFirst,
            phones: values.phones.preferredFirst, remark: values.remark, unconfirmed: unconfirmed)
    }
}

extension CustomerValues {
    init(_ row: Row) {
        self.init(
            name: row["name"], gender: row.optionalChoice("gender"), emails: row.emails,
            phones: row.phones, remark: row["remark"])
    }

    /// What lists are sorted by: as ``Swift/Sequence/sorted(byName:)``, without case and accents.
    var nameKey: String { Self.nameKey(of: name) }

    static func nameKey(of name: String) -> String {
        name.folding(
            options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }
}

extension Customer {
    /// The columns that ``init(_:)`` reads.
    static let columns =
        "id, name, emails, emailPreferred, phones, phonePreferred, remark, unconfirmed"

    init(_ row: Row) {
        self.init(
            id: row.id("id"), name: row["name"], emails: row.emails.preferredFirst,
            phones: row.phones.preferredFirst, remark: row["remark"],
            unconfirmed: row.lines("unconfirmed"))
    }
}

extension CustomerValues.Addresses {
    /// The value of a column of addresses.
    var column: String {
        places.map { text in String(text.map { $0.isNewline ? " " : $0 }) }
            .joined(separator: "\n")
    }
}

extension Row {
    /// The e-mail addresses of a customer.
    var emails: CustomerValues.Addresses { addresses("emails", "emailPreferred") }

    /// The phone numbers of a customer.
    var phones: CustomerValues.Addresses { addresses("phones", "phonePreferred") }

    private func addresses(_ places: String, _ preferred: String) -> CustomerValues.Addresses {
        let column: String = self[places]
        let lines = column.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        return CustomerValues.Addresses(
            places: lines.map { String(Substring($0)) }, preferred: self[preferred])
    }
}
