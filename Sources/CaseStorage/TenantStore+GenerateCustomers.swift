internal import CaseModel
internal import Foundation
internal import GRDB

// Many believable customers, to measure with: a few first names are common and most are rare, a few mail domains
// have nearly everybody, and numbers begin alike. What a search costs at a million depends on just that.

extension TenantStore {
    /// Customers of one transaction: large enough that the waits for the disk do not count.
    private static let generatedCustomersAtOnce = 5_000

    /// Adds `count` customers, the newest of now, one a minute back from there; always the same for the same count.
    package func generateCustomers(count: Int) throws(StoreError) {
        var generator = CustomerGenerator()
        let start = Date(timeIntervalSinceNow: -Double(count) * 60)
        var made = 0
        while made < count {
            let end = min(count, made + Self.generatedCustomersAtOnce)
            let batch = (made..<end).map { index in
                (generator.next(), start + Double(index) * 60)
            }
            try writer.write { db in
                for (values, at) in batch { _ = try db.insertCustomer(values, at: at) }
            }
            made = end
        }
    }
}

/// Makes up customers.
private struct CustomerGenerator {
    private var random = RepeatableRandom(state: 2)
    private let firstNames: [String]
    private let surnames: [String]

    /// First names besides the common ones, and surnames besides these.
    private static let (rareFirstNames, rareSurnames) = (350, 4_000)

    init() {
        var random = RepeatableRandom(state: 1)
        firstNames =
            Self.commonFirstNames
            + (0..<Self.rareFirstNames).map { _ in Self.name(of: 2...3, &random) }
        surnames =
            Self.commonSurnames
            + (0..<Self.rareSurnames).map { _ in Self.name(of: 2...4, &random) }
    }

    mutating func next() -> CustomerValues {
        let (first, last) = (pick(firstNames), pick(surnames))
        let emails = (0..<count(of: [1, 8, 10])).map { _ in email(first, last) }
        let phones = (0..<count(of: [2, 8, 10])).map { _ in phone() }
        let gender: Gender? = [.female, .male, nil][Int.random(in: 0..<3, using: &random)]
        return CustomerValues(
            name: "\(first) \(last)", gender: gender,
            emails: CustomerValues.Addresses(places: emails),
            phones: CustomerValues.Addresses(places: phones),
            remark: Int.random(in: 0..<20, using: &random) == 0 ? "Prefers calls after 17:00." : "")
    }

    /// 0, 1, 2 or 3: the shares of those below each, in tenths.
    private mutating func count(of shares: [Int]) -> Int {
        let place = Int.random(in: 0..<10, using: &random)
        return shares.count { $0 <= place }
    }

    private mutating func email(_ first: String, _ last: String) -> String {
        let (first, last) = (Self.ascii(first), Self.ascii(last))
        let number = Int.random(in: 1..<2_000, using: &random)
        let local =
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1: "\(first).\(last)"
            case 2: "\(first.prefix(1)).\(last)"
            case 3: "\(first)\(number % 100)"
            case 4: "\(first)\(last)\(number)"
            default: "\(last).\(first)\(number)"
            }
        return "\(local)@\(Self.domains[Int.random(in: 0..<Self.domains.count, using: &random)])"
    }

    private mutating func phone() -> String {
        let isMobile = Int.random(in: 0..<5, using: &random) < 3
        let code = isMobile ? pick(Self.mobileCodes) : pick(Self.areaCodes)
        let end = isMobile ? 100_000_000 : 10_000_000
        let number = Int.random(in: 1_000_000..<end, using: &random)
        return Bool.random(using: &random) ? "+49 \(code) \(number)" : "0\(code) \(number)"
    }

    /// One of a list, of which the first come far more often than the last.
    private mutating func pick(_ list: [String]) -> String {
        let place = Double.random(in: 0..<1, using: &random)
        return list[Int(place * place * place * Double(list.count))]
    }

    private static func ascii(_ name: String) -> String {
        name.lowercased().replacing("ä", with: "ae").replacing("ö", with: "oe")
            .replacing("ü", with: "ue").replacing("ß", with: "ss")
    }

    private static func name(
        of parts: ClosedRange<Int>, _ random: inout RepeatableRandom
    ) -> String {
        let count = Int.random(in: parts, using: &random)
        return (0..<count).map { _ in
            syllables[Int.random(in: 0..<syllables.count, using: &random)]
        }.joined().capitalized
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private static let commonFirstNames = words(
        """
        Michael Thomas Andreas Peter Stefan Christian Maria Anna Johannes Martin Alexander Christine
        Monika Ursula Sabine Susanne Johanna Stefanie Alexandra Christina Markus Matthias Sebastian
        Maximilian Katharina Elisabeth Annette Annabel Johann John Jonas Joachim Ulrike Ulrich
        """)
    private static let commonSurnames = words(
        """
        Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
        Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange
        Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Johnson
        """)
    private static let domains = words(
        """
        gmail.com gmail.com gmail.com gmail.com gmail.com gmx.de gmx.de gmx.de web.de web.de web.de
        outlook.com outlook.com hotmail.com yahoo.com t-online.de icloud.com freenet.de
        googlemail.com example.org
        """)
    private static let mobileCodes = words("151 170 171 160 175 152 176 172 157 173 162 163 174")
    private static let areaCodes = words("30 40 89 221 69 711 211 351 341 511 911 421 228 6221")
    private static let syllables = words(
        """
        an bar ben ber bru chri dan del do ei el en fel fran ge ha hel hol in jan jo ka kle kra ku
        le lin lo lud ma mar men mi na ner nau ni ol os pe ra rei ri ro sa schu se sta ste stein
        tal ter the tra uh vi vol wal wei wen wil za zel zi
        """)
}
