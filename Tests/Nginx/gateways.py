"""What takes messages from the desk in tests: a mail server that is cut off where a test says, a
real Postfix that delivers into a Maildir, and a real Kannel with its fake SMSC. All on loopback,
with directories of their own, and ended by their process ids."""

import email
import email.policy
import http.server
import mailbox
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import threading
import urllib.parse

import desk as pieces

FAKE_SMSC = "/usr/lib/kannel/test/fakesmsc"


class CuttingMailServer:
    """SMTP (RFC 5321) that asks `plan(step, recipient)` at each step what to do.

    The steps: connect, hello, sender, recipient, data, body (in the middle of it), end (the dot
    has come, the answer has not gone) and answered. A plan returns None to go along, a text to say
    instead and then close where it begins with 421, CLOSE, or a function to call. `delivered` has
    what was answered, or would have been: recipient and Message-ID of each message.
    """

    CLOSE = object()

    def __init__(self, plan=lambda step, recipient: None):
        self.plan = plan
        self.delivered = []
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def start(self):
        self.listener.listen(64)
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()
        return self

    def stop(self):
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, connection.makefile("rb") as lines:
            try:
                Session(self, connection, lines).run()
            except (OSError, Closed):
                pass


class Closed(Exception):
    pass


class Session:
    def __init__(self, server, connection, lines):
        self.server = server
        self.connection = connection
        self.lines = lines
        self.recipient = None

    def run(self):
        self.answer("connect", "220 cutting.example")
        while line := self.lines.readline():
            word = line[:4].upper().strip()
            if word in (b"EHLO", b"HELO"):
                self.answer("hello", "250 cutting.example")
            elif word == b"MAIL":
                self.recipient = None
                self.answer("sender", "250 ok")
            elif word == b"RCPT":
                self.recipient = re.search(rb"<([^>]*)>", line)[1].decode()
                self.answer("recipient", "250 ok")
            elif word == b"DATA":
                if self.answer("data", "354 go on"):
                    self.take_body()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take_body(self):
        text = self.lines.readline()
        self.answer("body", None)
        while not text.endswith(b"\r\n.\r\n"):
            line = self.lines.readline()
            if not line:
                raise Closed
            text += line
        name = email.message_from_bytes(text, policy=email.policy.default)["Message-ID"]
        act = self.server.plan("end", self.recipient)
        if act is None or callable(act) or act is self.server.CLOSE:
            self.server.delivered.append((self.recipient, str(name)))
        self.do(act, "250 taken")
        self.do(self.server.plan("answered", self.recipient), None)

    def answer(self, step, usual):
        return self.do(self.server.plan(step, self.recipient), usual)

    def do(self, act, usual):
        """Does what the plan says; true when it went as usual."""
        if act is self.server.CLOSE:
            raise Closed
        if isinstance(act, str):
            self.say(act)
            if act.startswith("421"):
                raise Closed
            return False
        if act is not None:
            act()
        if usual is not None:
            self.say(usual)
        return True

    def say(self, line):
        self.connection.sendall(line.encode() + b"\r\n")


class CuttingSMSGateway:
    """HTTP that asks `plan(number)` what to do with a message, as CuttingMailServer does; a number
    is the status of its answer, None is 202 and CLOSE no answer at all."""

    CLOSE = object()

    def __init__(self, plan=lambda number: None):
        self.plan = plan
        self.delivered = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
                act = outer.plan(query["to"][0])
                if act is None or act is outer.CLOSE:
                    outer.delivered.append((query["to"][0], query["id"][0], query["text"][0]))
                if act is outer.CLOSE:
                    return
                self.send_response(act or 202)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Postfix:
    """Debian's Postfix in a directory of its own, as root: whatever comes to @example.org or
    @example.com goes into one Maildir."""

    def __init__(self, place):
        self.port = pieces.free_port()
        self.config = place / "postfix"
        self.maildir = place / "mail" / "all"
        (place / "queue").mkdir()
        (place / "mail").mkdir()
        self.config.mkdir()
        owner = pwd.getpwnam("postfix")
        (place / "state").mkdir()
        os.chown(place / "state", owner.pw_uid, owner.pw_gid)
        os.chown(place / "mail", owner.pw_uid, owner.pw_gid)
        self.certificate = make_certificate(place)
        settings = {
            "compatibility_level": "3.6",
            "queue_directory": place / "queue",
            "data_directory": place / "state",
            "maillog_file": "/dev/stdout",
            "maillog_file_prefixes": "/dev",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "myhostname": "mail.example.net",
            "mydestination": "",
            "alias_maps": "",
            "alias_database": "",
            "virtual_mailbox_domains": "example.org, example.com",
            "virtual_mailbox_base": place / "mail",
            "virtual_mailbox_maps": "static:all/",
            "virtual_uid_maps": f"static:{owner.pw_uid}",
            "virtual_gid_maps": f"static:{owner.pw_gid}",
            "virtual_minimum_uid": "1",
            "smtpd_tls_security_level": "may",
            "smtpd_tls_cert_file": self.certificate,
            "smtpd_tls_key_file": place / "key.pem",
            "smtpd_recipient_restrictions": "reject_unauth_destination",
        }
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        (self.config / "main.cf").write_text(text)
        lines = pathlib.Path("/usr/share/postfix/master.cf.dist").read_text().splitlines()
        # Without the chroots and the port 25 of the distribution.
        kept = [re.sub(r"^((?:\S+\s+){4})y\b", r"\1n", line) for line in lines]
        kept = [line for line in kept if not re.match(r"smtp\s+inet", line)]
        kept.append(f"127.0.0.1:{self.port} inet n - n - - smtpd")
        kept.append("postlog unix-dgram n - n - 1 postlogd")
        (self.config / "master.cf").write_text("\n".join(kept) + "\n")
        self.log = place / "postfix.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["/usr/sbin/postfix", "-c", self.config, "start-fg"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        pieces.wait_until(lambda: answers(self.port), 30, "Postfix answers")

    def mails(self):
        """What is in the Maildir, read."""
        if not self.maildir.exists():
            return []
        box = mailbox.Maildir(self.maildir, create=False)
        return [
            email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)
            for key in box.keys()
        ]

    def stop(self):
        subprocess.run(
            ["/usr/sbin/postfix", "-c", self.config, "stop"], capture_output=True, timeout=30
        )
        self.process.wait(30)


class Kannel:
    """Debian's Kannel: bearerbox, smsbox and the fake SMSC, which says what it was sent."""

    LOGIN, PASSWORD = "desk", "kannel-secret"

    def __init__(self, place):
        ports = [pieces.free_port() for _ in range(4)]
        admin, box, self.port, smsc = ports
        self.place = place
        self.config = place / "kannel.conf"
        self.config.write_text(
            f"""
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = admin
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1

group = smsc
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = {smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {self.port}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = {self.LOGIN}
password = {self.PASSWORD}
concatenation = true
max-messages = 10

group = sms-service
keyword = default
text = "no"
"""
        )
        self.processes = []
        self.start("/usr/sbin/bearerbox", self.config)
        pieces.wait_until(lambda: answers(box) and answers(smsc), 30, "bearerbox answers")
        self.start("/usr/sbin/smsbox", self.config)
        self.start(FAKE_SMSC, "-H", "127.0.0.1", "-r", smsc, "-m", "0", "1 2 text x")
        pieces.wait_until(lambda: answers(self.port), 30, "smsbox answers")

    def start(self, *command):
        log = self.place / (pathlib.Path(command[0]).name + ".log")
        with log.open("wb") as output:
            self.processes.append(
                subprocess.Popen(
                    list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output, stderr=output
                )
            )

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/cgi-bin/sendsms"

    def messages(self):
        """What the SMSC was sent: "sender number text TEXT" or "... udh UDH data DATA"."""
        log = (self.place / "fakesmsc.log").read_text(errors="replace")
        return re.findall(r"Got message \d+: <(.*)>", log)

    def stop(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in reversed(self.processes):
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(15)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def make_certificate(place):
    """A certificate for 127.0.0.1 that no system trusts; its key is key.pem beside it."""
    certificate = place / "certificate.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=mail.example.net", "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", place / "key.pem", "-out", certificate,
        ],
        check=True, capture_output=True,
    )
    return certificate


def missing(*programs):
    """The programs that are not there, for the reason of a skip."""
    return [name for name in programs if not shutil.which(name, path="/usr/sbin:/usr/bin:/sbin")]
