package import CaseModel
package import Foundation
internal import GRDB

/// A customer as it is brought in by a program that knows it to be right, such as demo data.
package struct NewCustomer: Equatable, Sendable {
    package var name: String
    /// Up to ``CustomerLimit/maximumAddresses`` e-mail addresses, the preferred one first; may be empty.
    package var emails: [String]
    /// Up to ``CustomerLimit/maximumAddresses`` phone numbers, the preferred one first; may be empty.
    package var phones: [String]
    package var remark: String

    package init(name: String, emails: [String] = [], phones: [String] = [], remark: String = "") {
        self.name = name
        self.emails = emails
        self.phones = phones
        self.remark = remark
    }

    fileprivate var values: CustomerValues {
        CustomerValues(
            name: name, emails: CustomerValues.Addresses(places: emails),
            phones: CustomerValues.Addresses(places: phones), remark: remark)
    }
}

extension TenantStore {
    /// Adds customers, all or none, and makes them searchable; without a history.
    package func addCustomers(
        _ customers: [NewCustomer], at: Date = Date()
    ) throws(StoreError) -> [CustomerID] {
        let all = customers.map(\.values)
        return try writer.write { db in
            try all.map { try db.insertCustomer($0, at: at) }
        }
    }

    /// Makes a customer.
    ///
    /// - Parameter key: The form's name, by which sending it again finds the customer.
    /// - Parameter draft: A draft of the same person's whose customer the new one becomes.
    /// - Parameter conversation: Where the addresses were found, if so: those that the channel told are unconfirmed.
    /// - Throws: ``StoreError/notYours`` and ``StoreError/alreadySaved(_:)`` about the draft.
    package func createCustomer(
        _ values: CustomerValues, key: DraftID?, for draft: DraftID? = nil,
        from conversation: ConversationID? = nil, _ edit: Edit
    ) throws(StoreError) -> CustomerID {
        try writer.write { db in
            let isOpen = try db.openDraft(draft, edit)
            let isNew = try db.creation(key, of: .customer) == nil
            let id = try db.addCustomer(values, key: key, edit)
            if isNew, let conversation {
                try db.doubtAddresses(of: id, values, toldIn: conversation)
            }
            if isOpen, let draft { try db.chooseCustomer(id, in: draft, at: edit.at) }
            return id
        }
    }

    /// Makes a customer the one that a draft is about.
    ///
    /// - Throws: ``StoreError/notYours``, ``StoreError/alreadySaved(_:)``, and ``StoreError/unknown(_:)`` when there
    ///   is no such customer or draft.
    package func chooseCustomer(
        _ id: CustomerID, in draft: DraftID, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard try db.openDraft(draft, edit) else { throw StoreError.unknown("draft") }
            guard try db.storedCustomer(id) != nil else { throw StoreError.unknown("customer") }
            try db.chooseCustomer(id, in: draft, at: edit.at)
        }
    }

    /// Changes a customer; who has seen the addresses and keeps them, confirms them.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when it was deleted, ``StoreError/editedMeanwhile(_:)``,
    ///   ``StoreError/rejected(_:)``.
    package func updateCustomer(
        _ id: CustomerID, to values: CustomerValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            _ = try db.changeCustomer(id, to: values, edit)
            try db.setUnconfirmed([], of: id)
        }
    }

    /// Confirms the addresses of a customer that came out of a conversation: from now on whole messages go to them.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such customer.
    package func confirmAddresses(of id: CustomerID, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.storedCustomer(id) else {
                throw StoreError.unknown("customer")
            }
            guard !stored.unconfirmed.isEmpty else { return }
            try db.setUnconfirmed([], of: id)
            try db.record(
                StoredCustomer.unconfirmedField, from: Lines.joined(stored.unconfirmed), to: "",
                of: .customer, id.number, edit)
        }
    }

    /// Deletes a customer with its history, which holds addresses, and the texts and addresses of its messages; drafts
    /// that name it have none then.
    ///
    /// That it was deleted, when and by whom stays known.
    ///
    /// - Throws: ``StoreError/unknown(_:)``, ``StoreError/inUse(_:)`` when a case is about the customer.
    package func deleteCustomer(_ id: CustomerID, _ edit: Edit) throws(StoreError) {
        try writer.write { db in try db.removeCustomer(id, edit) }
    }
}

// MARK: - Inside a transaction

extension Database {
    /// Makes a customer, or finds the one that the same form has made.
    func addCustomer(
        _ values: CustomerValues, key: DraftID?, _ edit: Edit
    ) throws -> CustomerID {
        if let number = try creation(key, of: .customer) { return CustomerID(number: number) }
        let id = try insertCustomer(values, at: edit.at)
        try recordCreation(of: .customer, id.number, key: key, edit)
        return id
    }

    /// Changes a customer, its search entry and its contacts, and keeps the history.
    ///
    /// - Returns: Whether anything is different now.
    /// - Throws: ``StoreError/unknown(_:)``, ``StoreError/editedMeanwhile(_:)``, ``StoreError/rejected(_:)``.
    func changeCustomer(
        _ id: CustomerID, to values: CustomerValues, _ edit: Edit
    ) throws -> Bool {
        guard let stored = try storedCustomer(id) else { throw StoreError.unknown("customer") }
        guard let merged = try merge(values, into: stored.values, id: id.number, edit) else {
            return false
        }
        try run(
            """
            UPDATE customer SET name = ?, nameKey = ?, gender = ?, emails = ?, emailPreferred = ?,
                phones = ?, phonePreferred = ?, remark = ?, updatedAt = ?
            WHERE id = ?
            """, merged.columns + [edit.at.milliseconds, id.number])
        try unindexCustomer(id, stored.values)
        try indexCustomer(id, merged)
        try run("DELETE FROM customerContact WHERE customer = ?", [id.number])
        try insertContacts(of: id, merged)
        return true
    }

    fileprivate func removeCustomer(_ id: CustomerID, _ edit: Edit) throws {
        guard let stored = try storedCustomer(id) else { throw StoreError.unknown("customer") }
        let cases =
            try number(
                "SELECT count(*) FROM (SELECT 1 FROM caseRecord WHERE customer = ? LIMIT 1000)",
                [id.number]) ?? 0
        guard cases == 0 else {
            let count = cases == 1_000 ? "1,000 or more" : String(cases)
            throw StoreError.inUse(
                cases == 1 ? "1 case is about them" : "\(count) cases are about them")
        }
        let rule = try row(
            """
            SELECT r.name FROM ruleItem i JOIN assignmentRule r ON r.id = i.rule
            WHERE i.customer = ?
            """, [id.number])
        if let rule {
            throw StoreError.inUse("the assignment rule “\(rule["name"] as String)” asks for them")
        }
        try unindexCustomer(id, stored.values)
        try eraseMessages(of: id, at: edit.at.milliseconds)
        try run("DELETE FROM customerContact WHERE customer = ?", [id.number])
        try run(
            "DELETE FROM changeRecord WHERE subject = ? AND subjectID = ?",
            [Subject.customer.rawValue, id.number])
        try run("DELETE FROM customer WHERE id = ?", [id.number])
        try recordDeletion(of: .customer, id.number, named: "", edit)
    }

    /// Stores a customer with its search entry and contacts.
    func insertCustomer(_ values: CustomerValues, at: Date) throws -> CustomerID {
        try run(
            """
            INSERT INTO customer (name, nameKey, gender, emails, emailPreferred, phones,
                phonePreferred, remark, createdAt, updatedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, values.columns + [at.milliseconds, at.milliseconds])
        let id = CustomerID(number: lastInsertedRowID)
        try indexCustomer(id, values)
        try insertContacts(of: id, values)
        return id
    }

    private func insertContacts(of id: CustomerID, _ values: CustomerValues) throws {
        for key in ContactKey.all(of: values) {
            try run(
                "INSERT INTO customerContact (customer, kind, key) VALUES (?, ?, ?)",
                [id.number, key.kind.rawValue, key.text])
        }
    }

    /// Notes which addresses of a customer nobody of the tenant space has confirmed.
    func setUnconfirmed(_ addresses: [String], of id: CustomerID) throws {
        let lines = Lines.joined(addresses)
        try run(
            "UPDATE customer SET unconfirmed = ? WHERE id = ? AND unconfirmed <> ?",
            [lines, id.number, lines])
    }

    /// Notes that the addresses of a new customer which a channel told were typed by nobody of the tenant space.
    fileprivate func doubtAddresses(
        of id: CustomerID, _ values: CustomerValues, toldIn conversation: ConversationID
    ) throws {
        let told = try row(
            "SELECT contactEmail, contactPhone FROM conversation WHERE id = ?",
            [conversation.number])
        guard let told else { return }
        let (email, phone): (String, String) = (told["contactEmail"], told["contactPhone"])
        try setUnconfirmed(values.addresses(amongEmails: [email], phones: [phone]), of: id)
    }

    /// A customer as it is stored.
    func storedCustomer(_ id: CustomerID) throws -> StoredCustomer? {
        try row("SELECT \(StoredCustomer.columns) FROM customer WHERE id = ?", [id.number])
            .map(StoredCustomer.init)
    }
}

// MARK: - Drafts of cases

extension Database {
    /// Whether the draft is there and still may change; there need not be one.
    fileprivate func openDraft(_ draft: DraftID?, _ edit: Edit) throws -> Bool {
        guard let draft else { return false }
        guard let employee = edit.employee else { throw StoreError.notYours }
        return try openDraft(draft, of: employee)
    }

    /// Makes a customer the one of a draft and takes the search for one out of it.
    fileprivate func chooseCustomer(_ id: CustomerID, in draft: DraftID, at: Date) throws {
        guard
            let row = try row(
                "SELECT formValues FROM draft WHERE id = ?", [draft.description])
        else { return }
        var values = try DraftValues.values(row["formValues"])
        values[.customer] = id.description
        values[.customerQuery] = ""
        try run(
            "UPDATE draft SET formValues = ?, savedAt = ? WHERE id = ?",
            [try DraftValues.json(values), at.milliseconds, draft.description])
    }
}

extension CustomerValues {
    /// Those of the addresses that are the same as one of these, as they stand here.
    func addresses(amongEmails others: [String], phones otherPhones: [String]) -> [String] {
        let keys = Set(others.map { ContactKey(email: $0) })
        let numbers = otherPhones.compactMap { try? PhoneNumber($0) }
        let sameEmails = emails.preferredFirst.filter { keys.contains(ContactKey(email: $0)) }
        let samePhones = phones.preferredFirst.filter { text in
            guard let number = try? PhoneNumber(text) else { return false }
            return numbers.contains { $0.isSame(as: number) }
        }
        return sameEmails + samePhones
    }

    /// The values of the columns from name to remark, in their order.
    fileprivate var columns: StatementArguments {
        [
            name, nameKey, gender?.rawValue, emails.column, emails.preferred, phones.column,
            phones.preferred, remark,
        ]
    }
}
