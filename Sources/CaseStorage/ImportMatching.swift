package import CaseModel
package import CustomerFile
internal import Foundation
internal import GRDB

/// What became of a row, before it is noted anywhere.
package struct RowResult: Equatable, Sendable {
    package let outcome: RowOutcome
    /// `nil` when it was refused.
    package let customer: CustomerID?
    /// Empty unless it was refused.
    package let reason: String

    static func refused(_ reasons: [String]) -> RowResult {
        RowResult(outcome: .refused, customer: nil, reason: reasons.joined(separator: ". "))
    }
}

extension Database {
    /// Takes a row in: makes the customer, or changes the one that an address of the row belongs to.
    ///
    /// - Parameter earlier: Gives the row of the same file that came to a customer. Two rows with one address and
    ///   two names are two people who share it, and the second must not take the first one's place.
    func takeCustomer(
        _ row: CheckedRow, _ existing: ExistingCustomers, _ edit: Edit,
        earlier: (CustomerID) throws -> Int?
    ) throws -> RowResult {
        let values: CustomerValues
        switch row.content {
        case .refused(let reasons): return .refused(reasons)
        case .customer(let found): values = found
        }
        let match = try match(values)
        switch match {
        case .nobody:
            let id = try addCustomer(values, key: nil, edit)
            return RowResult(outcome: .created, customer: id, reason: "")
        case .several(let ids): return .refused([try sentence(naming: ids)])
        case .one(let id) where existing == .keep:
            return RowResult(outcome: .unchanged, customer: id, reason: "")
        case .one(let id): return try update(id, with: values, edit, earlier: try earlier(id))
        }
    }

    private enum Match {
        case nobody
        case one(CustomerID)
        case several([CustomerID])
    }

    /// The customer that the row means: an address that belongs to one customer alone says who; one that several
    /// share says nothing when another address does.
    private func match(_ values: CustomerValues) throws -> Match {
        let owners =
            try values.emails.preferredFirst.map { try customers(withEmail: $0) }
            + values.phones.preferredFirst.map { try customers(withPhone: $0) }
        let certain = Set(owners.filter { $0.count == 1 }.joined())
        let found = certain.isEmpty ? Set(owners.joined()) : certain
        return switch found.count {
        case 0: .nobody
        case 1: certain.first.map(Match.one) ?? .several(Array(found))
        default: .several(found.sorted())
        }
    }

    /// Names some of the customers, so that a person can look at them.
    private func sentence(naming ids: [CustomerID]) throws -> String {
        let names = try ids.prefix(3).compactMap { id in
            try storedCustomer(id).map { "“\($0.values.name)” (\(id))" }
        }
        let others = ids.count > names.count ? " and \(ids.count - names.count) more" : ""
        return "Its addresses belong to several customers: \(names.joined(separator: ", "))"
            + others + "; edit the one that is meant"
    }

    private func update(
        _ id: CustomerID, with values: CustomerValues, _ edit: Edit, earlier: Int?
    ) throws -> RowResult {
        guard let stored = try storedCustomer(id) else { throw StoreError.unknown("customer") }
        if let earlier, stored.values.nameKey != values.nameKey {
            return .refused([
                "It has an address of row \(earlier), which names “\(stored.values.name)”; "
                    + "enter one of the two by hand"
            ])
        }
        var problems: [FieldProblem] = []
        guard let merged = stored.values.adding(values, problems: &problems) else {
            return .refused(problems.map { "“\(stored.values.name)” (\(id)): \($0.message)" })
        }
        let base = try latestChange(of: .customer, id.number)
        let edit = Edit(base: base, by: edit.employee, at: edit.at)
        let isChanged = try merged != stored.values && changeCustomer(id, to: merged, edit)
        if !stored.unconfirmed.isEmpty {
            // Who brings a file with an address confirms it.
            let named = merged.addresses(
                amongEmails: values.emails.preferredFirst, phones: values.phones.preferredFirst)
            try setUnconfirmed(stored.unconfirmed.filter { !named.contains($0) }, of: id)
        }
        return RowResult(outcome: isChanged ? .updated : .unchanged, customer: id, reason: "")
    }
}

extension CustomerValues {
    /// These values with what a row says: its name, gender and remark where it has them, and its addresses
    /// beside those that are there.
    ///
    /// - Returns: `nil` when there is no room for all addresses.
    func adding(_ row: CustomerValues, problems: inout [FieldProblem]) -> CustomerValues? {
        let emails = emails.adding(row.emails.preferredFirst) { one, other in
            one.lowercased() == other.lowercased()
        }
        let phones = phones.adding(row.phones.preferredFirst, isSame: Self.isSamePhone)
        let maximum = CustomerLimit.maximumAddresses
        if emails == nil {
            problems.append(
                FieldProblem(
                    .email1, "With the row’s there would be more than \(maximum) e-mail addresses"))
        }
        if phones == nil {
            problems.append(
                FieldProblem(
                    .phone1, "With the row’s there would be more than \(maximum) phone numbers"))
        }
        guard let emails, let phones else { return nil }
        return CustomerValues(
            name: row.name, gender: row.gender ?? gender, emails: emails, phones: phones,
            remark: row.remark.isEmpty ? remark : row.remark)
    }

    private static func isSamePhone(_ one: String, _ other: String) -> Bool {
        guard let number = try? PhoneNumber(one), let another = try? PhoneNumber(other) else {
            return one == other
        }
        return number.isSame(as: another)
    }
}

extension CustomerValues.Addresses {
    /// These with those of `others` that are not among them, in free places; `nil` when there are too few places.
    fileprivate func adding(_ others: [String], isSame: (String, String) -> Bool) -> Self? {
        var places = places
        for address in others where !places.contains(where: { isSame($0, address) }) {
            if let free = places.firstIndex(of: "") {
                places[free] = address
            } else if places.count < CustomerLimit.maximumAddresses {
                places.append(address)
            } else {
                return nil
            }
        }
        return Self(places: places, preferred: preferred)
    }
}
