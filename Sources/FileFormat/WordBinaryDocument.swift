/// Whether a compound file is a Word document (.doc), and if not, what else.
///
/// Sources: MS-DOC 2.1 (streams), 2.5.2 (FibBase); MS-XLS 2.1.2, MS-PPT 2.1.2, MS-OXMSG 2.1 and
/// MS-OFFCRYPTO 2.3 for the names of the other documents' streams.
enum WordBinaryDocument {
    /// The first two bytes: Word 97 and later, Word 6 and 95, and Word 6 and 95 for East Asia.
    private static let word97 = 0xA5EC
    private static let olderWords = [0xA5DC, 0xA697, 0xA698, 0xA699]

    /// The size of FibBase, in bytes.
    private static let fibBaseByteCount = 32

    /// The versions before Word 97 (nFib), which keep their tables in the main stream.
    private static let firstVersionWithTableStream = 0x00C0

    static func check(_ file: inout ByteWindow) throws {
        let container = try CompoundFile(&file)
        if container.stream("EncryptedPackage") != nil {
            throw Flaw.unwanted(OfficePackage.passwordSentences)
        }
        guard let main = container.stream("WordDocument") else {
            throw Flaw.other(kind(of: container))
        }
        let others = otherDocuments.filter { container.stream($0.stream) != nil }
        if let other = others.first {
            throw Flaw.hides("\(other.likeness.noun) hidden beside its text")
        }
        guard main.byteCount >= fibBaseByteCount else { throw Flaw.damaged("its text is missing") }
        let fib = try file.bytes(at: main.offset, count: fibBaseByteCount)
        let identifier = LittleEndian.number16(fib, at: 0)
        let version = LittleEndian.number16(fib, at: 2)
        guard identifier == word97 || olderWords.contains(identifier) else {
            throw Flaw.damaged("its text does not begin like one of Word")
        }
        let flags = LittleEndian.number16(fib, at: 10)
        guard flags & 0x0100 == 0 else { throw Flaw.unwanted(OfficePackage.passwordSentences) }
        guard identifier == word97, version >= firstVersionWithTableStream else { return }
        let table = container.stream(flags & 0x0200 == 0 ? "0Table" : "1Table")
        guard let table, table.byteCount > 0 else { throw Flaw.damaged("its tables are missing") }
    }

    /// Other documents in a compound file, by the stream that makes them one.
    private static let otherDocuments: [(stream: String, likeness: Likeness)] = [
        ("Workbook", Likeness("an Excel spreadsheet (.xls)", .saveAsPDF)),
        ("Book", Likeness("an Excel spreadsheet (.xls)", .saveAsPDF)),
        ("PowerPoint Document", Likeness("a PowerPoint presentation (.ppt)", .saveAsPDF)),
        ("VisioDocument", Likeness("a Visio drawing (.vsd)", .saveAsPDF)),
        ("__properties_version1.0", Likeness("an Outlook message (.msg)", .saveAsPDF)),
        ("Quill", Likeness("a Publisher document (.pub)", .saveAsPDF)),
        ("Props9", Likeness("a Project plan (.mpp)", .saveAsPDF)),
        ("MatOST", Likeness("a Works document (.wps)", .saveAsDocument)),
        ("Catalog", Likeness("a database of thumbnails", .chooseAnother)),
    ]

    private static func kind(of container: CompoundFile) -> Likeness {
        for (stream, likeness) in otherDocuments where container.stream(stream) != nil {
            return likeness
        }
        let storages = container.items.filter { !$0.isStream }.map { $0.name }
        if storages.contains("Quill") { return Likeness("a Publisher document (.pub)", .saveAsPDF) }
        return Likeness(
            "an Office file of the older kind with no Word document in it", .saveAsDocument)
    }
}
