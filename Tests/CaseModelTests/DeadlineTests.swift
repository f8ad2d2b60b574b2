import Foundation
import Testing

@testable import CaseModel

// Expected instants are those of GNU date: date -u -d 'TZ="Europe/Berlin" 2027-06-30 17:00' +%s
@Suite("Reading a deadline")
struct DeadlineTests {
    private let now = Date(timeIntervalSince1970: 1_795_344_800)  // 2026-11-22 10:53:20 UTC

    private func read(_ text: String, in zone: String = "Europe/Berlin") -> Result<
        Int, Deadline.Fault
    > {
        guard let zone = TimeZone(identifier: zone) else { return .failure(.unreadable) }
        do throws(Deadline.Fault) {
            let instant = try Deadline.instant(of: text, in: zone, now: now)
            return .success(Int(instant.timeIntervalSince1970))
        } catch {
            return .failure(error)
        }
    }

    @Test(arguments: [
        ("2027-06-30T17:00", "Europe/Berlin", 1_814_367_600),
        ("2027-06-30 17:00", "Europe/Berlin", 1_814_367_600),
        ("2027-06-30T17:00:59", "Europe/Berlin", 1_814_367_659),
        ("2028-02-29T00:00", "UTC", 1_835_395_200),
        ("2027-01-01T00:00", "Asia/Kolkata", 1_798_741_800),
        ("2027-03-28T01:59", "Europe/Berlin", 1_806_195_540),
        ("2027-03-28T03:00", "Europe/Berlin", 1_806_195_600),
        ("9999-12-31T23:59", "UTC", 253_402_300_740),
    ])
    func `finds the instant in the zone`(text: String, zone: String, expected: Int) {
        #expect(read(text, in: zone) == .success(expected))
    }

    @Test(arguments: [
        ("2027-10-31T02:30", "Europe/Berlin", 1_824_942_600),
        ("2027-04-04T01:45", "Australia/Lord_Howe", 1_806_763_500),
    ])
    func `takes the first of a time that occurs twice`(text: String, zone: String, expected: Int) {
        #expect(read(text, in: zone) == .success(expected))
    }

    @Test(arguments: [
        ("2027-03-28T02:00", "Europe/Berlin"), ("2027-03-28T02:59", "Europe/Berlin"),
        ("2027-03-14T02:30", "America/New_York"), ("2027-10-03T02:15", "Australia/Lord_Howe"),
    ])
    func `refuses a time that a clock change skips`(text: String, zone: String) {
        #expect(read(text, in: zone) == .failure(.skippedHour))
    }

    @Test(arguments: [
        "2027-02-30T10:00", "2027-02-29T10:00", "2027-13-01T10:00", "2027-00-01T10:00",
        "2027-04-31T10:00", "2027-04-00T10:00", "2027-04-01T24:00", "2027-04-01T10:60",
        "2027-04-01T10:00:60", "0001-01-01T00:00",
    ])
    func `refuses a day or time that no calendar has`(text: String) {
        #expect(read(text) == .failure(.nonexistentDay))
    }

    @Test(arguments: [
        "tomorrow", "2027-06-30", "2027-6-30T17:00", "30.06.2027 17:00", "2027-06-30T17", "T",
        "2027-06-30T17:00Z", "2027-06-30T17:00+01:00", "２０２７-06-30T17:00", "2027-06-30T 7:00",
        "99999-06-30T17:00", "-027-06-30T17:00",
    ])
    func `refuses what is not written as a date and a time`(text: String) {
        #expect(read(text) == .failure(.unreadable))
    }

    @Test func `takes the current minute and refuses the one before`() {
        #expect(read("2026-11-22T10:53", in: "UTC") == .success(1_795_344_780))
        #expect(read("2026-11-22T10:52", in: "UTC") == .failure(.past))
    }

    @Test(arguments: ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC"])
    func `reads back what it writes, around every clock change of a year`(zone: String) throws {
        let timeZone = try #require(TimeZone(identifier: zone))
        // Every 31 minutes for a year, whole minutes.
        let start = 1_795_345_200.0
        for step in stride(from: 0.0, to: 365 * 86_400, by: 31 * 60) {
            let instant = Date(timeIntervalSince1970: start + step)
            let text = Deadline.text(of: instant, in: timeZone)
            let found = try Deadline.instant(of: text, in: timeZone, now: now)
            let isSame = found == instant
            let isFirstOfTwo = found < instant && Deadline.text(of: found, in: timeZone) == text
            #expect(isSame || isFirstOfTwo, "\(text) in \(zone)")
        }
    }
}
