/// How much of a conversation is looked at.
///
/// What lies beyond changes nothing: a request is made at the beginning, and everything that reads a
/// conversation runs in time linear in what is within these limits.
package enum ReadingLimit {
    /// Messages; an exchange of a whole working day has about three hundred.
    package static let maximumMessageCount = 400
    /// Unicode scalars of one message; an e-mail of four printed pages.
    package static let maximumScalarCountPerMessage = 16_384
    /// Unicode scalars of all messages together.
    package static let maximumScalarCount = 131_072
    /// Unicode scalars of one word; a longer run of letters is read as several words.
    package static let maximumWordLength = 48
    /// Case types that are compared; more than the largest tenant configures.
    package static let maximumTypeCount = 2_000
    /// Unicode scalars read of a type's name, summary and keywords together.
    package static let maximumTypeScalarCount = 8_192
}
