internal import CaseModel

extension DemoContent {
    /// Oldest first, as they would have come in.
    static let cases = [
        PlannedCase(
            creator: "aylin.demir", hoursAgo: 170, type: "Invoice question",
            title: "October invoice 12.40 higher than agreed",
            description: """
                The invoice of October shows 12.40 for “premium support”, which the customer never booked.

                Invoice: 2026-10-55012
                Wish: credit on the next invoice
                """,
            priority: .medium, source: .email, customer: 3, owner: .queue("Billing"),
            files: [invoice]),
        PlannedCase(
            creator: "jonas.brandt", hoursAgo: 120, type: "Moving house",
            title: "Moves to Leipzig on 1 March, takes DSL 100 along",
            description: """
                The customer moves on 1 March and wants to keep the contract and the number.

                New address: Lindenstraße 4, 04109 Leipzig
                """,
            priority: .low, source: .voice, customer: 0, owner: .claim),
        PlannedCase(
            creator: "mia.keller", hoursAgo: 74, type: "Hardware exchange",
            title: "Receiver does not start any more, fan is loud",
            description: "Receiver TX-4 stays dark since Sunday; the fan runs at full speed.",
            priority: .medium, source: .web, customer: 10, deadlineInHours: 72,
            owner: .queue("Field service")),
        PlannedCase(
            creator: "mia.keller", hoursAgo: 51, type: "SIM card lost",
            title: "Phone stolen on the train, block the SIM at once",
            description: """
                Stolen between Hamburg and Hannover. The number is to be blocked and moved to a new card.

                Number: +49 40 5550161
                """,
            priority: .critical, source: .voice, customer: 11, deadlineInHours: 54, owner: .claim),
        PlannedCase(
            creator: "aylin.demir", hoursAgo: 28, type: "Complaint",
            title: "Waited 50 minutes on the line twice",
            description: "The customer wants a call back by a team leader, not a letter.",
            priority: .high, source: .whatsapp, customer: 5, deadlineInHours: 52,
            owner: .queue("Complaints")),
        PlannedCase(
            creator: "jonas.brandt", hoursAgo: 9, type: "Slow connection",
            title: "Video calls break off every evening after 20:00",
            description: """
                Books 250 Mbit/s, measures 18 Mbit/s in the evening, full speed in the morning.
                Cable and Wi-Fi show the same.
                """,
            priority: .medium, source: .web, customer: 6, owner: .rule),
        PlannedCase(
            creator: "mia.keller", hoursAgo: 2, type: "Internet down",
            title: "No internet since yesterday evening, router shows a red light",
            description: """
                Since yesterday evening the router shows a red light and there is no internet at all. \
                Restarted three times.

                Serial number: RX-20993-B
                Contract: 88 201 334
                """,
            priority: .high, source: .web, customer: 8, deadlineInHours: 50, owner: .claim,
            files: [redLight], told: [.email, .sms]),
    ]

    /// A picture of 48 by 32 pixels: a dark box with a red light.
    private static let redLight = File(name: "router.gif", bytes: picture)

    /// GIF89a (87a grammar, no extension blocks): four colours, the pixels as uncompressed LZW codes.
    private static var picture: [UInt8] {
        let (width, height) = (48, 32)
        let palette: [UInt8] = [
            0xE4, 0xE7, 0xEB, 0x24, 0x3B, 0x53, 0xB4, 0x23, 0x18, 0xFF, 0xFF, 0xFF,
        ]
        var bytes =
            Array("GIF89a".utf8) + [UInt8(width), 0, UInt8(height), 0, 0x91, 0, 0] + palette
        bytes += [0x2C, 0, 0, 0, 0, UInt8(width), 0, UInt8(height), 0, 0, 2]
        var bits = BitWriter()
        for index in 0..<(width * height) {
            // A clear code before every second pixel keeps all codes three bits wide.
            if index % 2 == 0 { bits.append(4, width: 3) }
            bits.append(colour(x: index % width, y: index / width), width: 3)
        }
        bits.append(5, width: 3)
        for start in stride(from: 0, to: bits.bytes.count, by: 255) {
            let block = bits.bytes[start..<min(start + 255, bits.bytes.count)]
            bytes += [UInt8(block.count)] + block
        }
        return bytes + [0, 0x3B]
    }

    private static func colour(x: Int, y: Int) -> UInt8 {
        let isBox = (4..<44).contains(x) && (8..<26).contains(y)
        let isLight = (36..<40).contains(x) && (14..<18).contains(y)
        return isLight ? 2 : isBox ? 1 : 0
    }

    /// Codes packed from the lowest bit on (GIF89a, appendix F).
    private struct BitWriter {
        private(set) var bytes: [UInt8] = []
        private var bitCount = 0

        mutating func append(_ code: UInt8, width: Int) {
            for bit in 0..<width {
                if bitCount % 8 == 0 { bytes.append(0) }
                bytes[bytes.count - 1] |= ((code >> bit) & 1) << (bitCount % 8)
                bitCount += 1
            }
        }
    }

    private static let invoice = File(name: "invoice 2026-10.pdf", bytes: document)

    /// A PDF of one page with a line of text (ISO 32000-1, annex H.3), its offsets computed.
    private static var document: [UInt8] {
        let text = "BT /F1 18 Tf 72 720 Td (Invoice 2026-10-55012: premium support 12.40) Tj ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var file = "%PDF-1.4\n"
        var table = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let offset = String(file.utf8.count)
            table += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n \n"
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        let size = objects.count + 1
        file += "xref\n0 \(size)\n\(table)trailer\n<< /Size \(size) /Root 1 0 R >>\n"
        return Array((file + "startxref\n\(start)\n%%EOF\n").utf8)
    }
}
