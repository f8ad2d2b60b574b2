"""Somebody who works at the desk: logs in, opens the Case Information page, makes forms of it."""

import http.client
import json
import secrets
from html.parser import HTMLParser
from urllib.parse import urlencode

# Stands for the draft's name in a form that is sent many times, each time with a name of its own.
DRAFT_MARK = "@" * 32
BOUNDARY = "----CaseDeskBenchmarkBoundary7MA4YWxkTrZu0gW"
FORM_TYPE = f"multipart/form-data; boundary={BOUNDARY}"

TITLE = "Router loses its connection every evening since the update"[:60].ljust(60, "!")
DESCRIPTION = ("The customer writes that the router restarts at eight and is back after ten minutes. "
               * 30)[:2000]


class _Page(HTMLParser):
    """The values of inputs and the options of selects, by name."""

    def __init__(self, text):
        super().__init__()
        self.inputs, self.options, self._select = {}, {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "input" and "name" in values:
            self.inputs.setdefault(values["name"], values.get("value") or "")
        elif tag == "select":
            self._select = values.get("name")
            self.options[self._select] = []
        elif tag == "option" and self._select and values.get("value"):
            self.options[self._select].append(values["value"])

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None


class Person:
    """One log-in at one port."""

    def __init__(self, port, login, password):
        self.port = port
        page = self._request("GET", "/login")
        token = _Page(page.text).inputs["form_token"]
        self.cookie = page.cookies({})
        body = urlencode({"form_token": token, "login": login, "password": password})
        answer = self._request(
            "POST", "/login", body.encode(), "application/x-www-form-urlencoded")
        if answer.status != 303:
            raise SystemExit(f"benchmark: log-in of {login} was answered {answer.status}")
        self.cookie = answer.cookies(dict(c.split("=", 1) for c in self.cookie.split("; ") if c))
        self._fields = None

    def get(self, path):
        answer = self._request("GET", path)
        if answer.status != 200:
            raise SystemExit(f"benchmark: GET {path} was answered {answer.status}")
        return answer

    def fields(self):
        """The fields of a right form, in the order of the page, without files."""
        if self._fields is None:
            page = _Page(self.get("/cases/new").text)
            first = {name: (values or [""])[0] for name, values in page.options.items()}
            self._fields = [
                ("form_token", page.inputs["form_token"]), ("draft_id", DRAFT_MARK),
                ("case_type", first["case_type"]), ("title", TITLE), ("description", DESCRIPTION),
                ("deadline", ""), ("priority", "medium"), ("source", "email"),
                ("customer", first["customer"]), ("assignment_mode", "manual"),
                ("owner_type", "queue"), ("owner_queue", first["owner_queue"]),
                ("action", "save"),
            ]
        return self._fields

    def form(self, attachments=()):
        """The body of POST /cases in pieces, with DRAFT_MARK for the draft's name."""
        pieces = []
        for name, value in self.fields():
            pieces.append((f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
                           f"\r\n\r\n{value}\r\n").encode())
        for file in attachments:
            pieces.append((f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="attachments"; '
                           f'filename="{file.name}"\r\nContent-Type: application/octet-stream'
                           "\r\n\r\n").encode())
            pieces += file.pieces()
            pieces.append(b"\r\n")
        return pieces + [f"--{BOUNDARY}--\r\n".encode()]

    def save_once(self):
        """Saves one case, so that nothing is measured that does not work; returns the answer."""
        body = b"".join(self.form()).replace(DRAFT_MARK.encode(), secrets.token_hex(16).encode())
        answer = self._request("POST", "/cases", body, FORM_TYPE)
        if answer.status != 303 or not answer.headers["Location"].startswith("/cases/"):
            raise SystemExit(
                f"benchmark: POST /cases was answered {answer.status}: {answer.text[:4000]}")
        return answer

    def customer_count(self):
        return len(_Page(self.get("/cases/new").text).options.get("customer", []))

    def _request(self, method, path, body=None, content_type=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": getattr(self, "cookie", "")}
        if content_type:
            headers["Content-Type"] = content_type
        connection.request(method, path, body, headers)
        return _Answer(connection.getresponse())


class _Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.reason, self.body = response.reason, response.read()
        self.text = self.body.decode("utf-8", "replace")

    def cookies(self, known):
        for line in self.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].strip().partition("=")
            known[name] = value
        return "; ".join(f"{n}={v}" for n, v in known.items() if v)

    def as_cgi(self):
        """The bytes that a responder has to send so that nginx sends this answer."""
        own = {"server", "date", "connection", "transfer-encoding", "set-cookie", "content-length"}
        lines = [f"Status: {self.status} {self.reason}", f"Content-Length: {len(self.body)}"]
        lines += [f"{n}: {v}" for n, v in self.headers.items() if n.lower() not in own]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + self.body


def people(port, data):
    """Everybody in DIR/demo.json, logged in."""
    with open(f"{data}/demo.json") as file:
        users = json.load(file)["users"]
    return [Person(port, user["login"], user["password"]) for user in users]
