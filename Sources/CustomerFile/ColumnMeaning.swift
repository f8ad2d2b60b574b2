/// What a column of a file is taken for.
package enum ColumnMeaning: String, CaseIterable, Sendable {
    /// The column is passed over.
    case nothing = ""
    case name
    case gender
    case phone
    case email
    case remark

    /// The words of the choice.
    package var label: String {
        switch self {
        case .nothing: "Not imported"
        case .name: "Name"
        case .gender: "Gender"
        case .phone: "Phone"
        case .email: "Email"
        case .remark: "Remark"
        }
    }

    /// The guess from a column's name, however it is written: `E-mail 2 Address` is an e-mail address.
    package init(columnName: String) {
        let word = Self.letters(of: columnName)
        self = Self.meanings.first { $0.words.contains(word) }?.meaning ?? .nothing
    }

    /// Whether the column's name means the whole of a customer's name, not one part of it.
    static func isWholeName(_ columnName: String) -> Bool {
        wholeNames.contains(letters(of: columnName))
    }

    /// Small letters alone, without digits, spaces and signs.
    private static func letters(of columnName: String) -> String {
        let letters = columnName.lowercased().unicodeScalars.filter(\.properties.isAlphabetic)
        return String(String.UnicodeScalarView(letters))
    }

    private static let meanings: [(meaning: ColumnMeaning, words: Set<String>)] = [
        (.name, wholeNames.union(partsOfNames)), (.gender, ["gender", "sex"]), (.phone, phones),
        (.email, emails), (.remark, remarks),
    ]

    private static let wholeNames: Set<String> = [
        "name", "fullname", "displayname", "customer", "customername", "client", "clientname",
        "contact", "contactname", "person", "personname", "nameofcustomer", "customerfullname",
    ]
    private static let partsOfNames: Set<String> = [
        "firstname", "givenname", "forename", "lastname", "familyname", "surname",
    ]
    private static let phones: Set<String> = [
        "phone", "phones", "phonenumber", "phonenumbers", "phoneno", "phonevalue", "telephone",
        "telephonenumber", "telephoneno", "tel", "telno", "mobile", "mobilephone", "mobilenumber",
        "mobileno", "cell", "cellphone", "cellnumber", "cellphonenumber", "homephone", "workphone",
        "businessphone", "officephone", "primaryphone", "mainphone", "otherphone", "contactphone",
        "contactnumber", "customerphone", "landline", "whatsapp", "whatsappnumber",
    ]
    private static let emails: Set<String> = [
        "email", "emails", "emailaddress", "emailaddresses", "emailvalue", "mail", "mailaddress",
        "primaryemail", "secondaryemail", "otheremail", "workemail", "homeemail", "privateemail",
        "businessemail", "contactemail", "customeremail", "emailid",
    ]
    private static let remarks: Set<String> = [
        "remark", "remarks", "note", "notes", "comment", "comments", "memo", "annotation",
        "description",
    ]
}
