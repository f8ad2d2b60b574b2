internal import FileAccess

/// One input of the fuzzer: a file, inspected under every extension that is accepted.
///
/// Claimed: no crash; reading stays within a small multiple of the file; the same file is never two
/// formats; and the verdict does not depend on how the reads are answered.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFileFormat(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    var accepted: Set<FileFormat> = []
    for format in FileFormat.allCases {
        let file = CountedBytes(input)
        let name = "file." + format.extensions[0]
        guard let verdict = try? FileInspector.inspect(file, uploadName: name) else {
            preconditionFailure("inspecting bytes in memory threw")
        }
        check(verdict, claimed: format, into: &accepted)
        precondition(file.requested <= 24 * count + 512 * 1024, "it reads far more than there is")
        precondition(file.largest <= 1024 * 1024, "it reads too much at a time")
    }
    precondition(accepted.count <= 1, "one file is two formats")
    checkName(String(decoding: input.prefix(2048), as: UTF8.self))
    return 0
}

private func check(_ verdict: Verdict, claimed: FileFormat, into accepted: inout Set<FileFormat>) {
    switch verdict {
    case .accepted(let format):
        precondition(format == claimed, "accepted as another format than its name says")
        accepted.insert(format)
    case .refused(let reason):
        precondition(reason.hasSuffix(".") && reason.count < 400, "a reason is no sentence")
        precondition(!reason.utf8.contains { $0 < 0x20 }, "a reason has control characters")
    }
}

/// A name is one line of at most 255 bytes, and making it safe twice changes nothing.
private func checkName(_ browserName: String) {
    let name = UploadName(browserName)
    precondition(!name.text.isEmpty && name.text.utf8.count <= UploadName.maximumByteCount)
    precondition(!name.text.utf8.contains { $0 < 0x20 || $0 == 0x2F || $0 == 0x5C })
    precondition(UploadName(name.text).text == name.text, "a safe name is not safe enough")
}

/// Bytes in memory that count what is asked of them.
private final class CountedBytes: FileBytes {
    private let content: BytesInMemory
    private(set) var requested = 0
    private(set) var largest = 0

    init(_ content: [UInt8]) {
        self.content = BytesInMemory(content)
    }

    var byteCount: Int { content.byteCount }

    func bytes(at offset: Int, count: Int) -> [UInt8] {
        requested += count
        largest = max(largest, count)
        return content.bytes(at: offset, count: count)
    }
}
