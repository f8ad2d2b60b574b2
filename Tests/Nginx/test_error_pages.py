"""nginx's own error pages: the desk's look, what to do next, and the request id."""

import socket

import pytest
import requests

import desk as pieces

MEBIBYTE = 1024 * 1024


def raw_answer(port, request):
    """Status, lower-case headers and body of what nginx says to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        # The answer ends with the page; nginx may then wait for the rest of a body.
        while b"</html>" not in answer:
            received = connection.recv(65536)
            if not received:
                break
            answer += received
    head, _, body = answer.decode().partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    return int(status.split(" ")[1]), headers, body


def request(path="/", method="GET", headers=""):
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode()


@pytest.mark.parametrize(
    "status, sent, says",
    [
        (400, b"GET / HTTP/1.1\r\n\r\n", "could not be read"),
        (404, request("/assets/nothing.css"), "nothing at this address"),
        (404, request("/assets/errors/502.html"), "nothing at this address"),
        (404, request("/errors/502.html"), "nothing at this address"),
        (404, request("/protected/demo/attachments/"), "nothing at this address"),
        (
            405,
            request("/assets/bootstrap/css/bootstrap.min.css", "POST", "Content-Length: 0\r\n"),
            "does not take that request",
        ),
        (
            413,
            request("/cases", "POST", f"Content-Length: {72 * MEBIBYTE + 1}\r\n"),
            "form is too large",
        ),
        (414, request("/" + "a" * 9000), "address is too long"),
        (431, request(headers=f"Cookie: {'a' * 9000}\r\n"), "too much with the request"),
    ],
)
def test_nginx_refuses_in_the_desks_look(desk, status, sent, says):
    answered, headers, page = raw_answer(desk.port, sent)
    assert answered == status
    assert says in page
    assert 'href="/assets/desk.css"' in page
    assert f"<code>{headers['x-request-id']}</code>" in page
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_form_over_72_mb_is_answered_though_the_browser_sends_all_of_it(agent):
    answer = agent.save(agent.new_case(), [("huge.pdf", bytes(73 * MEBIBYTE))])
    assert answer.status_code == 413
    assert "form is too large" in answer.text


def test_without_a_responder_the_page_says_when_to_come_back(place, closing):
    listener = pieces.Listener(place)
    listener.close()
    front = pieces.Front(listener.path, place)
    closing(front.stop)
    answer = requests.get(front.base + "/cases", timeout=20)
    assert answer.status_code == 502
    assert int(answer.headers["Retry-After"]) > 0
    assert "starting again" in answer.text
    assert f"<code>{answer.headers['X-Request-Id']}</code>" in answer.text


def test_a_host_of_no_tenant_space_is_refused_before_the_responder(place, closing):
    listener = pieces.Listener(place)
    closing(listener.close)
    front = pieces.Front(listener.path, place, tenant="")
    closing(front.stop)
    answer = requests.get(front.base + "/login", timeout=20)
    assert answer.status_code == 404
    assert "nothing at this address" in answer.text


def test_the_desks_own_error_page_passes_as_it_is(agent):
    answer = agent.get("/no-such-page")
    assert answer.status_code == 404
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "There is nothing at this address - CaseDesk" not in answer.text
    assert f"{answer.headers['X-Request-Id']}</code>" in answer.text
