internal import Foundation

/// Reads the fields of a customer one after another and collects what is wrong with them.
///
/// Each method returns what its field says; it counts only when there is no problem in the end.
struct CustomerCheck {
    let texts: FieldTexts
    private(set) var problems: [FieldProblem] = []

    init(texts: FieldTexts) {
        self.texts = texts
    }

    private mutating func refuse(_ field: CustomerField, _ message: String) {
        problems.append(FieldProblem(field, message))
    }

    private func trimmed(_ field: CustomerField) -> String {
        texts[field].trimmingCharacters(in: .whitespacesAndNewlines)
    }

    mutating func name() -> String {
        let name = trimmed(.name)
        if name.isEmpty {
            refuse(.name, "Enter the customer’s name")
        } else if name.unicodeScalars.contains("\n") {
            refuse(.name, "Name must be one line; take the line breaks out")
        } else {
            refuseLongText(.name, name, limit: CustomerLimit.maximumNameCharacters)
        }
        return name
    }

    mutating func gender() -> Gender? {
        let text = trimmed(.gender)
        guard !text.isEmpty else { return nil }
        if let gender = Gender(rawValue: text) { return gender }
        refuse(.gender, "Select a gender from the list, or none; “\(text)” is not on it")
        return nil
    }

    mutating func emails() -> CustomerValues.Addresses {
        var known: [String: CustomerField] = [:]
        let places = CustomerField.emails.map { field in
            let text = trimmed(field)
            guard !text.isEmpty else { return text }
            do throws(EmailAddress.Fault) {
                let address = try EmailAddress(text)
                refuseRepeated(field, text, as: known[address.key])
                known[address.key] = field
            } catch {
                refuse(field, sentence(for: error, text, field))
            }
            return text
        }
        let preferred = preferred(.emailPreferred, among: places, "an e-mail address")
        return CustomerValues.Addresses(places: places, preferred: preferred)
    }

    private func sentence(
        for fault: EmailAddress.Fault, _ text: String, _ field: CustomerField
    ) -> String {
        switch fault {
        case .unreadable:
            "\(field.label) must be an address such as name@example.org; it was “\(text)”"
        case .foreignDomain:
            "\(field.label) must have its domain in the form that mail servers use, "
                + "which begins with xn--; it was “\(text)”"
        case .tooLong:
            "\(field.label) must be \(CustomerLimit.maximumEmailCharacters) characters or less, "
                + "and \(CustomerLimit.maximumLocalPartCharacters) or less before the @"
        }
    }

    mutating func phones() -> CustomerValues.Addresses {
        var known: [(number: PhoneNumber, field: CustomerField)] = []
        let places = CustomerField.phones.map { field in
            let text = trimmed(field)
            guard !text.isEmpty else { return text }
            do throws(PhoneNumber.Fault) {
                let number = try PhoneNumber(text)
                refuseRepeated(field, text, as: known.first { $0.number.isSame(as: number) }?.field)
                known.append((number, field))
            } catch {
                refuse(field, sentence(for: error, field))
            }
            return text
        }
        let preferred = preferred(.phonePreferred, among: places, "a phone number")
        return CustomerValues.Addresses(places: places, preferred: preferred)
    }

    private func sentence(for fault: PhoneNumber.Fault, _ field: CustomerField) -> String {
        switch fault {
        case .unreadable(let scalar):
            "\(field.label) can have digits, spaces and + - ( ) / . x; "
                + "take “\(Character(scalar))” out"
        case .tooFewDigits:
            "\(field.label) must have at least \(CustomerLimit.minimumPhoneDigits) digits"
        case .tooLong:
            "\(field.label) must be \(CustomerLimit.maximumPhoneCharacters) characters or less"
        }
    }

    private mutating func refuseRepeated(
        _ field: CustomerField, _ text: String, as other: CustomerField?
    ) {
        guard let other else { return }
        refuse(field, "\(field.label) “\(text)” is the same as \(other.label); enter it once")
    }

    /// The place that is preferred; the first of them may be empty, as it is what a page has ticked by itself.
    private mutating func preferred(
        _ field: CustomerField, among places: [String], _ noun: String
    ) -> Int {
        let text = trimmed(field)
        guard !text.isEmpty else { return 1 }
        guard let place = Int(text), (1...places.count).contains(place) else {
            refuse(field, "\(field.label) must be 1, 2 or 3; it was “\(text)”")
            return 1
        }
        if place > 1, places[place - 1].isEmpty, places.contains(where: { !$0.isEmpty }) {
            refuse(field, "\(field.label) is number \(place), where there is none; choose \(noun)")
        }
        return place
    }

    mutating func remark() -> String {
        let remark = trimmed(.remark)
        refuseLongText(.remark, remark, limit: CustomerLimit.maximumRemarkCharacters)
        return remark
    }

    private mutating func refuseLongText(_ field: CustomerField, _ text: String, limit: Int) {
        let count = text.unicodeScalars.count
        guard count > limit else { return }
        refuse(
            field,
            "\(field.label) must be \(groupedDigits(limit)) characters or less; "
                + "it has \(groupedDigits(count))")
    }
}
