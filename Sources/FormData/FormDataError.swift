/// Why a form could not be read.
///
/// Each case describes itself in one sentence, for the administrator who asks why a form was refused
/// and for the page that answers the person who sent it.
package enum FormDataError: Error, Equatable, Sendable {
    /// The content type is not `multipart/form-data`.
    case notMultipart
    /// The content type cannot be read, or names two boundaries.
    case malformedContentType
    /// The content type names no boundary.
    case missingBoundary
    /// The boundary is not made of visible ASCII characters, with spaces only inside (RFC 2046 5.1.1).
    case malformedBoundary
    /// The boundary is longer than RFC 2046 5.1.1 permits.
    case boundaryTooLong(maximumBytes: Int)

    /// More bytes stand before the first delimiter than `MultipartParser.Limits` permits.
    case preambleTooLong(maximumBytes: Int)
    /// The only delimiter is the closing one, but something stands before it.
    case missingDelimiter
    /// A line begins with the boundary but is no delimiter.
    case malformedDelimiter
    /// The header of one part is longer than `MultipartParser.Limits` permits.
    case headerTooLong(maximumBytes: Int)
    /// The header of a part is not a list of fields as RFC 2046 5.1 and RFC 7578 4.2 describe them.
    case malformedHeader
    /// A part is not `form-data`, or has no name (RFC 7578 4.2).
    case missingName
    /// The name of a field is longer than the limits permit.
    case nameTooLong(maximumBytes: Int)
    /// The name of a field or of a file is not UTF-8.
    case nameNotUTF8
    /// A part is encoded for transport, which RFC 7578 4.7 tells senders not to do.
    case unsupportedTransferEncoding
    /// There are more parts than `MultipartParser.Limits` permits.
    case tooManyParts(maximum: Int)
    /// The body ends before its closing delimiter.
    case truncated
    /// Reading was given up earlier, because the receiver of the parts refused one.
    case abandoned

    /// A url-encoded form is longer than `URLEncodedForm.Limits` permits.
    case formTooLong(maximumBytes: Int)
    /// There are more fields than the limits permit.
    case tooManyFields(maximum: Int)
    /// The value of the field `name` is longer than the limits permit.
    case fieldTooLong(name: String, maximumBytes: Int)
    /// The values of all fields together are longer than `FormFields.Limits` permits.
    case fieldsTooLong(maximumBytes: Int)
    /// The field `name`, which has one value, was sent more than once.
    case repeatedField(name: String)
    /// The field `name` holds a file where text was expected.
    case unexpectedFile(name: String)
}

extension FormDataError: CustomStringConvertible {
    /// One sentence that says what is wrong with the form.
    package var description: String {
        switch self {
        case .notMultipart, .malformedContentType, .missingBoundary, .malformedBoundary,
            .boundaryTooLong:
            contentTypeDescription
        case .formTooLong, .tooManyFields, .fieldTooLong, .fieldsTooLong, .repeatedField,
            .unexpectedFile:
            fieldDescription
        default:
            bodyDescription
        }
    }

    private var contentTypeDescription: String {
        switch self {
        case .notMultipart:
            "The content type of the form is not multipart/form-data."
        case .missingBoundary:
            "The content type of the form names no boundary."
        case .malformedBoundary:
            "The boundary in the content type of the form has characters that are not permitted."
        case .boundaryTooLong(let maximumBytes):
            "The boundary in the content type of the form is longer than \(maximumBytes) bytes."
        default:
            "The content type of the form cannot be read."
        }
    }

    private var bodyDescription: String {
        switch self {
        case .preambleTooLong(let maximumBytes):
            "The form has more than \(maximumBytes) bytes before its first part."
        case .missingDelimiter:
            "The form has content but no delimiter before it."
        case .malformedDelimiter:
            "A line of the form begins with the boundary but does not separate two parts."
        case .headerTooLong(let maximumBytes):
            "The header of a part of the form is longer than \(maximumBytes) bytes."
        case .missingName:
            "A part of the form has no field name."
        case .nameTooLong(let maximumBytes):
            "The name of a field of the form is longer than \(maximumBytes) bytes."
        case .nameNotUTF8:
            "The name of a field or file of the form is not UTF-8."
        case .unsupportedTransferEncoding:
            "A part of the form has a transfer encoding other than 7bit, 8bit or binary."
        case .tooManyParts(let maximum):
            "The form has more than \(maximum) parts."
        case .truncated:
            "The form ends before its last delimiter: it was cut off, or its boundary is another."
        case .abandoned:
            "The form was not read to its end because one of its parts was refused."
        default:
            "The header of a part of the form cannot be read."
        }
    }

    private var fieldDescription: String {
        switch self {
        case .formTooLong(let maximumBytes):
            "The form is longer than \(maximumBytes) bytes."
        case .tooManyFields(let maximum):
            "The form has more than \(maximum) fields."
        case .fieldTooLong(let name, let maximumBytes):
            "The field “\(name)” is longer than \(maximumBytes) bytes."
        case .fieldsTooLong(let maximumBytes):
            "The fields of the form together are longer than \(maximumBytes) bytes."
        case .repeatedField(let name):
            "The field “\(name)” was sent more than once."
        case .unexpectedFile(let name):
            "The field “\(name)” holds a file where text was expected."
        default:
            "The fields of the form cannot be read."
        }
    }
}
