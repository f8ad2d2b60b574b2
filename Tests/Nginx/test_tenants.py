"""Several tenant spaces in one process, each chosen by the host through nginx, and nothing between them."""

import pytest

import desk as pieces
from sample_files import png

PASSWORD = "seven green bicycles"


def make(data, tenant, company):
    """A tenant space with an administrator, a queue, a case type and a customer of its own."""
    place = ("--data", data, "--tenant", tenant)
    customers = data / f"{tenant}.csv"
    commands = [
        ("tenant", "create", tenant, "--display-name", company, "--data", data),
        ("employee", "add", "boss", "--name", f"Boss of {company}", "--role", "administrator",
         "--password-stdin", *place),
        ("queue", "add", "Front desk", "--members", "boss", *place),
        ("case-type", "add", "Question", *place),
        ("import", "customers", customers, *place),
    ]
    customers.write_text(f"name,email,phone\nCustomer of {company},c@example.org,\n")
    for command in commands:
        made = pieces.run_command(*command, input=PASSWORD.encode())
        assert made.returncode == 0, made.stdout + made.stderr


@pytest.fixture
def two(listener, place, closing):
    """One responder and one nginx for two companies on two host names."""
    data = place / "data"
    data.mkdir()
    make(data, "north", "Northwind")
    make(data, "south", "Southern Post")
    responder = pieces.Responder(data, listener)
    closing(responder.end)
    front = pieces.Front(
        listener.path, data, tenant="",
        hosts=[
            ("north.example", "north"), ("south.example", "south"), ("west.example", "west"),
        ],
    )
    closing(front.stop)

    def at(host):
        return pieces.Agent(front.base, host=host)

    pieces.wait_until(
        lambda: at("north.example").get("/health").status_code == 200,
        pieces.START_LIMIT, "the responder answers",
    )
    return at


def test_each_host_has_its_own_people_cases_and_files(two):
    north = two("north.example").log_in("boss", PASSWORD)
    south = two("south.example").log_in("boss", PASSWORD)
    assert "Northwind" in north.get("/workbench").text
    assert "Southern Post" in south.get("/workbench").text

    case = north.saved(north.new_case(title="Only in the north"), [("light.png", png())])
    page = north.get(case)
    assert "Only in the north" in page.text
    [file] = pieces.attachment_addresses(page.text)
    assert north.get(file).content == png()
    # The first number of the other tenant space is nothing there.
    assert (south.get(case).status_code, south.get(file).status_code) == (404, 404)
    assert "Only in the north" not in south.get("/cases").text
    assert "Customer of Northwind" not in south.get("/cases/new").text


def test_a_session_and_a_token_are_nothing_at_another_host(two):
    north = two("north.example").log_in("boss", PASSWORD)
    south = two("south.example").log_in("boss", PASSWORD)
    thief = two("south.example")
    thief.session.cookies.update(north.session.cookies)
    answer = thief.get("/configuration/tenant")
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/login")
    token = pieces.hidden(north.get("/configuration/tenant").text, "form_token")
    answer = south.post(
        "/configuration/tenant",
        data={"form_token": token, "name": "Taken over", "time_zone": "UTC"},
    )
    assert answer.status_code == 403
    assert "Southern Post" in south.get("/workbench").text


def test_a_host_without_a_tenant_space_gets_nothing(two):
    for host in ("east.example", "127.0.0.1", "north.example.evil"):
        assert two(host).get("/login").status_code == 404, host


def test_a_browser_cannot_name_a_tenant_space(two):
    answer = two("south.example").get(
        "/login?CASEDESK_TENANT=north",
        headers={"Casedesk-Tenant": "north", "X-Forwarded-Host": "north.example"},
    )
    assert "Southern Post" in answer.text and "Northwind" not in answer.text


def test_a_tenant_space_that_is_made_meanwhile_is_served(two, place):
    answer = two("west.example").get("/login")
    assert answer.status_code == 404 and "No tenant space answers" in answer.text
    make(place / "data", "west", "Western Gas")
    agent = two("west.example").log_in("boss", PASSWORD)
    assert "Western Gas" in agent.get("/workbench").text


@pytest.mark.parametrize(
    ("directive", "reason"),
    [
        ("client_max_body_size 31m;", "line 2: client_max_body_size lets less through"),
        ("client_max_body_size lots;", "line 2: client_max_body_size “lots” is no size"),
        ("# client_max_body_size 72m;", "sets no client_max_body_size"),
    ],
)
def test_serve_refuses_to_start_behind_an_nginx_that_lets_no_form_through(
    place, demo_data, directive, reason
):
    configuration = place / "site.conf"
    configuration.write_text(f"server {{\n    {directive}\n}}\n")
    ended = pieces.run_command(
        "serve", "--data", demo_data, "--socket", place / "socket", "--nginx", configuration
    )
    assert ended.returncode == 1
    assert str(configuration) in ended.stderr and reason in ended.stderr
    assert "72m" in ended.stderr and len(ended.stderr.strip().splitlines()) == 1


def test_serve_says_when_the_file_of_nginx_is_not_there(place, demo_data):
    ended = pieces.run_command(
        "serve", "--data", demo_data, "--socket", place / "socket", "--nginx", place / "missing"
    )
    assert ended.returncode == 1
    assert "cannot be read" in ended.stderr and "--nginx" in ended.stderr


def test_the_page_of_the_tenant_space_shows_what_nginx_lets_through(desk):
    administrator = desk.users("administrator")[0]
    agent = pieces.Agent(desk.base).log_in(administrator["login"], administrator["password"])
    assert "bodies of 72.0 MB" in agent.get("/configuration/tenant").text
