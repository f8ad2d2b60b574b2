"""Small valid files of the formats a case takes, made from the formats' specifications."""

import io
import struct
import zipfile
import zlib


def png(width=2, height=2, pixels=None, byte_count=None):
    """Greyscale, 8 bits (PNG specification 11.2); pixels are width * height bytes.

    With byte_count a chunk of text (11.3.3.2) fills the file up to that size.
    """
    pixels = pixels if pixels is not None else bytes(width * height)
    rows = b"".join(b"\0" + pixels[row * width : (row + 1) * width] for row in range(height))

    def chunk(kind, content):
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    start = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows, 1))
    )
    end = chunk(b"IEND", b"")
    if byte_count is not None:
        text = b"Comment\0"
        start += chunk(b"tEXt", text.ljust(byte_count - len(start) - len(end) - 12, b"x"))
    return start + end


def gif():
    """One black pixel (GIF89a, sections 18 to 22 and 27)."""
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0)
        + b"\0\0\0\xff\xff\xff"
        + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
        + b"\x02\x02\x44\x01\0"
        + b"\x3b"
    )


def jpeg():
    """8 x 8 grey pixels, baseline (ITU-T T.81, annex B): one code each for DC 0 and end of block."""

    def segment(marker, content):
        return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content

    one_code = bytes([1] + [0] * 15) + b"\0"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0" + struct.pack(">HHBB", 1, 1, 0, 0))
        + segment(0xDB, b"\0" + bytes([1] * 64))
        + segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 1) + b"\x01\x11\0")
        + segment(0xC4, b"\x00" + one_code)
        + segment(0xC4, b"\x10" + one_code)
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x3f"
        + b"\xff\xd9"
    )


def pdf():
    """One empty page (ISO 32000-1, 7.5), with a right cross-reference table."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>",
    ]
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 4\n0000000000 65535 f \n"
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + table + end


def docx():
    """One paragraph (ECMA-376 part 1, 11.3.10, and part 2 for the package)."""
    schema = "http://schemas.openxmlformats.org"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{schema}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relationships}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{schema}/package/2006/relationships">'
        f'<Relationship Id="rId1" Target="word/document.xml"'
        f' Type="{schema}/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{schema}/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Delivery note</w:t></w:r></w:p></w:body></w:document>",
    }
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # ZipInfo's own date, so that the same bytes come each time.
            archive.writestr(zipfile.ZipInfo(name), head + text, zipfile.ZIP_DEFLATED)
    return package.getvalue()


def five_files():
    """Name and bytes of as many files as a case takes, one of each format but DOC."""
    return [
        ("photo of the router.jpg", jpeg()),
        ("Störung.png", png(64, 64, bytes(range(256)) * 16)),
        ("blink.gif", gif()),
        ("invoice.pdf", pdf()),
        ("delivery note.docx", docx()),
    ]
