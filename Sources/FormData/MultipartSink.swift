/// What the header of a part says about it (RFC 7578 4.2 to 4.4).
///
/// `name` and `filename` are as the sender meant them, escapes undone, and may hold any character but NUL:
/// also path separators, line ends and control characters. Whoever shows or stores them checks them first.
package struct PartHeader: Sendable, Equatable {
    /// The field's name, never empty.
    package let name: String
    /// The file's name; nil for a field.
    ///
    /// Present and empty is a file control without a chosen file. A full Windows path, as Internet
    /// Explorer sent it, is cut to its last component.
    package let filename: String?
    /// The media type as sent, without its parameters; nil when there is none.
    ///
    /// A claim, not a fact.
    package let contentType: String?
}

/// The receiver of a form's parts, in their order in the body.
///
/// Every part is one `partBegan`, any number of `partBytes` and one `partEnded`; where its bytes are cut
/// depends on the chunks that arrive. What a method throws leaves `MultipartParser.consume` unchanged and
/// ends the reading.
package protocol MultipartSink {
    /// A part's header was read.
    mutating func partBegan(_ header: PartHeader) throws
    /// The next bytes of the part, never empty; a slice of the chunk given to `consume`, not a copy.
    mutating func partBytes(_ bytes: ArraySlice<UInt8>) throws
    /// The part is complete: its delimiter was read.
    mutating func partEnded() throws
}
