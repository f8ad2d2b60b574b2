package import Foundation

/// A date and time as a person enters it, read in the tenant's time zone.
///
/// The text is that of an HTML `datetime-local` control (HTML, "Local date and time": `YYYY-MM-DDTHH:MM`,
/// a space allowed for the `T`, seconds allowed and kept). A time that falls in the hour that a clock
/// change skips does not exist and is refused; one that occurs twice means the first.
package enum Deadline {
    /// Why a text is no deadline.
    package enum Fault: Error, Equatable {
        /// Not written as a date and time.
        case unreadable
        /// A day or time that no calendar has, such as 30 February or 25:00.
        case nonexistentDay
        /// Within the hour that is skipped when clocks go forward.
        case skippedHour
        /// Before now.
        case past
    }

    /// Years from 1970 to 9999: what the control and the column can hold.
    private static let years = 1970...9999

    /// The instant that `text` names, in whole seconds.
    ///
    /// - Parameter now: A deadline in the current minute still counts as now.
    package static func instant(
        of text: String, in zone: TimeZone, now: Date
    ) throws(Fault) -> Date {
        let wallClock = try wallClockSeconds(of: components(of: text))
        let day: Double = 86_400
        // The offsets on both sides of any clock change that could be near.
        let offsets = [wallClock - day, wallClock + day].map { moment in
            Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: moment)))
        }
        let instants = offsets.filter { offset in
            let instant = Date(timeIntervalSince1970: wallClock - offset)
            return Double(zone.secondsFromGMT(for: instant)) == offset
        }.map { wallClock - $0 }
        guard let first = instants.min() else { throw .skippedHour }
        let startOfMinute = (now.timeIntervalSince1970 / 60).rounded(.down) * 60
        guard first >= startOfMinute else { throw .past }
        return Date(timeIntervalSince1970: first)
    }

    /// The text of a `datetime-local` control for an instant, `YYYY-MM-DDTHH:MM`.
    package static func text(of instant: Date, in zone: TimeZone) -> String {
        let parts = gregorian(zone).dateComponents(
            [.year, .month, .day, .hour, .minute], from: instant)
        func digits(_ value: Int?, _ width: Int) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(parts.year, 4) + "-" + digits(parts.month, 2) + "-" + digits(parts.day, 2)
            + "T" + digits(parts.hour, 2) + ":" + digits(parts.minute, 2)
    }

    /// The seconds from 1970 to a wall-clock time, as if the clock showed UTC.
    private static func wallClockSeconds(of wanted: DateComponents) throws(Fault) -> Double {
        let calendar = gregorian(.gmt)
        let month = DateComponents(year: wanted.year, month: wanted.month, day: 1)
        guard years.contains(wanted.year ?? 0), (1...12).contains(wanted.month ?? 0),
            (0...23).contains(wanted.hour ?? -1), (0...59).contains(wanted.minute ?? -1),
            (0...59).contains(wanted.second ?? -1),
            let firstDay = calendar.date(from: month),
            let days = calendar.range(of: .day, in: .month, for: firstDay),
            days.contains(wanted.day ?? 0), let moment = calendar.date(from: wanted)
        else { throw .nonexistentDay }
        return moment.timeIntervalSince1970
    }

    private static func gregorian(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }

    /// Splits the text into its numbers without judging their ranges.
    private static func components(of text: String) throws(Fault) -> DateComponents {
        let halves = text.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "T" || $0 == " " })
        guard halves.count == 2 else { throw .unreadable }
        let date = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        let time = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard date.count == 3, date.map(\.count) == [4, 2, 2], (2...3).contains(time.count),
            time.allSatisfy({ $0.count == 2 })
        else { throw .unreadable }
        let numbers = (date + time).map { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard !numbers.contains(nil) else { throw .unreadable }
        return DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3],
            minute: numbers[4], second: numbers.count == 6 ? numbers[5] : 0)
    }
}
