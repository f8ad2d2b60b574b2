"""What nginx adds to answers, what it keeps of the desk's, and what it caches."""

import gzip

import pytest
import requests

import desk as pieces
from sample_files import five_files

BOOTSTRAP = "/assets/bootstrap/css/bootstrap.min.css"


def test_health_is_ok_without_a_log_in(desk):
    answer = requests.get(desk.base + "/health", timeout=20)
    assert (answer.status_code, answer.text.strip()) == (200, "ok")


@pytest.mark.parametrize("path", ["/login", "/workbench", "/cases", "/cases/new", "/no-such-page"])
def test_every_page_carries_the_headers_of_the_desk(agent, path):
    headers = agent.get(path).headers
    assert headers["Content-Type"].lower() == "text/html; charset=utf-8"
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert len(headers["X-Request-Id"]) == 32
    assert "," not in headers["X-Request-Id"]
    assert headers["Server"] == "nginx"


def test_no_two_requests_have_the_same_id(desk):
    ids = {requests.get(desk.base + "/login").headers["X-Request-Id"] for _ in range(20)}
    assert len(ids) == 20


def test_a_redirect_names_a_path_and_no_host(desk):
    answer = requests.get(desk.base + "/", allow_redirects=False, timeout=20)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/")


def test_the_session_cookie_is_kept_from_script_and_other_sites(desk):
    user = desk.users()[0]
    answer = pieces.Agent(desk.base).post_login(user["login"], user["password"])
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_a_versioned_asset_is_kept_for_ever(desk):
    answer = requests.get(f"{desk.base}{BOOTSTRAP}?v=abc", timeout=20)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"


def test_an_asset_without_a_version_is_asked_again_and_not_sent_again(desk):
    answer = requests.get(desk.base + BOOTSTRAP, timeout=20)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = requests.get(
        desk.base + BOOTSTRAP, headers={"If-None-Match": answer.headers["ETag"]}, timeout=20
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_missing_asset_is_not_kept(desk):
    answer = requests.get(desk.base + "/assets/gone.css?v=abc", timeout=20)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("path", [BOOTSTRAP, "/assets/desk.css", "/assets/desk.js", "/login"])
def test_text_is_sent_compressed(desk, path):
    plain = requests.get(desk.base + path, headers={"Accept-Encoding": ""}, timeout=20)
    assert plain.status_code == 200
    answer = requests.get(
        desk.base + path, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=20
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    inflated = gzip.decompress(answer.raw.read())
    assert len(inflated) > 1024
    if path.startswith("/assets/"):
        assert inflated == plain.content


TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def test_a_file_leaves_through_nginx_with_the_desks_headers(agent):
    case_path = agent.saved(agent.new_case(), five_files())
    addresses = pieces.attachment_addresses(agent.get(case_path).text)
    assert len(addresses) == 5
    contents = dict(five_files())
    for address in addresses:
        answer = agent.get(address)
        name = pieces.download_name(answer)
        assert answer.content == contents.pop(name)
        assert answer.headers["Content-Length"] == str(len(answer.content))
        assert answer.headers["Content-Type"] == TYPES[name.rpartition(".")[2]]
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"] or (
            "no-store" in answer.headers["Cache-Control"]
        )
        assert "X-Accel-Redirect" not in answer.headers
    assert contents == {}


def test_a_file_can_be_fetched_in_part(agent):
    name, content = five_files()[3]
    case_path = agent.saved(agent.new_case(), [(name, content)])
    address = pieces.attachment_addresses(agent.get(case_path).text)[0]
    answer = agent.get(address, headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, content[10:20])
