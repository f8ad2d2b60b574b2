"""Replacing the responder while people work."""

import http.client
import json
import pathlib
import subprocess
import sys
import threading
import time

import pytest
import requests

import desk as pieces
from fastcgi import HalfSentRequest
from sample_files import png


class Load:
    """Agents who look at pages and save cases, until told to stop."""

    def __init__(self, base, user, people=6):
        self.base = base
        self.user = user
        self.stopping = threading.Event()
        self.answered = 0
        self.failures = []
        self.threads = [threading.Thread(target=self.work) for _ in range(people)]

    def work(self):
        agent = pieces.Agent(self.base).log_in(self.user["login"], self.user["password"])
        fields = agent.new_case()
        steps = [
            (200, lambda: agent.get("/login")),
            (200, lambda: agent.get("/cases")),
            (200, lambda: agent.get("/cases/new")),
            # The same draft again is the same case: every save is a full POST.
            (303, lambda: agent.save(fields, [("picture.png", png())])),
        ]
        while not self.stopping.is_set():
            for expected, step in steps:
                try:
                    answer = step()
                except requests.RequestException as error:
                    self.failures.append(repr(error))
                    continue
                self.answered += 1
                if answer.status_code != expected:
                    self.failures.append(f"{answer.status_code} {answer.url}")

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join(90)


class Posts:
    """Clients who do nothing but POST, each as fast as it is answered, on a busy machine.

    The desk refuses each with 403, for its form has no token: what is measured is the way there.
    nginx repeats a GET on another connection if the first one fails, never a POST.
    """

    FORM = b"form_token=none&title=" + b"x" * 500
    HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}

    def __init__(self, port, clients=8, burners=2):
        self.port = port
        self.stopping = threading.Event()
        self.statuses = []
        self.threads = [threading.Thread(target=self.work) for _ in range(clients)]
        self.burners = burners

    def work(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stopping.is_set():
            try:
                connection.request("POST", "/cases", self.FORM, self.HEADERS)
                answer = connection.getresponse()
                answer.read()
                self.statuses.append(answer.status)
            except (OSError, http.client.HTTPException) as error:
                self.statuses.append(repr(error))
                connection.close()

    def __enter__(self):
        burn = [sys.executable, "-c", "while True: pass"]
        self.burning = [subprocess.Popen(burn) for _ in range(self.burners)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join(90)
        for process in self.burning:
            process.kill()
            process.wait()


def upstream_errors(front):
    """What nginx has to complain about in its responder."""
    log = pathlib.Path(front.directory.name) / "error.log"
    return [line for line in log.read_text().splitlines() if "upstream" in line]


def demo_user(data):
    return json.loads((data / "demo.json").read_text())["users"][0]


@pytest.mark.parametrize("by_systemd", [False, True], ids=["as fd 0", "by LISTEN_FDS"])
def test_a_restart_on_an_inherited_socket_loses_no_request(
    listener, front, demo_data, closing, by_systemd
):
    old = pieces.Responder(demo_data, listener, by_systemd=by_systemd)
    closing(lambda: old.end())
    pieces.until_healthy(front.base)
    with Load(front.base, demo_user(demo_data)) as load:
        for _ in range(3):
            time.sleep(1)
            new = pieces.Responder(demo_data, listener, by_systemd=by_systemd)
            closing(new.end)
            time.sleep(1)
            assert new.process.poll() is None
            began = time.monotonic()
            assert old.terminate() == 0
            assert time.monotonic() - began < 10
            old = new
        time.sleep(0.5)
    assert load.failures == []
    assert upstream_errors(front) == []
    assert load.answered > 100


def test_ten_restarts_lose_no_post(listener, front, demo_data, closing):
    old = pieces.Responder(demo_data, listener)
    closing(lambda: old.end())
    pieces.until_healthy(front.base)
    with Posts(front.port) as load:
        for _ in range(10):
            new = pieces.Responder(demo_data, listener)
            closing(new.end)
            time.sleep(1.5)
            assert new.process.poll() is None
            assert old.terminate() == 0
            old = new
    assert [status for status in load.statuses if status != 403] == []
    assert upstream_errors(front) == []
    assert len(load.statuses) > 1000


def test_a_responder_without_work_ends_as_soon_as_nginx_closes_its_idle_connections(
    listener, front, demo_data, closing
):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    pieces.until_healthy(front.base)
    began = time.monotonic()
    assert responder.terminate() == 0
    # keepalive_timeout is 1 s in casedesk.conf; the responder itself would wait for 3.
    assert time.monotonic() - began < 2.5
    assert upstream_errors(front) == []


def test_a_responder_that_nothing_is_connected_to_ends_at_once(listener, demo_data, closing):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    # It serves, and the connection is closed after the answer.
    HalfSentRequest(listener.path, {"REQUEST_METHOD": "GET", "REQUEST_URI": "/health"}).answer()
    began = time.monotonic()
    assert responder.terminate() == 0
    assert time.monotonic() - began < 1


def test_a_restart_on_its_own_socket_fails_only_with_try_again(place, demo_data, closing):
    path = place / "own"
    responder = pieces.Responder(demo_data, socket_path=path)
    closing(lambda: responder.end())
    front = pieces.Front(path, demo_data)
    closing(front.stop)
    pieces.until_healthy(front.base)
    with Load(front.base, demo_user(demo_data)) as load:
        time.sleep(1)
        assert responder.terminate() == 0
        responder = pieces.Responder(demo_data, socket_path=path)
        pieces.until_healthy(front.base)
        answered = load.answered
        time.sleep(1)
    assert load.answered > answered
    assert [failure for failure in load.failures if not failure.startswith("502 ")] == []


def test_a_responder_takes_the_socket_of_one_that_was_killed(place, demo_data, closing):
    path = place / "own"
    front = pieces.Front(path, demo_data)
    closing(front.stop)
    for _ in range(2):
        responder = pieces.Responder(demo_data, socket_path=path)
        closing(responder.end)
        pieces.until_healthy(front.base)
        responder.kill()


def test_a_request_that_runs_is_answered_before_the_responder_ends(
    listener, front, demo_data, closing
):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    pieces.until_healthy(front.base)
    form = b"form_token=wrong&login=a&password=b"
    request = HalfSentRequest(
        listener.path,
        {
            "GATEWAY_INTERFACE": "CGI/1.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REQUEST_METHOD": "POST",
            "REQUEST_URI": "/login",
            "DOCUMENT_URI": "/login",
            "SCRIPT_NAME": "/login",
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(form)),
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "CASEDESK_TENANT": "demo",
            "CASEDESK_REQUEST_ID": "0" * 32,
        },
    )
    request.body(form[:10])
    time.sleep(0.5)
    responder.process.terminate()
    time.sleep(1)
    assert responder.process.poll() is None, "it ended with a request half read"
    request.body(form[10:])
    assert request.answer().startswith(b"Status: 403")
    assert responder.process.wait(10) == 0


def test_a_client_that_never_ends_its_request_does_not_hold_up_the_end(
    listener, front, demo_data, closing
):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    pieces.until_healthy(front.base)
    request = HalfSentRequest(listener.path, {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "9"})
    closing(request.connection.close)
    time.sleep(0.5)
    responder.process.terminate()
    responder.process.wait(12)


def test_what_one_client_sends_is_not_seen_by_the_next(listener, front, demo_data, closing):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    pieces.until_healthy(front.base)
    user = demo_user(demo_data)
    agent = pieces.Agent(front.base).log_in(user["login"], user["password"])
    for _ in range(50):
        assert agent.get("/workbench").status_code == 200
        stranger = requests.get(front.base + "/workbench", allow_redirects=False, timeout=20)
        assert stranger.status_code == 303
