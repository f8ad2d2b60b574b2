"""Sends forms of 25 MB over sockets of their own, several at the same time."""

import re
import secrets
import socket
import threading
import time

from desk import DRAFT_MARK, FORM_TYPE

_SAVED = re.compile(rb"HTTP/1\.1 303 .*\r\nLocation: [^\r\n]*/cases/\d+\r\n", re.S | re.I)


class FormRound:
    """What one round of forms took."""

    def __init__(self):
        self.count = self.byte_count = 0
        self.failed = []
        self.seconds = 0.0
        self._lock = threading.Lock()

    @property
    def megabytes_per_second(self):
        return self.byte_count / 1e6 / self.seconds if self.seconds else 0.0

    def add(self, byte_count, failure):
        with self._lock:
            if failure:
                self.failed.append(failure)
            else:
                self.count += 1
                self.byte_count += byte_count


def send_forms(port, persons, attachments, count, at_once):
    """Sends `count` forms, `at_once` at the same time, the persons taking turns."""
    result = FormRound()
    for person in persons:
        person.fields()
    numbers = iter(range(count))
    lock = threading.Lock()
    gate = threading.Barrier(at_once + 1)

    def work():
        gate.wait()
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            result.add(*_send(port, persons[number % len(persons)], attachments))

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    gate.wait()
    start = time.monotonic()
    for thread in threads:
        thread.join()
    result.seconds = time.monotonic() - start
    return result


def _send(port, person, attachments):
    """Sends one form. Returns its bytes, and what went wrong or None."""
    draft = secrets.token_hex(16).encode()
    mark = DRAFT_MARK.encode()
    pieces = [p if len(p) > 1_000_000 else bytes(p).replace(mark, draft)
              for p in person.form(attachments)]
    length = sum(map(len, pieces))
    head = (f"POST /cases HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {person.cookie}\r\n"
            f"Content-Type: {FORM_TYPE}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
            connection.sendall(head.encode())
            for piece in pieces:
                connection.sendall(piece)
            answer = bytearray()
            while part := connection.recv(65_536):
                answer += part
    except OSError as error:
        return 0, str(error)
    if _SAVED.match(answer):
        return length, None
    return 0, bytes(answer[:12]).decode("latin-1") or "no answer"
