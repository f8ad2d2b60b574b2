"""The pieces of a desk as tests start them: nginx/serve as a person does, or nginx and a responder
apart, where a test stops one of them. Everything started here is ended by its process id."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import requests

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(
    os.environ.get("CASEDESK_BINARY", CHECKOUT / ".build/debug/casedesk")
).resolve()
CONFIGURATION = CHECKOUT / "nginx/casedesk.conf"

# Seconds. The machine may be busy; a desk that is well is ready in less than three.
START_LIMIT = 60
# Seconds. The responder promises 10, nginx/serve gives both of its processes 12.
STOP_LIMIT = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, limit, what):
    """Waits until condition() is true, at most limit seconds."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"not within {limit} s: {what}"
        time.sleep(0.05)


def run_command(*arguments, input=b""):
    """One command of casedesk, as the user who runs the tests, with bytes on standard input."""
    ended = subprocess.run(
        [BINARY, *map(str, arguments)], input=input, capture_output=True, timeout=120
    )
    ended.stdout, ended.stderr = ended.stdout.decode(), ended.stderr.decode()
    return ended


class Serve:
    """`sh nginx/serve` with arguments, from its start to its end."""

    def __init__(
        self, data, *arguments, port=None, environment=None, prefix=(), checkout=CHECKOUT
    ):
        self.data = pathlib.Path(data)
        self.port = port or free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.lines = []
        self.problems = []
        command = ["sh", checkout / "nginx/serve", "--port", self.port, "--data", data, *arguments]
        self.process = subprocess.Popen(
            [*prefix, *map(str, command)],
            env={
                **os.environ,
                "CASEDESK_BINARY": str(BINARY),
                "CASEDESK_LOGIN_RATE": "100r/s",
                "CASEDESK_LOGIN_BURST": "1000",
                **(environment or {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.readers = [
            threading.Thread(target=lambda: self.lines.extend(self.process.stdout), daemon=True),
            threading.Thread(target=lambda: self.problems.extend(self.process.stderr), daemon=True),
        ]
        for reader in self.readers:
            reader.start()

    def until_ready(self):
        try:
            wait_until(
                lambda: any(line.startswith("CaseDesk is ready: ") for line in self.lines)
                or self.process.poll() is not None,
                START_LIMIT,
                "the ready line",
            )
        except AssertionError:
            self.stop()
            raise
        assert self.process.poll() is None, "".join(self.problems)
        return self

    def users(self, role="agent"):
        """The demo log-ins of a role, from DIR/demo.json."""
        described = json.loads((self.data / "demo.json").read_text())
        return [user for user in described["users"] if user["role"] == role]

    def agent(self, number=0):
        """A client that has logged in as one of the demo's agents."""
        user = self.users()[number]
        return Agent(self.base).log_in(user["login"], user["password"])

    def child(self, name):
        """The process id of the responder ("casedesk") or of nginx's master ("nginx")."""
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                words = (entry / "cmdline").read_text().split("\0")
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and (
                words[0].startswith("nginx:") if name == "nginx" else "--socket" in words
            ):
                return int(entry.name)
        raise AssertionError(f"nginx/serve has no process {name}")

    def nginx_workers(self):
        master = self.child("nginx")
        children = pathlib.Path(f"/proc/{master}/task/{master}/children").read_text()
        return [int(child) for child in children.split()]

    def run_directory(self):
        """Where nginx/serve keeps the socket and nginx's configuration while it runs."""
        words = pathlib.Path(f"/proc/{self.child('casedesk')}/cmdline").read_text().split("\0")
        return pathlib.Path(words[words.index("--socket") + 1]).parents[1]

    def wait(self, limit=STOP_LIMIT):
        """The exit status, once it has ended by itself."""
        try:
            status = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        for reader in self.readers:
            reader.join(10)
        return status

    def stop(self, with_signal=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        return self.wait()


class Front:
    """nginx alone, with casedesk.conf, before a socket that the test answers for."""

    def __init__(
        self, socket_path, data, tenant="demo", login_limit=("100r/s", 1000), hosts=()
    ):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.directory = tempfile.TemporaryDirectory(prefix="front.", dir="/var/tmp")
        place = pathlib.Path(self.directory.name)
        values = [
            ("default main;", f'default "{tenant}";'),
            ("default /var/lib/casedesk/tenants;", f"default {data}/tenants;"),
            ("default /usr/local/share/casedesk/Public;", f"default {CHECKOUT}/Public;"),
            ("unix:/run/casedesk/socket;", f"unix:{socket_path};"),
            ("rate=60r/m;", f"rate={login_limit[0]};"),
            ("burst=40 nodelay;", f"burst={login_limit[1]} nodelay;"),
            ("listen 80;", f"listen 127.0.0.1:{self.port};"),
            ("/var/log/nginx/casedesk.log casedesk;", f"{place}/access.log casedesk;"),
        ]
        text = CONFIGURATION.read_text()
        for shipped, value in values:
            assert f"{shipped} # [site]" in text, shipped
            text = text.replace(f"{shipped} # [site]", value)
        # As an administrator adds them: a host name and its tenant space, a line each.
        named = "".join(f"    {host} {name};\n" for host, name in hosts)
        text = text.replace("    # desk.example.org     example;\n", named)
        (place / "casedesk.conf").write_text(text)
        temporary = "".join(
            f"{kind}_temp_path {place}/{kind};"
            for kind in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")
        )
        (place / "nginx.conf").write_text(
            f"{'user root;' if os.geteuid() == 0 else ''} daemon off; pid {place}/pid;"
            f"error_log {place}/error.log; worker_processes 2; worker_shutdown_timeout 5s;"
            f"events {{ worker_connections 512; }}"
            f"http {{ include /etc/nginx/mime.types; {temporary} include {place}/casedesk.conf; }}"
        )
        self.access_log = place / "access.log"
        self.process = subprocess.Popen(
            [nginx(), "-e", "stderr", "-p", place, "-c", place / "nginx.conf"],
            stdin=subprocess.DEVNULL,
        )
        wait_until(self.listens, START_LIMIT, "nginx listens")

    def listens(self):
        assert self.process.poll() is None, "nginx ended"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(STOP_LIMIT)
        self.directory.cleanup()


def nginx():
    return shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/sbin")


class Listener:
    """A listening unix socket that the test holds and responders inherit."""

    def __init__(self, directory):
        self.path = os.path.join(directory, "socket")
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(self.path)
        self.socket.listen(1024)

    def close(self):
        self.socket.close()


# Becomes the command that follows the number of the socket's descriptor.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])
"""


class Responder:
    """`casedesk serve` alone, on an inherited socket (as fd 0 or by LISTEN_FDS) or on a path."""

    def __init__(self, data, listener=None, socket_path=None, by_systemd=False):
        command = [str(BINARY), "serve", "--data", str(data), "--public", str(CHECKOUT / "Public")]
        options = {"stdin": subprocess.DEVNULL}
        if socket_path:
            command += ["--socket", str(socket_path)]
        elif by_systemd:
            # As systemd does it: the socket is descriptor 3, and LISTEN_PID the process itself.
            number = listener.socket.fileno()
            options["pass_fds"] = [number]
            command = [sys.executable, "-c", HAND_OVER, str(number), *command]
        else:
            options["stdin"] = listener.socket
        self.process = subprocess.Popen(command, **options)

    def terminate(self):
        """SIGTERM, and the exit status."""
        self.process.terminate()
        return self.process.wait(STOP_LIMIT)

    def kill(self):
        self.process.kill()
        return self.process.wait(STOP_LIMIT)

    def end(self):
        if self.process.poll() is None:
            self.kill()


def until_healthy(base):
    def healthy():
        try:
            return requests.get(base + "/health", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    wait_until(healthy, START_LIMIT, f"{base}/health answers 200")


class Agent:
    """A person at a browser without script: reads forms, fills them in, follows nothing unasked."""

    def __init__(self, base, host=None):
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False
        # A host name that leads here without a name server.
        if host:
            self.session.headers["Host"] = host

    def get(self, path, **options):
        return self.session.get(
            urllib.parse.urljoin(self.base, path), allow_redirects=False, timeout=70, **options
        )

    def post(self, path, **options):
        return self.session.post(
            urllib.parse.urljoin(self.base, path), allow_redirects=False, timeout=70, **options
        )

    def log_in(self, login, password):
        answer = self.post_login(login, password)
        assert answer.status_code == 303, (answer.status_code, answer.text[:2000])
        return self

    def post_login(self, login, password):
        token = hidden(self.get("/login").text, "form_token")
        return self.post(
            "/login", data={"form_token": token, "login": login, "password": password}
        )

    def new_case(self, **values):
        """The fields of GET /cases/new, filled in so that they can be saved."""
        page = self.get("/cases/new")
        assert page.status_code == 200, page.status_code
        return {
            "form_token": hidden(page.text, "form_token"),
            "draft_id": hidden(page.text, "draft_id"),
            "case_type": options(page.text, "case_type")[0],
            "title": "Router restarts every night",
            "description": "Since Monday, always shortly after midnight.",
            "deadline": "",
            "priority": "medium",
            "source": "voice",
            "customer": options(page.text, "customer")[0],
            "assignment_mode": "manual",
            "owner_type": "queue",
            "owner_queue": options(page.text, "owner_queue")[0],
            "owner_agent": "",
            "action": "save",
            **values,
        }

    def save(self, fields, files=()):
        """POST /cases as a browser sends it; files are pairs of a name and bytes."""
        parts = [(name, (None, value.encode())) for name, value in fields.items()]
        parts += [("attachments", (name, content)) for name, content in files]
        return self.post("/cases", files=parts)

    def saved(self, fields, files=()):
        """The path of the new case; the answer was 303."""
        answer = self.save(fields, files)
        assert answer.status_code == 303, (answer.status_code, problems(answer.text))
        return answer.headers["Location"]

    def attachments(self, case_path):
        """The bytes of the case's files by name, each fetched from its address on the page."""
        page = self.get(case_path)
        assert page.status_code == 200, page.status_code
        found = {}
        for address in attachment_addresses(page.text):
            answer = self.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            found[download_name(answer)] = answer.content
        return found


def attachment_addresses(page):
    """The files' addresses on a case's page, each once, in the page's order."""
    return list(dict.fromkeys(re.findall(r'href="(/cases/\d+/attachments/[^"?]+)"', page)))


def download_name(answer):
    """The file name of Content-Disposition, RFC 6266 4.1: filename* before filename."""
    disposition = answer.headers["Content-Disposition"]
    extended = re.search(r"filename\*=UTF-8''([^;]+)", disposition, re.IGNORECASE)
    if extended:
        return urllib.parse.unquote(extended[1])
    return re.search(r'filename="((?:[^"\\]|\\.)*)"', disposition)[1].replace('\\"', '"')


def hidden(page, name):
    """The value of the first hidden control of that name."""
    for control in re.findall(r"<input\b[^>]*>", page):
        if f'name="{name}"' in control and 'type="hidden"' in control:
            return re.search(r'value="([^"]*)"', control)[1]
    raise AssertionError(f"no hidden control {name} in: {page[:2000]}")


def options(page, name):
    """The values of a select that are not empty, without disabled ones."""
    select = re.search(rf'<select\b[^>]*name="{name}"[^>]*>(.*?)</select>', page, re.DOTALL)
    assert select, f"no select {name} in: {page[:2000]}"
    values = [
        re.search(r'value="([^"]+)"', option)
        for option in re.findall(r"<option\b[^>]*>", select[1])
        if not re.search(r"\sdisabled\b", option)
    ]
    values = [value[1] for value in values if value]
    assert values, f"select {name} offers nothing"
    return values


def problems(page):
    """What an error summary says, for the message of a failed test."""
    summary = re.search(r'id="error-summary".*?</ul>', page, re.DOTALL)
    return re.sub(r"<[^>]*>", " ", summary[0]) if summary else page[:2000]
