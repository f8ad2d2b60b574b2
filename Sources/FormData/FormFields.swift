/// The text fields of one form, by name, within bounds.
///
/// Filled by a `MultipartParser` (itself or through a sink that keeps the files) or from a
/// `URLEncodedForm`. A name has one value unless it is listed as `repeatable`: a second value for the same
/// name is an error, never a silent choice between the two.
package struct FormFields: Sendable {
    /// What one form may ask; bytes and counts.
    package struct Limits: Sendable {
        /// Bytes of one value: a case's description of 20,000 characters has 80,000 in UTF-8, and up to
        /// as many CRs as it has lines.
        package var maximumFieldBytes = 128 * 1024
        /// Bytes of all values together, so that a form with many long fields costs no more than a few.
        package var maximumTotalBytes = 512 * 1024
        /// Values of all names together; the largest page sends about thirty.
        package var maximumFields = 128

        /// The limits of the desk's own forms.
        package init() {}
    }

    private let limits: Limits
    private let repeatable: Set<String>
    private var fieldCount = 0
    private var totalByteCount = 0
    /// The field that was begun, and its value so far.
    private var openName: String?
    private var openValue: [UInt8] = []

    /// The names in the order in which they first came.
    package private(set) var names: [String] = []
    /// The values of each of them.
    private var values: [[[UInt8]]] = []
    /// Where each of them stands.
    private var positions: [String: Int] = [:]

    /// No fields yet.
    ///
    /// - Parameter repeatable: The names that may have more than one value.
    package init(repeatable: Set<String> = [], limits: Limits = Limits()) {
        self.repeatable = repeatable
        self.limits = limits
        positions.reserveCapacity(Self.usualCount)
    }

    /// The fields of the largest page, about.
    private static let usualCount = 24

    /// The fields of a url-encoded form.
    ///
    /// - Throws: As `add`.
    package init(
        _ form: URLEncodedForm, repeatable: Set<String> = [], limits: Limits = Limits()
    ) throws(FormDataError) {
        self.init(repeatable: repeatable, limits: limits)
        for field in form.fields { try add(field.name, field.value[...]) }
    }

    /// The bytes of the field `name`, the first of them if it is repeatable; nil when it was not sent.
    package func value(of name: String) -> [UInt8]? {
        positions[name].flatMap { values[$0].first }
    }

    /// The bytes of every value of `name`, in their order; empty when it was not sent.
    package func values(of name: String) -> [[UInt8]] {
        positions[name].map { values[$0] } ?? []
    }

    /// The field `name` as text (`FormText.decode`); nil when it was not sent.
    package func text(of name: String) throws(FormTextError) -> String? {
        guard let value = value(of: name) else { return nil }
        return try FormText.decode(value)
    }

    /// Adds a whole field.
    ///
    /// - Throws: `repeatedField`, `tooManyFields`, `fieldTooLong` or `fieldsTooLong`.
    package mutating func add(_ name: String, _ value: ArraySlice<UInt8>) throws(FormDataError) {
        try begin(name)
        try append(value)
        end()
    }

    /// Begins a field whose bytes follow with `append`, until `end`.
    ///
    /// - Throws: `repeatedField` or `tooManyFields`.
    package mutating func begin(_ name: String) throws(FormDataError) {
        guard fieldCount < limits.maximumFields else {
            throw .tooManyFields(maximum: limits.maximumFields)
        }
        guard positions[name] == nil || repeatable.contains(name) else {
            throw .repeatedField(name: name)
        }
        fieldCount += 1
        openName = name
        openValue = []
    }

    /// Adds bytes to the field that was begun.
    ///
    /// - Throws: `fieldTooLong` or `fieldsTooLong`.
    package mutating func append(_ bytes: ArraySlice<UInt8>) throws(FormDataError) {
        guard let openName else { return }
        guard bytes.count <= limits.maximumFieldBytes - openValue.count else {
            throw .fieldTooLong(name: openName, maximumBytes: limits.maximumFieldBytes)
        }
        guard bytes.count <= limits.maximumTotalBytes - totalByteCount else {
            throw .fieldsTooLong(maximumBytes: limits.maximumTotalBytes)
        }
        totalByteCount += bytes.count
        openValue += bytes
    }

    /// Completes the field that was begun.
    package mutating func end() {
        guard let name = openName else { return }
        openName = nil
        if let position = positions[name] {
            values[position].append(openValue)
        } else {
            positions[name] = names.count
            names.append(name)
            values.append([openValue])
        }
    }
}

/// A form without files can be read into its fields directly.
extension FormFields: MultipartSink {
    /// Begins a field.
    ///
    /// - Throws: `unexpectedFile` for a part with a file name, else as `begin`.
    package mutating func partBegan(_ header: PartHeader) throws {
        guard header.filename == nil else { throw FormDataError.unexpectedFile(name: header.name) }
        try begin(header.name)
    }

    /// Adds bytes to the field; throws as `append`.
    package mutating func partBytes(_ bytes: ArraySlice<UInt8>) throws {
        try append(bytes)
    }

    /// Completes the field.
    package mutating func partEnded() {
        end()
    }
}
