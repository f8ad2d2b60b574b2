"""The commands of an administrator: what they print, make and refuse."""

import hashlib
import json

import pytest

import desk as pieces
from sample_files import png


@pytest.fixture
def space(place):
    """A tenant space made by hand, and a way to run a command on it."""
    data = place / "data"

    def run(*words, tenant=True):
        place_words = ["--data", data] + (["--tenant", "main"] if tenant else [])
        return pieces.run_command(*words, *place_words)

    made = run("tenant", "create", "main", tenant=False)
    assert made.returncode == 0, made.stderr
    return run


def test_inspect_says_what_a_file_is(place):
    picture = place / "picture.png"
    picture.write_bytes(png())
    answer = pieces.run_command("inspect", picture)
    assert answer.returncode == 0
    assert json.loads(answer.stdout) == {"accepted": True, "format": "png", "reason": None}


def test_inspect_goes_by_the_name_of_the_upload(place):
    picture = place / "picture.png"
    picture.write_bytes(png())
    answer = pieces.run_command("inspect", picture, "--name", "picture.pdf")
    assert answer.returncode == 1
    found = json.loads(answer.stdout)
    assert (found["accepted"], found["format"]) == (False, None)
    assert "PNG" in found["reason"]


def test_parse_form_names_the_parts():
    body = (
        b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nA title\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nbytes\r\n--x--\r\n"
    )
    answer = pieces.run_command("parse-form", "multipart/form-data; boundary=x", input=body)
    assert answer.returncode == 0
    assert json.loads(answer.stdout) == {
        "ok": True,
        "parts": [
            {
                "name": "title", "filename": None, "content_type": None, "size": 7,
                "sha256": hashlib.sha256(b"A title").hexdigest(),
            },
            {
                "name": "file", "filename": "a.txt", "content_type": "text/plain", "size": 5,
                "sha256": hashlib.sha256(b"bytes").hexdigest(),
            },
        ],
    }


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=y", "a/b"])
def test_parse_form_says_why_a_form_was_refused(kind):
    answer = pieces.run_command("parse-form", kind, input=b"--x\r\n")
    assert answer.returncode == 1
    found = json.loads(answer.stdout)
    assert found["ok"] is False and found["error"].endswith(".")


def test_suggest_eval_suggests_and_learns_a_case_that_comes_later():
    said = [{"speaker": "customer", "text": "My parcel has not arrived since Monday."}]
    lines = [
        {"op": "type", "id": "a", "name": "Late delivery", "description": "A parcel is late"},
        {"op": "type", "id": "b", "name": "Invoice", "description": "A question of an amount"},
        {"op": "case", "id": "1", "type": "a", "conversation": said},
        {"op": "ready"},
        {"op": "suggest", "id": "2", "conversation": said},
        {"op": "case", "id": "3", "type": "b", "conversation": said},
        {"op": "case", "id": "4", "type": "unknown", "conversation": said},
        {"op": "suggest", "id": "5", "conversation": said},
        {"op": "end"},
    ]
    answer = pieces.run_command(
        "suggest-eval", input="".join(json.dumps(line) + "\n" for line in lines).encode())
    assert answer.returncode == 0 and answer.stderr == ""
    ready, first, learned, second = map(json.loads, answer.stdout.splitlines())
    assert ready["ready"] is True and ready["train_ms"] >= 0
    assert first["id"] == "2" and first["top3"][0] == "a" and first["title"]
    assert learned["id"] == "3" and learned["learned"] is True and learned["ms"] >= 0
    assert learned["model_bytes"] >= ready["model_bytes"] > 0
    assert second["id"] == "5" and set(second["top3"]) == {"a", "b"}


def test_customers_are_imported_row_by_row(space, place):
    table = place / "customers.csv"
    table.write_text(
        'Name;Email;Phone\n"Müller; Anna";anna@example.org|a2@example.org;+49 30 555\n'
        ";nobody@example.org;\nBad address;nowhere;\nNo address;;\n",
        encoding="utf-8",
    )
    answer = space("import", "customers", table)
    assert answer.returncode == 1
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("row 3: refused") and lines[1].startswith("row 4: refused")
    assert lines[2] == "2 customers added, 2 rows refused"


def test_a_file_that_is_no_table_of_customers_is_refused(space, place):
    table = place / "customers.csv"
    table.write_bytes(b"\xff\xfe\x00binary")
    assert space("import", "customers", table).returncode == 1
    table.write_text("first,last\na,b\n")
    answer = space("import", "customers", table)
    assert answer.returncode == 1 and "name" in answer.stderr


def test_accounts_are_added_changed_and_taken_out_of_use(space):
    added = space("employee", "add", "Mia", "--role", "administrator")
    assert added.stdout.split()[:2] == ["administrator", "mia"]
    again = space("employee", "add", "mia")
    assert again.returncode != 0 and "taken" in again.stderr
    assert len(space("employee", "password", "mia").stdout.strip()) == 16
    assert space("employee", "deactivate", "mia").returncode == 0
    unknown = space("employee", "deactivate", "nobody")
    assert unknown.returncode != 0 and "nobody" in unknown.stderr


def test_a_short_password_is_refused(space):
    answer = space("employee", "add", "mia", "--password-stdin")
    assert answer.returncode != 0 and "8 characters" in answer.stderr


def test_a_tenant_space_is_changed(space):
    assert space("queue", "add", "Front desk").returncode == 0
    assert space("case-type", "add", "Question").returncode == 0
    changed = space(
        "tenant", "change", "--display-name", "Example", "--time-zone", "Asia/Tokyo",
        "--case-2.0", "off",
    )
    assert changed.returncode == 0, changed.stderr
    assert space("tenant", "change", "--time-zone", "Moon/Base").returncode != 0
    assert space("tenant", "list", tenant=False).stdout == "main\n"


@pytest.mark.parametrize("name", ["", "A", "a/b", "..", "x" * 41])
def test_a_name_that_is_no_tenant_space_is_refused(name, place):
    answer = pieces.run_command("tenant", "create", name, "--data", place / "data")
    assert answer.returncode != 0


def test_a_directory_that_is_not_there_is_named_and_not_made(place):
    missing = place / "missing"
    answer = pieces.run_command("verify", "--data", missing)
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1 and str(missing) in answer.stderr
    assert not missing.exists()
