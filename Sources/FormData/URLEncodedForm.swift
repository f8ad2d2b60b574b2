/// A form or query string as `application/x-www-form-urlencoded` (WHATWG URL 5.1), read as a whole.
///
/// As the standard says, `+` is a space, a per cent sign without two hexadecimal digits stands for itself,
/// and a pair without `=` has an empty value. Unlike it, a name that is not UTF-8 is refused, not mended.
package struct URLEncodedForm: Sendable, Equatable {
    /// What one form may ask; bytes and counts.
    package struct Limits: Sendable {
        /// Bytes of the form as sent: a case's description of 20,000 characters takes 240,000 at most
        /// (4 bytes in UTF-8, each escaped to 3), so this is room for two.
        package var maximumFormBytes = 512 * 1024
        /// Pairs, the empty ones between two `&` not counted; the largest page sends about thirty.
        package var maximumFields = 128
        /// Bytes of one name after decoding; as for a part.
        package var maximumNameBytes = 1024

        /// The limits of the desk's own forms.
        package init() {}
    }

    /// One name with its value.
    package struct Field: Sendable, Equatable {
        /// The decoded name; may be empty.
        package let name: String
        /// The decoded bytes; `FormText.decode` makes text of them.
        package let value: [UInt8]
    }

    /// The fields in the order of the form; a name may occur more than once.
    package let fields: [Field]

    /// Reads a whole body or query string (without its `?`).
    ///
    /// - Throws: `formTooLong`, `tooManyFields`, `nameTooLong` or `nameNotUTF8`.
    package init(
        _ bytes: ArraySlice<UInt8>, limits: Limits = Limits()
    ) throws(FormDataError) {
        guard bytes.count <= limits.maximumFormBytes else {
            throw .formTooLong(maximumBytes: limits.maximumFormBytes)
        }
        var fields: [Field] = []
        var rest = bytes
        while !rest.isEmpty {
            let pair = rest.take { $0 == UInt8(ascii: "&") }
            rest = rest.dropFirst()
            guard !pair.isEmpty else { continue }
            guard fields.count < limits.maximumFields else {
                throw .tooManyFields(maximum: limits.maximumFields)
            }
            fields.append(try Field(pair, maximumNameBytes: limits.maximumNameBytes))
        }
        self.fields = fields
    }
}

extension URLEncodedForm.Field {
    /// Reads `name=value` or `name`.
    fileprivate init(_ pair: ArraySlice<UInt8>, maximumNameBytes: Int) throws(FormDataError) {
        var rest = pair
        let name = Self.decoded(rest.take { $0 == UInt8(ascii: "=") })
        guard name.count <= maximumNameBytes else {
            throw .nameTooLong(maximumBytes: maximumNameBytes)
        }
        guard let text = String(utf8: name[...]) else { throw .nameNotUTF8 }
        self.name = text
        value = Self.decoded(rest.dropFirst())
    }

    /// Undoes `+` and `%XX` (WHATWG URL 1.3, "percent-decode").
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = bytes[index + 1].hexadecimalValue,
                let low = bytes[index + 2].hexadecimalValue
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return result
    }
}
