import CustomerFile
import FileAccess
import Foundation

/// A file in one of the encodings, made by Foundation.
func file(_ text: String, _ encoding: TextEncoding = .utf8, hasMark: Bool = false) -> BytesInMemory
{
    let marked = hasMark ? "\u{FEFF}" + text : text
    let data =
        switch encoding {
        case .utf8: marked.data(using: .utf8)
        case .utf16LittleEndian: marked.data(using: .utf16LittleEndian)
        case .utf16BigEndian: marked.data(using: .utf16BigEndian)
        case .windows1252: text.data(using: .windowsCP1252)
        }
    return BytesInMemory([UInt8](data ?? Data()))
}

/// The cells of all rows, the first included.
func rows(
    _ file: some FileBytes, _ encoding: TextEncoding = .utf8, _ delimiter: Delimiter = .comma,
    pieceByteCount: Int = CustomerFileLimit.pieceByteCount
) throws -> [SheetRow] {
    var reader = SheetReader(
        file, SheetFormat(encoding: encoding, delimiter: delimiter), pieceByteCount: pieceByteCount)
    var rows: [SheetRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
}

/// Why a file is refused; `nil` when it is not.
func fault(_ file: some FileBytes) throws -> CustomerFileFault? {
    do {
        _ = try CustomerSheet(of: file)
        return nil
    } catch let fault as CustomerFileFault {
        return fault
    }
}
