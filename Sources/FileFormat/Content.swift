/// What the bytes of a file are, before anyone looks at its name.
enum Content {
    /// One of the accepted formats, complete.
    case format(FileFormat)

    /// Begins like the noun says, and has this flaw.
    case flawed(noun: String, Flaw)

    /// Something that is not accepted, known or not.
    case other(Likeness?)

    /// Recognises a file by its first bytes and then by its whole structure.
    static func recognise(_ file: inout ByteWindow) throws -> Content {
        guard let beginning = try Beginning.allCases.first(where: { try $0.stands(in: &file) })
        else { return .other(try Likeness.of(&file)) }
        do {
            return .format(try beginning.check(&file))
        } catch Flaw.other(let likeness) {
            return .other(likeness)
        } catch let flaw as Flaw {
            return .flawed(noun: beginning.noun, flaw)
        }
    }
}

/// The ways in which an accepted file begins, in the order in which they are asked for.
private enum Beginning: CaseIterable {
    case jpeg
    case png
    case gif
    case compoundFile
    case zip
    case pdf

    /// What a file that begins so is called as long as no more is known.
    var noun: String {
        switch self {
        case .jpeg: FileFormat.jpeg.noun
        case .png: FileFormat.png.noun
        case .gif: FileFormat.gif.noun
        case .pdf: FileFormat.pdf.noun
        case .compoundFile: "an Office document of the older kind (such as .doc)"
        case .zip: "a ZIP archive or a Word document (.docx)"
        }
    }

    func stands(in file: inout ByteWindow) throws -> Bool {
        switch self {
        case .jpeg: try file.has(JPEGStructure.signature, at: 0)
        case .png: try file.has(PNGStructure.signature, at: 0)
        case .gif: try GIFStructure.signatures.contains { try file.has($0, at: 0) }
        case .compoundFile: try file.has(CompoundFile.signature, at: 0)
        case .zip: try ZipArchive.signatures.contains { try file.has($0, at: 0) }
        case .pdf: try PDFStructure.headerOffset(in: &file) != nil
        }
    }

    /// Checks the structure to the end.
    ///
    /// - Throws: `Flaw`, or what reading throws.
    func check(_ file: inout ByteWindow) throws -> FileFormat {
        let format = try checkStructure(&file)
        if self != .zip { try ForeignContent.refuseArchive(atTheEndOf: &file) }
        return format
    }

    private func checkStructure(_ file: inout ByteWindow) throws -> FileFormat {
        switch self {
        case .jpeg:
            try JPEGStructure.check(&file)
            return .jpeg
        case .png:
            try PNGStructure.check(&file)
            return .png
        case .gif:
            try GIFStructure.check(&file)
            return .gif
        case .pdf:
            try PDFStructure.check(&file)
            return .pdf
        case .compoundFile:
            try WordBinaryDocument.check(&file)
            return .doc
        case .zip:
            try OfficePackage.check(&file)
            return .docx
        }
    }
}
