package import Foundation

/// The name of a time zone in the IANA database, such as `Europe/Berlin`.
///
/// Foundation also takes `GMT+3` for a zone, which has no clock changes and is the opposite of `Etc/GMT+3`; that
/// is none here.
package struct TimeZoneName: Hashable, Sendable, CustomStringConvertible {
    /// The name as it was chosen.
    package let description: String

    /// Reads a name; `nil` when this system does not know it.
    ///
    /// Names that are not offered are taken, too, when they are names of the database: `Etc/GMT-5`.
    package init?(_ text: String) {
        let isPath = text.utf8.contains(UInt8(ascii: "/"))
        guard
            Self.offeredSet.contains(text)
                || isPath && TimeZone(identifier: text)?.identifier == text
        else { return nil }
        description = text
    }

    /// Takes the name of a zone that is in use already.
    package init(of zone: TimeZone) {
        description = zone.identifier
    }

    /// The zone itself; the one without an offset on a system that does not have it.
    package var zone: TimeZone { TimeZone(identifier: description) ?? .gmt }

    /// The names to choose from, in their order by letter.
    ///
    /// Foundation's list has UTC and India by their old names alone.
    package static let offered =
        Set(TimeZone.knownTimeZoneIdentifiers + ["Asia/Kolkata", "UTC"]).sorted()

    private static let offeredSet = Set(offered)
}
