extension PartHeader {
    /// Reads what a part's header says about it (RFC 7578 4.2 to 4.7).
    ///
    /// `filename*` is passed over, as RFC 7578 4.2 says; so are all fields but the three that are read here,
    /// among them a part's `Content-Length`, which the delimiter makes superfluous.
    ///
    /// - Throws: `malformedHeader`, `missingName`, `nameTooLong`, `nameNotUTF8` or
    ///   `unsupportedTransferEncoding`.
    init(_ block: HeaderBlock, maximumNameBytes: Int) throws(FormDataError) {
        if let name = block.plainFieldName, name.count <= maximumNameBytes,
            let text = String(utf8: name)
        {
            self.init(name: text, filename: nil, contentType: nil)
            return
        }
        try self.init(fieldsOf: block, maximumNameBytes: maximumNameBytes)
    }

    private init(fieldsOf block: HeaderBlock, maximumNameBytes: Int) throws(FormDataError) {
        let header = try block.fields()
        guard let field = try header.value(of: "content-disposition") else { throw .missingName }
        guard let disposition = HeaderParameters(field) else { throw .malformedHeader }
        guard disposition.leading.isWord("form-data"),
            let name = try Self.single("name", in: disposition).map(Self.unescapedName),
            !name.isEmpty
        else { throw .missingName }
        guard name.count <= maximumNameBytes else {
            throw .nameTooLong(maximumBytes: maximumNameBytes)
        }
        self.name = try Self.text(name)
        if let filename = try Self.single("filename", in: disposition) {
            self.filename = try Self.text(Self.unescapedFilename(filename))
        } else {
            filename = nil
        }
        contentType = try Self.mediaType(in: header)
        try Self.checkTransferEncoding(in: header)
    }

    private static func single(
        _ name: String, in disposition: HeaderParameters
    ) throws(FormDataError) -> HeaderParameters.Value? {
        let values = disposition.values(of: name)
        guard values.count <= 1 else { throw .malformedHeader }
        return values.first
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(FormDataError) -> String {
        guard let text = String(utf8: bytes) else { throw .nameNotUTF8 }
        return text
    }

    /// Undoes the backslashes of some senders and the three escapes of browsers.
    ///
    /// WHATWG HTML, "multipart/form-data encoding algorithm": `"`, CR and LF become `%22`, `%0D` and `%0A`.
    /// A per cent sign is not escaped, so no other sequence may be undone.
    private static func unescapedName(_ value: HeaderParameters.Value) -> ArraySlice<UInt8> {
        let bytes = value.unescaped
        guard value.isQuoted, bytes.contains(UInt8(ascii: "%")) else { return bytes }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            switch byte == UInt8(ascii: "%") ? Array(rest.prefix(3)) : [] {
            case Array("%22".utf8): result.append(UInt8(ascii: "\""))
            case Array("%0D".utf8): result.append(UInt8(ascii: "\r"))
            case Array("%0A".utf8): result.append(UInt8(ascii: "\n"))
            default:
                result.append(byte)
                rest.removeFirst()
                continue
            }
            rest.removeFirst(3)
        }
        return result[...]
    }

    /// As `unescapedName`; a Windows path (`C:\...`, `\\server\...`) is cut to its last component.
    ///
    /// RFC 7578 4.2: the name is to be the last component, but old browsers sent the whole path.
    private static func unescapedFilename(_ value: HeaderParameters.Value) -> ArraySlice<UInt8> {
        let name = unescapedName(value)
        let backslash = UInt8(ascii: "\\")
        let start = Array(value.raw.prefix(3))
        let hasDrive =
            start.count == 3 && start[0].isASCIILetter && start[1] == UInt8(ascii: ":")
            && start[2] == backslash
        let hasServer = start.prefix(2).elementsEqual([backslash, backslash])
        guard hasDrive || hasServer, let last = name.lastIndex(of: backslash) else { return name }
        return name[(last + 1)...]
    }

    private static func mediaType(in header: HeaderFields) throws(FormDataError) -> String? {
        guard var field = try header.value(of: "content-type") else { return nil }
        let type = field.take { $0 == UInt8(ascii: ";") }.trimmingBlanks()
        guard !type.isEmpty else { return nil }
        guard let text = String(utf8: type) else { throw .malformedHeader }
        return text
    }

    /// RFC 7578 4.7 deprecates transfer encodings; to take encoded bytes for the file would store another one.
    private static func checkTransferEncoding(in header: HeaderFields) throws(FormDataError) {
        guard let field = try header.value(of: "content-transfer-encoding") else { return }
        guard ["7bit", "8bit", "binary"].contains(where: { field.isWord($0) }) else {
            throw .unsupportedTransferEncoding
        }
    }
}
