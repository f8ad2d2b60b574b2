"""Five valid files of exactly 5 MB, each with a place whose bytes may be any.

The content of each form differs, so that nothing can save work by knowing a file already.
"""

import os
import struct
import zlib

SIZE = 5 * 1024 * 1024
NONCE = 16  # bytes, in hexadecimal letters

# The smallest baseline JPEG there is to draw: 1 x 1 pixel, grey, standard tables (ITU T.81 Annex K).
_JPEG_HEAD = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
_JPEG_BODY = (
    bytes.fromhex("ffdb004300") + bytes([16] * 64)
    + bytes.fromhex("ffc0000b080001000101011100")
    + bytes.fromhex("ffc40014000100000000000000000000000000000000")
    + bytes.fromhex("ffc40014100100000000000000000000000000000000")
    + bytes.fromhex("ffda0008010100003f003fffd9")
)


class Attachment:
    """A file name and content in three pieces, the middle one made anew for each form."""

    def __init__(self, name, before, middle, after):
        self.name, self._middle = name, middle
        self._before, self._after = memoryview(before), memoryview(after)
        assert sum(map(len, self.pieces())) == SIZE, name

    def pieces(self):
        nonce = os.urandom(NONCE // 2).hex().encode()
        return [self._before, self._middle(nonce), self._after]


def attachments():
    return [_jpeg("a.jpg"), _jpeg("b.jpeg"), _png("c.png"), _gif("d.gif"), _pdf("e.pdf")]


def _filling(count):
    """Letters without pattern, so that nothing compresses them away."""
    return os.urandom((count + 1) // 2).hex().encode()[:count]


def _jpeg(name):
    """Comments (COM segments of at most 65,533 bytes) between header and tables."""
    nonce = b"\xff\xfe" + struct.pack(">H", NONCE + 2)
    room = SIZE - len(_JPEG_HEAD) - len(nonce) - NONCE - len(_JPEG_BODY)
    comments = []
    while room:
        # A segment has at least four bytes: never leave fewer.
        part = min(room, 65_537)
        if 0 < room - part < 4:
            part -= 4
        comments.append(b"\xff\xfe" + struct.pack(">H", part - 2) + _filling(part - 4))
        room -= part
    return Attachment(name, _JPEG_HEAD + nonce, bytes, b"".join(comments) + _JPEG_BODY)


def _chunk(kind, content):
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def _png(name):
    """A picture of noise, 1,280 x 1,360 in RGB, and texts that fill what is left."""
    width, height = 1280, 1360
    rows = b"".join(b"\0" + os.urandom(3 * width) for _ in range(height))
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = zlib.compress(rows, 0)
    picture = b"".join(_chunk(b"IDAT", data[i : i + 65_536]) for i in range(0, len(data), 65_536))
    end = _chunk(b"IEND", b"")

    def text(content):
        return _chunk(b"tEXt", b"Comment\0" + content)

    used = len(head) + len(text(b"x" * NONCE)) + len(picture) + len(text(b"")) + len(end)
    rest = text(_filling(SIZE - used)) + picture + end
    return Attachment(name, head, text, rest)


def _gif(name):
    """One pixel, and comment extensions (blocks of at most 255 bytes) before it."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(3) + b"\xff\xff\xff"
    head += b"\x21\xfe" + bytes([NONCE])
    image = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00" + b"\x3b"
    room = SIZE - len(head) - NONCE - len(image) - 1 - 2 - 1
    blocks = []
    while room:
        part = min(room, 256)
        if room - part == 1:
            part -= 1
        blocks.append(bytes([part - 1]) + _filling(part - 1))
        room -= part
    return Attachment(name, head, bytes, b"\0\x21\xfe" + b"".join(blocks) + b"\0" + image)


def _pdf(name):
    """One empty page and a stream that nothing refers to."""
    opening = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]

    def build(length):
        """The file around a stream of that many bytes: what stands before it, and after."""
        text, places = bytearray(opening), []
        for number, content in enumerate(objects, 1):
            places.append(len(text))
            text += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        places.append(len(text))
        text += b"4 0 obj\n<< /Length %d >>\nstream\n" % length
        after = b"\nendstream\nendobj\n"
        table = len(text) + length + len(after)
        after += b"xref\n0 5\n0000000000 65535 f \n"
        after += b"".join(b"%010d 00000 n \n" % place for place in places)
        after += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
        return bytes(text), after

    length = SIZE - sum(map(len, build(SIZE)))
    before, after = build(length)
    length += SIZE - length - len(before) - len(after)
    before, after = build(length)
    return Attachment(name, before, bytes, _filling(length - NONCE) + after)
