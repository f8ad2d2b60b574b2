internal import Crypto
internal import Foundation

/// The version that stands in the addresses of styles and scripts, so that browsers may keep them for ever.
enum AssetVersion {
    /// Digits of the hash that are used: enough that two versions never meet.
    private static let digitCount = 12

    /// A hash over the names and bytes of the files in a directory; `0` when there is none.
    static func text(of directory: String?) -> String {
        guard let directory,
            let names = try? FileManager.default.contentsOfDirectory(atPath: directory)
        else { return "0" }
        var hasher = SHA256()
        for name in names.sorted() {
            hasher.update(data: Data(name.utf8))
            hasher.update(
                data: FileManager.default.contents(atPath: directory + "/" + name) ?? Data())
        }
        let digits = hasher.finalize().map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return String(digits.joined().prefix(digitCount))
    }
}
