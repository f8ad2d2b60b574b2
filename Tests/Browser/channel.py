"""A channel that brings conversations: a program with a token, as the desk's interface wants it."""

import datetime
import uuid

BROKEN_LINE = [
    ("customer", "Hello, good morning"),
    ("agent", "Good morning, how can I help you?"),
    ("customer", "There is no internet at all since yesterday evening, my router shows a red light."),
    ("agent", "May I have the serial number?"),
    ("customer", "It is RX-20993-B."),
]

_tokens = {}


class Channel:
    """Sends conversations of the desk's first agent."""

    def __init__(self, served, open_browser):
        self.served = served
        self.agent = served.users()[0]["login"]
        if served.base not in _tokens:
            _tokens[served.base] = self.new_token(open_browser)
        self.request = open_browser("stranger", served).request
        self.headers = {"Authorization": f"Bearer {_tokens[served.base]}"}

    def new_token(self, open_browser):
        page = open_browser("stranger", self.served)
        administrator = self.served.users("administrator")[0]
        page.goto("/login")
        page.fill("#login", administrator["login"])
        page.fill("#password", administrator["password"])
        page.click("#log_in")
        page.wait_for_url("**/workbench")
        page.goto("/configuration/tenant/integrations/new")
        page.fill("#name", f"Test channel {uuid.uuid4().hex[:8]}")
        page.click("#save")
        return page.locator("#token").inner_text()

    def bring(self, messages=BROKEN_LINE, customer=None, channel="web"):
        """The sender's name of a new conversation."""
        name = uuid.uuid4().hex
        start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=10)
        known = {"name": "Hannah Schulz", "email": "hannah.schulz@example.org", "phone": ""}
        self.post("/api/v1/conversations", {
            "id": name, "channel": channel, "customer": customer or known, "agent": self.agent,
            "started_at": stamp(start), "messages": turns(messages, start),
        })
        return name

    def say(self, name, *messages):
        now = datetime.datetime.now(datetime.UTC)
        self.post(f"/api/v1/conversations/{name}/messages", {"messages": turns(messages, now)})

    def post(self, path, body):
        answer = self.request.post(path, data=body, headers=self.headers)
        assert answer.ok, answer.text()


def turns(messages, start):
    return [
        {"id": uuid.uuid4().hex, "speaker": speaker, "text": text,
         "at": stamp(start + datetime.timedelta(seconds=number))}
        for number, (speaker, text) in enumerate(messages)
    ]


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
