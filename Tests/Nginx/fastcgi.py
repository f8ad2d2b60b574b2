"""The sending side of FastCGI 1.0, for a test that holds a request half sent."""

import socket
import struct

BEGIN_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6
RESPONDER = 1


class HalfSentRequest:
    """One POST on a connection of its own (specification 3.3, 3.4, 5.1 to 5.3, 5.5)."""

    def __init__(self, socket_path, parameters):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(20)
        self.connection.connect(socket_path)
        self.send(BEGIN_REQUEST, struct.pack(">HB5x", RESPONDER, 0))
        self.send(PARAMS, b"".join(map(name_and_value, parameters.items())))
        self.send(PARAMS, b"")

    def send(self, kind, content):
        self.connection.sendall(struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content)

    def body(self, content):
        self.send(STDIN, content)

    def answer(self):
        """Everything on STDOUT until END_REQUEST."""
        self.send(STDIN, b"")
        output = b""
        with self.connection, self.connection.makefile("rb") as stream:
            while True:
                head = stream.read(8)
                assert len(head) == 8, f"the connection ended before END_REQUEST: {output[:200]}"
                _, kind, _, length, padding = struct.unpack(">BBHHBx", head)
                content = stream.read(length)
                stream.read(padding)
                if kind == STDOUT:
                    output += content
                elif kind == END_REQUEST:
                    return output


def name_and_value(pair):
    name, value = (text.encode() for text in pair)
    return b"".join(map(length_of, (name, value))) + name + value


def length_of(content):
    if len(content) < 128:
        return bytes([len(content)])
    return struct.pack(">I", len(content) | 1 << 31)
