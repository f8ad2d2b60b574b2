/// The limits of a file of customers, each with its unit and reason.
package enum CustomerFileLimit {
    /// Bytes of a file (32 MiB, inclusive): more than 100,000 customers with three addresses, three
    /// numbers and a short remark each.
    package static let maximumByteCount = 32 * 1024 * 1024
    /// Rows of a file below the one that names the columns: what 32 MiB hold of the shortest rows that
    /// still name somebody is far more, and each takes a row of the receipt.
    package static let maximumRowCount = 500_000
    /// Columns of a file: Outlook and Google export up to 90, and a form has 128 fields.
    package static let maximumColumnCount = 100
    /// Bytes of one row: more than a cell of 32,767 characters, Excel's longest, has in nearly any script.
    ///
    /// It bounds what a quotation mark that is never closed can take in.
    package static let maximumRowByteCount = 128 * 1024
    /// Bytes that are read at once.
    package static let pieceByteCount = 64 * 1024
    /// Bytes at the beginning that show the encoding of a file without a byte order mark.
    static let encodingSampleByteCount = 4 * 1024
    /// Rows at the beginning that show the delimiter.
    static let delimiterSampleRowCount = 20
    /// Rows that the preview shows.
    package static let previewRowCount = 10
    /// Texts that are shown to tell a wrong encoding by.
    package static let letterSampleCount = 8
}
