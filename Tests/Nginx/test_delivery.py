"""Messages leave the outbox through real servers, and through servers that are cut off at every
step of a send, while the responder is killed, too: none is lost, none arrives twice, and one of
which nobody can know whether it arrived is listed."""

import contextlib
import json
import os
import re
import sqlite3
import threading
import time

import pytest

import desk as pieces
import gateways

CUT = gateways.CuttingMailServer.CLOSE
NO_ANSWER = gateways.CuttingSMSGateway.CLOSE
OPEN = ("queued", "leased", "handing")
# Seconds. A message takes some milliseconds; the machine may be busy.
LIMIT = 40

needs_postfix = pytest.mark.skipif(
    os.geteuid() != 0 or gateways.missing("postfix"), reason="Postfix starts as root only"
)


class Outbox:
    """A tenant space of its own with employees whom messages go to, and its database read beside."""

    def __init__(self, place):
        self.place = place
        self.data = place / "data"
        self.database = self.data / "tenants/main/casedesk.sqlite"
        self.command("tenant", "create", "main", tenant=False)
        self.responder = None

    def command(self, *arguments, input=b"", tenant=True):
        options = ("--tenant", "main") if tenant else ()
        ended = pieces.run_command(*arguments, "--data", self.data, *options, input=input)
        assert ended.returncode == 0, ended.stderr

    def add(self, *logins, phone="+49 30 5550142"):
        for login in logins:
            address = f"{login}@example.org"
            self.command(
                "employee", "add", login, "--email", address, "--phone", phone,
                "--password-stdin", input=b"correct horse battery\n",
            )

    def mail_to(self, port, *options):
        self.command(
            "gateway", "email", "--host", "127.0.0.1", "--port", port, "--sender",
            "desk@example.com", "--sender-name", "Träger & Co",
            *(options or ("--security", "none")),
        )

    def put(self, login, text="Hello", channel="email"):
        self.command("gateway", "test", channel, login, "--text", text)

    def start(self):
        self.responder = pieces.Responder(self.data, socket_path=self.place / "socket")

    def stop(self):
        if self.responder and self.responder.process.poll() is None:
            assert self.responder.terminate() == 0

    def rows(self):
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(
                "SELECT id, messageID, address, state, attemptCount, lastAnswer, body FROM message"
                " ORDER BY id"
            ).fetchall()

    def by_address(self):
        return {row["address"].partition("@")[0]: row for row in self.rows()}

    def let_time_pass(self):
        """Waits and leases are over, as after some minutes; nobody serves meanwhile."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as database:
            database.execute("UPDATE message SET dueAt = 1 WHERE state = 'queued'")
            database.execute("UPDATE message SET leaseUntil = 1 WHERE leaseUntil IS NOT NULL")
            database.commit()

    def until(self, condition, what):
        pieces.wait_until(lambda: condition(self.rows()), LIMIT, what)

    def until_tried(self):
        """Until each message has left the outbox or was put off."""
        self.until(
            lambda rows: all(
                row["state"] not in OPEN or (row["state"] == "queued" and row["attemptCount"] > 0)
                for row in rows
            ),
            "each message was tried",
        )


@pytest.fixture
def outbox(place, closing):
    made = Outbox(place)
    closing(lambda: made.responder and made.responder.end())
    return made


def mail_server(closing, plan=lambda step, recipient: None):
    server = gateways.CuttingMailServer(plan).start()
    closing(server.stop)
    return server


@needs_postfix
def test_a_mail_server_gets_what_the_desk_says(outbox, place, closing):
    postfix = gateways.Postfix(place)
    closing(postfix.stop)
    outbox.add("mia", "noah")
    said = {"mia": "Grüße 😀\n.\n..dots\nFrom here = there\n\n<b>&amp;</b>", "noah": "x" * 3000}
    for login, text in said.items():
        outbox.put(login, text)

    # A certificate that no system trusts is no reason to say anything in the clear.
    outbox.mail_to(postfix.port, "--security", "starttls")
    outbox.start()
    outbox.until(lambda rows: any(row["attemptCount"] for row in rows), "a try")
    outbox.stop()
    assert {row["state"] for row in outbox.rows()} == {"queued"}
    assert any("certificate" in row["lastAnswer"].lower() for row in outbox.rows())

    outbox.mail_to(
        postfix.port, "--security", "starttls", "--certificate-file", postfix.certificate
    )
    outbox.let_time_pass()
    outbox.start()
    outbox.until(lambda rows: {row["state"] for row in rows} == {"handed_over"}, "handed over")
    pieces.wait_until(lambda: len(postfix.mails()) == 2, LIMIT, "both mails in the Maildir")
    outbox.stop()

    rows = outbox.by_address()
    assert all("queued as" in row["lastAnswer"] for row in rows.values())
    for mail in postfix.mails():
        login = mail["To"].partition("@")[0]
        assert mail["To"] == f"{login}@example.org"
        assert mail["Message-ID"] == f"<{rows[login]['messageID']}>"
        assert mail["From"] == "Träger & Co <desk@example.com>"
        assert mail["Return-Path"] == "<desk@example.com>"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Subject"] == "A test"
        assert "with ESMTPS" in mail["Received"]
        kinds = [part.get_content_type() for part in mail.iter_parts()]
        assert kinds == ["text/plain", "text/html"]
        assert mail.get_body(("plain",)).get_content() == said[login]
        assert not mail.defects and not any(part.defects for part in mail.walk())
    html = next(mail for mail in postfix.mails() if mail["To"].startswith("mia"))
    assert "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>" in html.get_body(("html",)).get_content()


def test_an_sms_gateway_gets_what_the_desk_says(outbox, place, closing):
    kannel = gateways.Kannel(place)
    closing(kannel.stop)

    def gateway(password):
        outbox.command(
            "gateway", "sms", "--address", kannel.address, "--login", kannel.LOGIN, "--sender",
            "Desk", "--password-stdin", input=password.encode() + b"\n",
        )

    outbox.add("mia", phone="+49 30 5550142")
    outbox.add("noah", phone="0049 (30) 5550143")
    outbox.add("ada", phone="+49 (0)30 5550144")
    said = {"mia": "Größe {5} € [ok]", "noah": "Привет, Ноа", "ada": "a" * 200}
    for login, text in said.items():
        outbox.put(login, text, channel="sms")

    gateway("wrong")
    outbox.start()
    outbox.until(lambda rows: any(row["attemptCount"] for row in rows), "a try")
    outbox.stop()
    assert kannel.messages() == []
    assert any(
        "HTTP 403: Authorization failed for sendsms" == row["lastAnswer"] for row in outbox.rows()
    )

    gateway(kannel.PASSWORD)
    outbox.let_time_pass()
    outbox.start()
    outbox.until(lambda rows: not any(row["state"] in OPEN for row in rows), "all sent")
    pieces.wait_until(lambda: len(kannel.messages()) == 4, LIMIT, "four parts at the SMSC")
    outbox.stop()
    states = {row["body"]: (row["state"], row["lastAnswer"]) for row in outbox.rows()}
    accepted = ("handed_over", "HTTP 202: 0: Accepted for delivery")
    assert states == dict.fromkeys(said.values(), accepted)
    sent = kannel.messages()
    assert "Desk +49305550142 text Größe {5} € [ok]" in sent
    assert sum(message.startswith("Desk +49305550143 ") for message in sent) == 1
    # Two parts, as the page counts them (3GPP TS 23.040, 9.2.3.24.1).
    parts = [message for message in sent if message.startswith("Desk +49305550144 udh ")]
    assert [len(part.rpartition(" ")[2]) for part in parts] == [153, 47]


def test_each_fault_of_a_mail_server_ends_as_it_must(outbox, closing):
    faults = {
        "grey": ("recipient", "450 greylisted"),
        "nobody": ("recipient", "550 5.1.1 nobody here"), "shut": ("data", "421 closing"),
        "body": ("body", CUT), "full": ("end", "452 disk full"),
        "spam": ("end", "554 5.7.1 refused"), "lost": ("end", CUT),
        "slow": ("end", lambda: time.sleep(2)), "fine": (None, None),
    }
    seen, lock = set(), threading.Lock()

    def plan(step, recipient):
        """Each fault once; then all goes well."""
        login = recipient.partition("@")[0] if recipient else None
        wanted, act = faults.get(login, (None, None))
        with lock:
            if step != wanted or login in seen:
                return None
            seen.add(login)
            return act

    server = mail_server(closing, plan)
    outbox.mail_to(server.port)
    outbox.add(*faults)
    for login in faults:
        outbox.put(login)
    outbox.start()
    outbox.until_tried()
    outbox.stop()

    rows = outbox.by_address()
    answers = {
        "grey": ("queued", "450 greylisted"), "shut": ("queued", "421 closing"),
        "full": ("queued", "452 disk full"), "nobody": ("refused", "550 5.1.1 nobody here"),
        "spam": ("refused", "554 5.7.1 refused"), "slow": ("handed_over", "250 taken"),
        "fine": ("handed_over", "250 taken"),
    }
    assert {
        login: (rows[login]["state"], rows[login]["lastAnswer"]) for login in answers
    } == answers
    assert rows["lost"]["state"] == "unknown"
    # Its dot may have left before the connection was seen to be closed.
    assert rows["body"]["state"] in ("unknown", "queued")
    cut = rows["body"]["state"]

    outbox.let_time_pass()
    outbox.start()
    outbox.until(lambda rows: not any(row["state"] in OPEN for row in rows), "all ended")
    outbox.stop()
    states = {login: row["state"] for login, row in outbox.by_address().items()}
    assert states == {
        **dict.fromkeys(faults, "handed_over"), "nobody": "refused", "spam": "refused",
        "lost": "unknown", "body": "unknown" if cut == "unknown" else "handed_over",
    }
    delivered = [recipient.partition("@")[0] for recipient, _ in server.delivered]
    assert sorted(delivered) == sorted(
        set(faults) - {"nobody", "spam"} - ({"body"} if cut == "unknown" else set())
    )


def test_messages_wait_for_a_server_that_is_down(outbox, closing):
    server = gateways.CuttingMailServer()
    closing(server.stop)
    outbox.mail_to(server.port)
    logins = [f"agent{number}" for number in range(6)]
    outbox.add(*logins)
    for login in logins:
        outbox.put(login)
    outbox.start()
    outbox.until(lambda rows: any(row["attemptCount"] for row in rows), "a try")
    outbox.stop()
    rows = outbox.rows()
    assert {row["state"] for row in rows} == {"queued"}
    # Each sender finds out by itself, and then leaves the others in peace.
    assert sum(row["attemptCount"] for row in rows) <= 4

    server.start()
    outbox.let_time_pass()
    outbox.start()
    outbox.until(lambda rows: {row["state"] for row in rows} == {"handed_over"}, "handed over")
    outbox.stop()
    assert len(server.delivered) == len(logins)


def test_each_fault_of_an_sms_gateway_ends_as_it_must(outbox, closing):
    faults = {"4930555010": None, "4930555011": 400, "4930555012": 503, "4930555013": NO_ANSWER,
              "4930555014": 500}
    seen = set()

    def plan(number):
        act = faults[number[1:]]
        if number in seen:
            return None
        seen.add(number)
        return act

    gateway = gateways.CuttingSMSGateway(plan)
    closing(gateway.stop)
    outbox.command(
        "gateway", "sms", "--kind", "template", "--address",
        f"http://127.0.0.1:{gateway.port}/send?to={{number}}&text={{text}}&id={{id}}",
    )
    for number in faults:
        outbox.add(f"agent{number[-2:]}", phone=f"+{number}")
        outbox.put(f"agent{number[-2:]}", "ä & b", channel="sms")
    outbox.start()
    outbox.until_tried()
    outbox.stop()
    expected = {
        "+4930555010": "handed_over", "+4930555011": "refused", "+4930555012": "queued",
        "+4930555013": "unknown", "+4930555014": "unknown",
    }
    assert {row["address"]: row["state"] for row in outbox.rows()} == expected

    outbox.let_time_pass()
    outbox.start()
    outbox.until(lambda rows: not any(row["state"] in OPEN for row in rows), "all ended")
    outbox.stop()
    names = {row["address"]: row["messageID"] for row in outbox.rows()}
    assert sorted(gateway.delivered) == [
        (number, names[number], "ä & b") for number in ("+4930555010", "+4930555012", "+4930555013")
    ]


STEPS = ("connect", "hello", "sender", "recipient", "data", "body", "end", "answered")


def test_kill_9_at_each_step_loses_nothing_and_sends_nothing_twice(outbox, closing):
    left, lock = list(STEPS), threading.Lock()

    def kill(step):
        with lock:
            # It may be dead already, killed at the step of another message.
            if step not in left or outbox.responder.process.poll() is not None:
                return
            left.remove(step)
            outbox.responder.kill()

    server = mail_server(closing, lambda step, recipient: lambda: kill(step))
    outbox.mail_to(server.port)
    logins = [f"agent{number}" for number in range(4)]
    outbox.add(*logins)
    for number in range(3):
        for login in logins:
            outbox.put(login, f"{login} {number}")
    killed = 0
    while left:
        outbox.start()
        outbox.responder.process.wait(LIMIT)
        killed += 1
        outbox.let_time_pass()
    outbox.start()
    outbox.until(lambda rows: not any(row["state"] in OPEN for row in rows), "all ended")
    outbox.stop()

    assert killed == len(STEPS)
    delivered = [name.strip("<>") for _, name in server.delivered]
    assert len(delivered) == len(set(delivered)), "sent twice"
    states = {row["messageID"]: row["state"] for row in outbox.rows()}
    assert set(states.values()) <= {"handed_over", "unknown"}
    unknown = {name for name, state in states.items() if state == "unknown"}
    # All that is due was delivered, but for what is listed as unknown, of which some was, too.
    assert set(delivered) | unknown == set(states)
    assert len(unknown) <= 4 * 3, "one for each sender and step from the dot on"


def test_two_processes_send_each_message_once(outbox, place, closing):
    server = mail_server(closing)
    outbox.mail_to(server.port)
    logins = [f"agent{number}" for number in range(4)]
    outbox.add(*logins)
    for number in range(3):
        for login in logins:
            outbox.put(login, f"{login} {number}")
    outbox.start()
    other = pieces.Responder(outbox.data, socket_path=place / "other")
    closing(other.end)
    outbox.until(lambda rows: {row["state"] for row in rows} == {"handed_over"}, "handed over")
    outbox.stop()
    assert other.terminate() == 0
    names = [name.strip("<>") for _, name in server.delivered]
    assert sorted(names) == sorted(row["messageID"] for row in outbox.rows())
    # In the order in which they were made, of each address.
    order = {row["messageID"]: row["id"] for row in outbox.rows()}
    for login in logins:
        address = f"{login}@example.org"
        mine = [order[name.strip("<>")] for to, name in server.delivered if to == address]
        assert mine == sorted(mine)


def test_a_stop_waits_no_longer_than_it_promises(outbox, closing):
    arrived, go = threading.Event(), threading.Event()
    closing(go.set)

    def hang():
        arrived.set()
        go.wait(60)

    server = mail_server(closing, lambda step, recipient: hang if step == "end" else None)
    outbox.mail_to(server.port)
    outbox.add("mia")
    outbox.put("mia", "first")
    outbox.put("mia", "second")
    outbox.start()
    assert arrived.wait(LIMIT)
    began = time.monotonic()
    outbox.stop()
    assert time.monotonic() - began < pieces.STOP_LIMIT
    assert [row["state"] for row in outbox.rows()] == ["unknown", "queued"]


def test_a_customer_is_told_of_a_case_and_the_page_says_so(listener, front, demo_data, closing):
    server = mail_server(closing)
    ended = pieces.run_command(
        "gateway", "email", "--host", "127.0.0.1", "--port", server.port, "--security", "none",
        "--sender", "desk@example.com", "--data", demo_data, "--tenant", "demo",
    )
    assert ended.returncode == 0, ended.stderr
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    pieces.until_healthy(front.base)
    user = json.loads((demo_data / "demo.json").read_text())["users"][0]
    agent = pieces.Agent(front.base).log_in(user["login"], user["password"])
    page = agent.get("/cases/new").text
    customer = re.search(r'<option value="(\d+)"[^>]*>[^<]*Hannah Schulz', page)[1]
    fields = agent.new_case(notify_email="1", title="Router restarts", customer=customer)
    path = agent.saved(fields)
    pieces.wait_until(lambda: "Handed over" in agent.get(path).text, LIMIT, "the page says so")
    assert responder.terminate() == 0
    database = demo_data / "tenants/demo/casedesk.sqlite"
    with contextlib.closing(sqlite3.connect(database)) as opened:
        [(name, address, text, state)] = opened.execute(
            "SELECT messageID, address, subject || body, state FROM message"
            " WHERE customer IS NOT NULL AND caseNumber = ?", [path.rpartition("/")[2]],
        )
    assert (address, f"<{name}>") in server.delivered
    assert state == "handed_over"
    assert path.rpartition("/")[2] in text and "Router restarts" in text
