"""Configuration Center: its pages as every page, and what the script adds to edit forms and lists."""

import re
import uuid

import pytest
from playwright.sync_api import expect
from test_pages import look_through

ADMINISTRATOR = -1
TYPES = "/configuration/case-types"


@pytest.fixture
def admin(open_browser):
    return open_browser(ADMINISTRATOR)


@pytest.fixture
def case_type(admin):
    """The address of a new, disabled case type."""
    admin.goto(f"{TYPES}/new")
    admin.fill("#name", f"Type {uuid.uuid4().hex}")
    admin.fill("#description", "First")
    admin.uncheck("#is_enabled")
    admin.click("#save")
    admin.wait_for_url("**?saved=1")
    return admin.url.partition("?")[0]


@pytest.mark.parametrize(
    "address",
    ["/configuration", TYPES, f"{TYPES}?q=nothing+like+it", f"{TYPES}/new", f"{TYPES}/1"],
)
def test_every_page_is_for_everybody(admin, address):
    admin.goto(address)
    look_through(admin, dark=True)


def test_a_page_with_a_conflict_is_for_everybody(admin, case_type):
    conflict(admin, case_type)
    look_through(admin, dark=True)


def test_two_changes_of_one_field_stand_side_by_side(admin, case_type):
    conflict(admin, case_type)
    expect(admin.locator("#description")).to_have_value("Mine")
    note = admin.locator("#description-theirs")
    expect(note).to_contain_text("Theirs")
    mine, theirs = admin.locator("#description").bounding_box(), note.bounding_box()
    assert theirs["x"] >= mine["x"] + mine["width"]
    note.get_by_role("button", name="Take theirs").click()
    expect(admin.locator("#description")).to_have_value("Theirs")
    note.get_by_role("button", name="Back to yours").click()
    expect(admin.locator("#description")).to_have_value("Mine")
    admin.click("#save")
    expect(admin.locator("#notice")).to_have_text("Saved.")
    expect(admin.locator("#description")).to_have_value("Mine")


def test_without_script_a_case_type_is_made_changed_and_deleted(open_browser):
    page = open_browser(ADMINISTRATOR, java_script_enabled=False)
    page.goto(f"{TYPES}/new")
    page.click("#save")
    expect(page.locator("#error-summary")).to_contain_text("Enter a name for the case type")
    name = f"Plain {uuid.uuid4().hex}"
    page.fill("#name", name)
    page.click("#save")
    expect(page.locator("h1")).to_have_text(name)
    page.click("#disable")
    page.fill("#keywords", "one, two")
    page.click("#save")
    expect(page.locator("#keywords")).to_have_value("one\ntwo")
    page.click("#delete")
    page.click("#confirm")
    page.wait_for_url(re.compile(f"{TYPES}\\?saved=1"))
    expect(page.get_by_role("link", name=name)).to_have_count(0)


def conflict(page, address):
    """Leaves the page open that follows when two people have changed one field."""
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.fill("#description", "Theirs")
    other.click("#save")
    other.wait_for_url("**?saved=1")
    other.close()
    page.fill("#description", "Mine")
    page.click("#save")
    expect(page.locator("#error-summary")).to_contain_text("changed by somebody else")
