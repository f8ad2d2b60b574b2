"""The outbox from outside, and a mail server that takes everything and keeps nothing."""

import contextlib
import os
import sqlite3
import time

from servers import Process, free_port


class Sink:
    """Postfix's smtp-sink. It stands for another machine, so it takes the processor last."""

    def __init__(self, run):
        self.port = free_port()
        # It refuses to run as root.
        user = [] if os.geteuid() else ["-u", "nobody"]
        self._process = Process(
            ["nice", "-n", "19", "smtp-sink", *user, f"127.0.0.1:{self.port}", "256"],
            f"{run}/sink.log")
        time.sleep(0.2)
        self._process.require_running()

    def stop(self):
        self._process.stop()


def due(data):
    """Messages that have not gone out."""
    with _database(data) as database:
        return database.execute(
            "SELECT count(*) FROM message WHERE endedAt IS NULL").fetchone()[0]


def empty(data):
    """Takes the messages that have not gone out away; nobody serves."""
    with _database(data) as database:
        database.execute("DELETE FROM messageEvent WHERE message IN "
                         "(SELECT id FROM message WHERE endedAt IS NULL)")
        database.execute("DELETE FROM message WHERE endedAt IS NULL")
        database.commit()


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"benchmark: messages were not sent within {seconds} s")
        time.sleep(0.02)


def _database(data):
    path = f"{data}/tenants/demo/casedesk.sqlite"
    return contextlib.closing(sqlite3.connect(path, timeout=30))
