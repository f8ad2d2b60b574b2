internal import FormData

/// The parameters of an address, decoded; a parameter that is not UTF-8 is left out.
struct Query {
    private let texts: [String: String]

    /// Longest query that is read, in bytes; nginx refuses longer addresses by itself.
    private static let maximumByteCount = 8_192

    init(_ query: String) {
        guard !query.isEmpty, query.utf8.count <= Self.maximumByteCount,
            let form = try? URLEncodedForm(Array(query.utf8)[...])
        else {
            texts = [:]
            return
        }
        var found: [String: String] = [:]
        for field in form.fields where found[field.name] == nil {
            found[field.name] = try? FormText.decode(field.value)
        }
        texts = found
    }

    /// The first value of a parameter; empty when it is absent.
    subscript(name: String) -> String { texts[name] ?? "" }
}
