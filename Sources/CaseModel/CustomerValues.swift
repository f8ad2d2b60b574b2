/// What people enter of a customer, valid when it exists.
package struct CustomerValues: Editable {
    package static let subject = Subject.customer

    /// 1 to ``CustomerLimit/maximumNameCharacters`` characters in one line.
    package let name: String
    /// `nil` when it is not known.
    package let gender: Gender?
    /// E-mail addresses.
    package let emails: Addresses
    /// Phone numbers.
    package let phones: Addresses
    /// Up to ``CustomerLimit/maximumRemarkCharacters`` characters, several lines; may be empty.
    package let remark: String

    /// Up to ``CustomerLimit/maximumAddresses`` addresses in their places, and which one is preferred.
    ///
    /// An address keeps its place when another one is taken out, so that two people who change different ones
    /// change different fields.
    package struct Addresses: Equatable, Sendable {
        /// The texts by place; an empty one is a free place, and none of these is the last.
        package let places: [String]
        /// The preferred place, from 1 on; 1 when there is no address.
        package let preferred: Int

        /// - Parameter preferred: A place with an address; where there is none, the first address is preferred.
        package init(places: [String], preferred: Int = 1) {
            let count = (places.lastIndex { !$0.isEmpty } ?? -1) + 1
            self.places = Array(places.prefix(count))
            let hasPreferred = (1...max(count, 1)).contains(preferred) && count > 0
            self.preferred =
                hasPreferred && !places[preferred - 1].isEmpty
                ? preferred : (places.firstIndex { !$0.isEmpty } ?? 0) + 1
        }

        /// The addresses that there are, the preferred one first.
        package var preferredFirst: [String] {
            guard !places.isEmpty else { return [] }
            let others = places.indices.filter { $0 != preferred - 1 }.map { places[$0] }
            return [places[preferred - 1]] + others.filter { !$0.isEmpty }
        }
    }

    /// What is known to be valid, as when it comes out of the store.
    package init(
        name: String, gender: Gender? = nil, emails: Addresses, phones: Addresses, remark: String
    ) {
        self.name = name
        self.gender = gender
        self.emails = emails
        self.phones = phones
        self.remark = remark
    }

    /// Takes the values out of the fields; white space around a value does not count.
    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = CustomerCheck(texts: texts)
        let name = check.name()
        let gender = check.gender()
        let emails = check.emails()
        let phones = check.phones()
        let remark = check.remark()
        problems += check.problems
        guard check.problems.isEmpty else { return nil }
        self.init(name: name, gender: gender, emails: emails, phones: phones, remark: remark)
    }

    package var texts: FieldTexts {
        var texts = FieldTexts()
        texts[.name] = name
        texts[.gender] = gender?.rawValue ?? ""
        for (field, text) in zip(CustomerField.emails, emails.places) { texts[field] = text }
        texts[.emailPreferred] = String(emails.preferred)
        for (field, text) in zip(CustomerField.phones, phones.places) { texts[field] = text }
        texts[.phonePreferred] = String(phones.preferred)
        texts[.remark] = remark
        return texts
    }
}
