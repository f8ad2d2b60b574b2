package import Foundation

/// An instant as programs write it: `2030-06-30T17:00:00Z` (RFC 3339, 5.6).
package enum InternetInstant {
    /// The longest form that is read, in bytes: nanoseconds and an offset, with room to spare.
    private static let maximumByteCount = 40

    /// Reads an instant, with a fraction of a second and any offset from UTC; `nil` for anything else, such as a
    /// day that does not exist.
    package static func date(of text: String) -> Date? {
        var bytes = Array(text.utf8.prefix(maximumByteCount + 1))[...]
        guard bytes.count <= maximumByteCount,
            let year = digits(4, &bytes), take("-", &bytes), let month = digits(2, &bytes),
            take("-", &bytes), let day = digits(2, &bytes), take("T", &bytes) || take("t", &bytes),
            let hour = digits(2, &bytes), take(":", &bytes), let minute = digits(2, &bytes),
            take(":", &bytes), let second = digits(2, &bytes),
            (1...12).contains(month), (1...dayCount(year, month)).contains(day), hour < 24,
            minute < 60, second <= 60, let fraction = fraction(&bytes),
            let offset = offset(&bytes), bytes.isEmpty
        else { return nil }
        let seconds = ((dayNumber(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
        return Date(timeIntervalSince1970: Double(seconds - offset) + fraction)
    }

    private static func take(_ character: Unicode.Scalar, _ bytes: inout ArraySlice<UInt8>) -> Bool
    {
        guard bytes.first == UInt8(ascii: character) else { return false }
        bytes.removeFirst()
        return true
    }

    private static func digits(_ count: Int, _ bytes: inout ArraySlice<UInt8>) -> Int? {
        let part = bytes.prefix(count)
        guard part.count == count, part.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        bytes = bytes.dropFirst(count)
        return part.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Seconds behind the point; 0 without one.
    private static func fraction(_ bytes: inout ArraySlice<UInt8>) -> Double? {
        guard take(".", &bytes) else { return 0 }
        var value = 0.0
        var unit = 0.1
        var hasDigit = false
        while let digit = digits(1, &bytes) {
            value += Double(digit) * unit
            unit /= 10
            hasDigit = true
        }
        return hasDigit ? value : nil
    }

    /// Seconds that the zone is ahead of UTC.
    private static func offset(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        if take("Z", &bytes) || take("z", &bytes) { return 0 }
        let isAhead = take("+", &bytes)
        guard isAhead || take("-", &bytes), let hour = digits(2, &bytes), take(":", &bytes),
            let minute = digits(2, &bytes), hour < 24, minute < 60
        else { return nil }
        return (hour * 60 + minute) * (isAhead ? 60 : -60)
    }

    private static func dayCount(_ year: Int, _ month: Int) -> Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let counts = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return counts[month - 1]
    }

    /// Days since 1970-01-01, counted in years that begin in March.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let start = month > 2 ? year : year - 1
        let leapDays = start / 4 - start / 100 + start / 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return 365 * start + leapDays + dayOfYear - 719_468
    }
}
