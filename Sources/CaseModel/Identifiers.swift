// The names by which the desk knows its things. Each is a type of its own, so that a queue's
// identifier can never be taken for an employee's.

/// A number that the store gave to a row; positive and never given twice.
package protocol RowIdentifier: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number itself, at least 1.
    var number: Int64 { get }
    /// Makes an identifier of a number that is known to be one, as the store does.
    init(number: Int64)
}

extension RowIdentifier {
    /// Reads the decimal form that stands in addresses and form values; `nil` for anything else.
    ///
    /// Only the canonical form is taken: no sign, no leading zero, no space.
    package init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0, String(number) == text else { return nil }
        self.init(number: number)
    }

    /// The decimal form.
    package var description: String { String(number) }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// The human number of a case: a sequence for each tenant space that is never reused.
package struct CaseNumber: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of a ``CaseType``.
package struct CaseTypeID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of a ``CaseQueue``.
package struct CaseQueueID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of an ``Employee``.
package struct EmployeeID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of a ``Customer``.
package struct CustomerID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of a ``StoredConversation``.
package struct ConversationID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of a message of the outbox.
package struct OutboxMessageID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of an ``Integration``.
package struct IntegrationID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of an ``Attachment`` of a case.
package struct AttachmentID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The identifier of a ``StagedFile`` of a draft.
package struct StagedFileID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// The random name of a draft: 128 bits as 32 lower-case hexadecimal digits.
///
/// It is made with the page and is the draft's key, the staging area of its files, and the
/// idempotency key of the case that the draft becomes.
package struct DraftID: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The length of the written form.
    package static let digitCount = 32

    /// The 32 digits.
    package let description: String

    /// Makes a new random name from the system's secure source.
    package init() {
        var generator = SystemRandomNumberGenerator()
        let halves = [generator.next(), generator.next()]
        let digits = halves.flatMap { half in
            stride(from: 60, through: 0, by: -4).map { shift in
                let digit = UInt8(truncatingIfNeeded: half >> shift) & 15
                return digit < 10 ? 0x30 + digit : 0x61 - 10 + digit
            }
        }
        description = String(decoding: digits, as: UTF8.self)
    }

    /// Reads the written form; `nil` unless it is exactly 32 lower-case hexadecimal digits.
    package init?(_ text: some StringProtocol) {
        let isDigit = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
        }
        guard text.utf8.count == Self.digitCount, text.utf8.allSatisfy(isDigit) else { return nil }
        description = String(text)
    }
}

/// The name of a tenant space: its directory on disk, and what nginx passes for a host.
///
/// 1 to 40 of `a-z`, `0-9` and `-`, beginning with a letter or digit, so that it is safe in a path.
package struct TenantName: Hashable, Sendable, CustomStringConvertible {
    /// The longest name, in bytes.
    package static let maximumByteCount = 40

    package let description: String

    /// Reads a name; `nil` when it breaks the rule above.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let isAllowed = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
        }
        guard (1...Self.maximumByteCount).contains(bytes.count), bytes.allSatisfy(isAllowed),
            bytes.first != 0x2D
        else { return nil }
        description = String(text)
    }
}
