"""A file of customers through nginx into a responder that is killed while it takes it in, and out again."""

import csv
import io
import json
import re

import requests

import desk as pieces

ROWS = 1_200


def administrator(base, data):
    users = json.loads((data / "demo.json").read_text())["users"]
    user = next(user for user in users if user["role"] == "administrator")
    return pieces.Agent(base).log_in(user["login"], user["password"])


def upload(person, content, name="customers.csv"):
    """The address of the import of a file."""
    token = pieces.hidden(person.get("/customers/import").text, "form_token")
    answer = person.post(
        "/customers/import", files=[("form_token", (None, token)), ("file", (name, content))]
    )
    assert answer.status_code == 303, (answer.status_code, pieces.problems(answer.text))
    return answer.headers["Location"]


def start(person, address, columns):
    page = person.get(address)
    choices = {f"column_{place}": meaning for place, meaning in enumerate(columns, start=1)}
    token = pieces.hidden(page.text, "form_token")
    answer = person.post(address, data={"form_token": token, "existing": "update", **choices})
    assert answer.status_code == 303, (answer.status_code, pieces.problems(answer.text))


def news(person, address):
    try:
        answer = person.get(address, headers={"Accept": "application/json"})
        return answer.json() if answer.status_code == 200 else {}
    except requests.RequestException:
        return {}


def test_an_import_goes_on_after_kill_9_and_comes_out_again(listener, front, demo_data, closing):
    responder = pieces.Responder(demo_data, listener)
    closing(lambda: responder.end())
    pieces.until_healthy(front.base)
    person = administrator(front.base, demo_data)
    lines = [f"Guest {n};guest{n}@example.org;=note {n};+49 40 {7_000_000 + n}" for n in range(ROWS)]
    text = "\r\n".join(["Name;E-mail;Remark;Phone", *lines, ";nobody@example.org;;"])
    address = upload(person, text.encode("utf-16"), name="Gäste.csv")
    page = person.get(address).text
    assert "UTF-16" in page and "semicolons" in page
    start(person, address, ["name", "email", "remark", "phone"])

    for share in (0.1, 0.5):
        pieces.wait_until(
            lambda: news(person, address).get("done", 0) > ROWS * share
            or news(person, address).get("state") == "done",
            300, f"{share} of the rows",
        )
        responder.kill()
        responder = pieces.Responder(demo_data, listener)
    pieces.wait_until(lambda: news(person, address).get("state") == "done", 300, "all rows")
    assert f"Done: {ROWS:,} created, 1 refused." in person.get(address).text

    refused = person.get(address + "/refused")
    rows = list(csv.reader(io.StringIO(refused.content.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "E-mail", "Remark", "Phone", "Row", "Reason"]
    assert rows[1][1] == "nobody@example.org" and rows[1][4] == str(ROWS + 2)

    exported = person.get("/customers/export?q=guest")
    assert exported.headers["Content-Type"].startswith("text/csv")
    assert pieces.download_name(exported) == "Customers.csv"
    rows = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [f"Guest {n}" for n in range(ROWS)]
    assert rows[1][2] == "'+49 40 7000000" and rows[1][8] == "'=note 0"

    # What was exported meets everybody it names, and changes nobody.
    again = upload(person, exported.content)
    columns = ["name", "gender", *["phone"] * 3, *["email"] * 3, "remark"]
    page = person.get(again).text
    assert re.findall(r'<option value="(\w*)" selected>', page) == columns
    start(person, again, columns)
    pieces.wait_until(lambda: news(person, again).get("state") == "done", 300, "all rows again")
    assert f"Done: {ROWS:,} left as it was." in person.get(again).text


def test_files_that_are_no_customers_are_refused_with_what_to_do(desk):
    user = desk.users("administrator")[0]
    person = pieces.Agent(desk.base).log_in(user["login"], user["password"])
    token = pieces.hidden(person.get("/customers/import").text, "form_token")
    for content, sentence in [
        (b"PK\x03\x04 workbook", "a workbook, not CSV"),
        (bytes(33 * 1024 * 1024), "larger than 32 MB"),
        (b"", "The file is empty"),
    ]:
        answer = person.post(
            "/customers/import",
            files=[("form_token", (None, token)), ("file", ("c.csv", content))],
        )
        assert answer.status_code == 422, answer.status_code
        assert sentence in answer.text


def test_an_export_is_sent_by_the_web_server_that_nginx_serve_starts(desk):
    user = desk.users("administrator")[0]
    person = pieces.Agent(desk.base).log_in(user["login"], user["password"])
    exported = person.get("/customers/export")
    assert exported.status_code == 200, exported.status_code
    assert exported.content.startswith(b"\xef\xbb\xbfName,Gender,Phone,")
