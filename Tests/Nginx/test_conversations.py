"""Conversations on their way in: a token made on its page, a conversation through nginx, the limits
of the interface, and a file of conversations."""

import json
import re

import pytest
import requests

import desk as pieces

ADDRESS = "/api/v1/conversations"
INTEGRATIONS = "/configuration/tenant/integrations"


def conversation(name, text="No internet since yesterday", agent="mia.keller"):
    return {
        "id": name, "channel": "whatsapp", "agent": agent,
        "customer": {"name": "Hannah", "phone": "0049 30 5550142"},
        "started_at": "2026-01-02T10:00:00Z",
        "messages": [{"speaker": "customer", "text": text, "at": "2026-01-02T10:00:00Z"}],
    }


@pytest.fixture
def token(desk):
    login = desk.users("administrator")[0]
    person = pieces.Agent(desk.base).log_in(login["login"], login["password"])
    page = person.get(INTEGRATIONS + "/new").text
    key = pieces.hidden(page, "creation_key")
    made = person.post(
        INTEGRATIONS,
        data={
            "form_token": pieces.hidden(page, "form_token"), "creation_key": key,
            "name": f"Gateway {key[:8]}",
        },
    )
    assert made.status_code == 303
    shown = person.get(made.headers["Location"]).text
    found = re.search(r'class="token">([^<]+)<', shown)
    assert found
    return found.group(1)


def send(desk, token, body, path=ADDRESS, **headers):
    return requests.post(
        desk.base + path, data=body if isinstance(body, bytes) else json.dumps(body),
        headers={
            "Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers,
        }, timeout=60,
    )


def assert_problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    return problem


def test_a_conversation_arrives_once_and_grows(desk, token):
    assert send(desk, token, conversation("n/1")).status_code == 201
    assert send(desk, token, conversation("n/1")).status_code == 200
    more = {"id": "m2", "speaker": "agent", "text": "A red light?", "at": "2026-01-02T10:01:00Z"}
    assert send(desk, token, more, ADDRESS + "/n%2F1/messages").status_code == 201
    assert send(desk, token, more, ADDRESS + "/n%2F1/messages").status_code == 200
    problem = assert_problem(send(desk, token, conversation("n/1", "Something else")), 409)
    assert [place["pointer"] for place in problem["errors"]] == ["/messages/0"]


def test_what_is_wrong_is_told(desk, token):
    problem = assert_problem(send(desk, token, {"id": "wrong"}), 422)
    assert [place["pointer"] for place in problem["errors"]] == [
        "/channel", "/agent", "/started_at", "/messages",
    ]
    assert_problem(send(desk, token, b"{"), 400)
    assert_problem(send(desk, token, {}, **{"Content-Type": "text/plain"}), 415)
    assert_problem(send(desk, token, {"messages": []}, ADDRESS + "/unknown/messages"), 404)
    assert_problem(requests.get(desk.base + ADDRESS, timeout=30), 405)
    refused = send(desk, "casedesk_wrong", conversation("n/2"))
    assert_problem(refused, 401)
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("byte_count", [6 * 1024 * 1024 + 1, 9_000_000])
def test_what_is_too_large_is_told_by_the_desk_and_by_nginx(desk, token, byte_count):
    assert_problem(send(desk, token, b" " * byte_count), 413)


def test_a_million_characters_arrive(desk, token):
    assert send(desk, token, conversation("n/long", "x" * 1_000_000)).status_code == 201


def test_a_file_of_conversations_is_taken_in_and_its_bad_lines_are_named(place):
    data = place / "data"
    where = ["--data", data, "--tenant", "main"]
    assert pieces.run_command("tenant", "create", "main", "--data", data).returncode == 0
    assert pieces.run_command("employee", "add", "mia.keller", *where).returncode == 0
    lines = [
        json.dumps(conversation("f1")), "", "{", json.dumps(conversation("f2", agent="nobody")),
        json.dumps(conversation("f3")), json.dumps(conversation("f1", "Something else")),
        json.dumps(conversation("f3")),
    ]
    file = place / "conversations.jsonl"
    file.write_text("\n".join(lines))
    taken = pieces.run_command("import", "conversations", file, *where)
    assert taken.returncode == 1, taken.stderr
    said = taken.stdout.splitlines()
    assert said[-1] == "2 conversations added, 0 continued, 1 known, 3 lines refused"
    assert [line.split(":")[0] for line in sorted(said[:-1])] == ["line 3", "line 4", "line 6"]
    good = place / "good.jsonl"
    good.write_text("\n".join([lines[0], lines[4]]) + "\n")
    again = pieces.run_command("import", "conversations", good, *where)
    assert again.returncode == 0
    assert again.stdout == "0 conversations added, 0 continued, 2 known, 0 lines refused\n"
