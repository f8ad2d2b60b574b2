internal import Foundation
internal import Markup

/// Times as people read them, in the tenant's zone.
struct TimeText {
    private let calendar: Calendar
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    init(zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// Day and time, such as `22 Nov 2026, 17:36`.
    func full(_ instant: Date) -> String {
        let parts = parts(of: instant)
        return "\(day(parts)) \(parts.year ?? 0), \(clock(parts))"
    }

    /// The day alone, such as `22 Nov`.
    func day(_ instant: Date) -> String {
        day(parts(of: instant))
    }

    /// The time alone, such as `17:36`.
    func clock(_ instant: Date) -> String {
        clock(parts(of: instant))
    }

    /// A `time` element with the instant for programs (RFC 3339) and the text for people.
    func element(_ instant: Date) -> HTML {
        "<time datetime=\"\(instant.formatted(.iso8601))\">\(full(instant))</time>"
    }

    /// A `time` element for a narrow place: the year is said only when it is not the one of `now`, and the
    /// full text is its title.
    func shortElement(_ instant: Date, now: Date) -> HTML {
        let full = full(instant)
        let parts = parts(of: instant)
        let isThisYear = parts.year == calendar.component(.year, from: now)
        let text = isThisYear ? "\(day(parts)), \(clock(parts))" : full
        return """
            <time datetime="\(instant.formatted(.iso8601))" title="\(full)">\(text)</time>
            """
    }

    /// A `time` element for the narrowest place: the time alone for today, else with its day.
    func briefElement(_ instant: Date, now: Date) -> HTML {
        guard calendar.isDate(instant, inSameDayAs: now) else {
            return shortElement(instant, now: now)
        }
        return """
            <time datetime="\(instant.formatted(.iso8601))" title="\(full(instant))">\
            \(clock(instant))</time>
            """
    }

    /// `Europe/Berlin, UTC+01:00`: the zone with its offset at an instant.
    func zoneName(at instant: Date) -> String {
        let minutes = calendar.timeZone.secondsFromGMT(for: instant) / 60
        let sign = minutes < 0 ? "−" : "+"
        let hours = abs(minutes) / 60
        return "\(calendar.timeZone.identifier), UTC\(sign)\(two(hours)):\(two(abs(minutes) % 60))"
    }

    private func parts(of instant: Date) -> DateComponents {
        calendar.dateComponents([.year, .month, .day, .hour, .minute], from: instant)
    }

    private func day(_ parts: DateComponents) -> String {
        "\(parts.day ?? 0) \(Self.months[((parts.month ?? 1) - 1) % 12])"
    }

    private func clock(_ parts: DateComponents) -> String {
        two(parts.hour ?? 0) + ":" + two(parts.minute ?? 0)
    }

    private func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}

/// A size as people read it: `812 bytes`, `14 KB`, `1.2 MB`, in steps of 1,024.
func sizeText(_ byteCount: Int) -> String {
    if byteCount < 1024 { return "\(byteCount) bytes" }
    if byteCount < 1024 * 1024 { return "\((byteCount + 512) / 1024) KB" }
    let tenths = (byteCount * 10 + 512 * 1024) / (1024 * 1024)
    return "\(tenths / 10).\(tenths % 10) MB"
}
