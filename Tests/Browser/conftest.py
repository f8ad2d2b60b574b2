"""One desk behind nginx and one Chromium for all tests; a new browser context for each."""

import importlib.util
import os
import pathlib
import shutil
import sys
import tempfile
import uuid

import pytest
from playwright.sync_api import expect, sync_playwright

NGINX_TESTS = pathlib.Path(__file__).resolve().parents[1] / "Nginx"
sys.path.append(str(NGINX_TESTS))

import desk as pieces  # noqa: E402 the path is set above

# The desk of the tests through nginx: the same fixtures, under a module name of their own.
_found = importlib.util.spec_from_file_location("nginx_fixtures", NGINX_TESTS / "conftest.py")
_fixtures = importlib.util.module_from_spec(_found)
_found.loader.exec_module(_fixtures)
binary, desk = _fixtures.binary, _fixtures.desk

# Milliseconds. The machine may be busy; what is well takes less than a second.
PATIENCE = 20_000
# More than a page lists, so that its customers are searched for.
CUSTOMER_COUNT = 240
LONGEST_CUSTOMER = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NEWCOMER = {"login": "new.comer", "password": uuid.uuid4().hex}

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def crowded_desk(binary):
    """A desk with more customers than a page lists, and somebody for whom there is nothing yet."""
    with tempfile.TemporaryDirectory(prefix="desk.", dir="/var/tmp") as name:
        os.chmod(name, 0o755)
        data = pathlib.Path(name) / "data"
        data.mkdir()
        tenant = ("--data", data, "--tenant", "demo")
        customers = pathlib.Path(name) / "customers.csv"
        customers.write_text(customer_rows())
        for command in (
            ("demo", "--data", data, "--base-url", "http://127.0.0.1"),
            ("import", "customers", customers, *tenant),
            (
                "employee", "add", NEWCOMER["login"], "--name", "New Comer", "--password-stdin",
                *tenant,
            ),
        ):
            made = pieces.run_command(*command, input=NEWCOMER["password"].encode())
            assert made.returncode == 0, made.stdout + made.stderr
        served = pieces.Serve(data).until_ready()
        yield served
        status = served.stop()
    assert status == 0, "".join(served.problems)


def customer_rows():
    """A CSV file; every customer has another name, and one the longest that there can be."""
    assert len(LONGEST_CUSTOMER) == 80
    rows = [f"Customer {number:03},c{number}@example.org,+49 30 {number:06}" for number in
            range(CUSTOMER_COUNT)]
    return "\n".join(["name,email,phone", *rows, f"{LONGEST_CUSTOMER},long@example.org,"]) + "\n"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def known(desk, crowded_desk, browser):
    """The cookies of somebody logged in, by desk and number; each is logged in once."""
    states = {}

    def state(served, number):
        key = (served.base, number)
        if key not in states:
            user = NEWCOMER if number is None else everybody(served)[number]
            context = browser.new_context(base_url=served.base)
            log_in(context.new_page(), user)
            states[key] = context.storage_state()
            context.close()
        return states[key]

    return state


def everybody(served):
    """The demo's agents, and its administrator as the last."""
    return served.users() + served.users("administrator")


def log_in(page, user):
    page.goto("/login")
    page.fill("#login", user["login"])
    page.fill("#password", user["password"])
    page.click("#log_in")
    page.wait_for_url("**/workbench")


@pytest.fixture
def open_browser(browser, desk, known):
    """Makes browsers of people; what one of them says about a page's faults fails the test."""
    contexts = []
    faults = []

    def open_one(number=0, served=None, **options):
        served = served or desk
        if number != "stranger":
            options["storage_state"] = known(served, number)
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = browser.new_context(base_url=served.base, locale="en-US", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("console", lambda message: note(message, faults))
        context.on("weberror", lambda error: faults.append(str(error.error)))
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


def note(message, faults):
    """Errors on the console, such as what the content security policy stops.

    That a page or a post was answered with 4xx is on the console too, and is the tests' own matter;
    a style or script that is not there is not.
    """
    address = (message.location or {}).get("url", "")
    is_asset = "/assets/" in address and not address.endswith("/assets/nothing.css")
    is_answer = message.text.startswith("Failed to load resource") and not is_asset
    if message.type == "error" and not is_answer:
        faults.append(f"{message.text} ({address})")


@pytest.fixture
def page(open_browser):
    """A page of the first agent, with script."""
    return open_browser()


@pytest.fixture
def plain(open_browser):
    """A page of the first agent whose browser runs no script."""
    return open_browser(java_script_enabled=False)


@pytest.fixture
def title():
    """A title that no other case has."""
    return f"Router restarts {uuid.uuid4().hex}"
