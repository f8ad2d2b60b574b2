"""How good the suggestions are, and the outside engine: their pages as every page, from a saved case to the plots,
by mouse, by keys and without script."""

import pathlib
import re
import sys
import uuid

import pytest
from channel import BROKEN_LINE, Channel
from playwright.sync_api import expect
from test_pages import look_through

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Nginx"))

from chat_engine import TOKEN, ChatEngine  # noqa: E402 the path is set above

ADMINISTRATOR = -1
REPORT = "/configuration/suggestions"
ENGINE = "/configuration/suggestions/engine"


@pytest.fixture
def admin(open_browser):
    return open_browser(ADMINISTRATOR)


@pytest.fixture
def channel(desk, open_browser):
    return Channel(desk, open_browser)


@pytest.fixture
def engine(admin):
    running = ChatEngine()
    yield running
    admin.goto(ENGINE)
    admin.uncheck("#engine_enabled")
    admin.click("#save")
    expect(admin.locator("#notice")).to_have_text("Saved.")
    running.stop()


def set_up(admin, engine, model):
    admin.goto(ENGINE)
    admin.check("#engine_enabled")
    admin.fill("#engine_address", engine.address)
    admin.fill("#engine_model", model)
    admin.fill("#engine_token", TOKEN)
    admin.click("#save")
    expect(admin.locator("#notice")).to_have_text("Saved.")


def open_conversation(page, channel):
    word = uuid.uuid4().hex[:12]
    channel.bring([*BROKEN_LINE, ("agent", f"Thank you, {word}")])
    page.goto("/workbench")
    page.locator(".conv", has_text=word).click()
    page.wait_for_url("**/workbench/conversations/*")


def save_case(page, channel, pick=0):
    """A case of a conversation whose type is the pick that is named; the type's name."""
    open_conversation(page, channel)
    page.click("#create_case")
    chosen = page.locator(".pick-name").nth(pick)
    name = chosen.inner_text()
    page.locator(".pick").nth(pick).click()
    page.wait_for_url("**/case?case_type=*")
    page.click("#save")
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    return name


def first_choices(admin):
    """How many cases were saved with the first type that was proposed."""
    admin.goto(REPORT)
    cells = admin.locator("#time-table tbody td:nth-child(2)")
    return sum(int(text.replace(",", "")) for text in cells.all_inner_texts())


def test_a_saved_case_is_counted(admin, page, plain, channel):
    name = save_case(page, channel)
    before = first_choices(admin)
    save_case(plain, channel)
    assert first_choices(admin) == before + 1
    row = admin.locator("#type-table tbody tr", has_text=name)
    row.get_by_role("link").click()
    expect(admin.locator("#type option:checked")).to_have_text(name)
    admin.select_option("#by", "days")
    admin.click("#filter")
    expect(admin.locator("#time-table tbody tr")).to_have_count(28)
    look_through(admin, dark=True)


def test_the_numbers_are_reached_by_keys(admin, page, channel):
    save_case(page, channel)
    admin.goto(REPORT)
    region = admin.get_by_role("region", name="The numbers over time")
    region.focus()
    expect(region).to_be_focused()
    expect(admin.locator("svg[role=img]")).to_have_count(2)
    for plot in admin.locator("svg[role=img]").all():
        for name in plot.get_attribute("aria-labelledby").split():
            assert admin.locator(f"#{name}").text_content().strip()


def test_nothing_to_count_yet(open_browser, crowded_desk):
    nobody = open_browser(ADMINISTRATOR, served=crowded_desk)
    nobody.goto(REPORT)
    expect(nobody.locator("h2").first).to_have_text("Nothing to count yet")
    look_through(nobody, dark=True)


def test_the_outside_engine_proposes_and_the_pages_say_so(admin, page, channel, engine):
    set_up(admin, engine, "good")
    look_through(admin, dark=True)
    admin.set_viewport_size({"width": 1440, "height": 900})
    assert admin.locator("#engine_token").input_value() == ""
    open_conversation(page, channel)
    page.click("#create_case")
    whose = "Proposed by the outside engine, good at 127.0.0.1."
    expect(page.locator("dialog[open] #type-whose")).to_have_text(whose)
    page.keyboard.press("1")
    page.wait_for_url("**/case?case_type=*")
    expect(page.locator("#panel-whose")).to_have_text(whose)
    expect(page.locator("#title")).to_have_value("Read from outside")
    look_through(page, dark=True)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.click("#save")
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    admin.goto(f"{REPORT}?engine=outside")
    expect(admin.locator("#engine option:checked")).to_have_text("The outside engine")
    assert first_choices(admin) > 0


def test_a_late_one_is_waited_for_with_a_word(admin, page, channel, engine):
    set_up(admin, engine, "late")
    open_conversation(page, channel)
    page.click("#create_case")
    expect(page.locator(".waiting")).to_have_text("Reading the conversation…")
    expect(page.locator("dialog[open] #type-whose")).to_contain_text(
        "Proposed by CaseDesk’s own engine: the outside engine did not answer within 3 seconds."
    )
    expect(page.locator(".waiting")).to_have_count(0)
    expect(page.locator(".pick").first).to_contain_text("Internet down")
    admin.goto(ENGINE)
    expect(admin.locator("#engine-fault")).to_contain_text("did not answer within 3 seconds")
    look_through(admin, dark=True)


def test_what_is_wrong_stays_on_the_page(admin):
    admin.goto(ENGINE)
    admin.check("#engine_enabled")
    admin.fill("#engine_address", "http://engine.example.org/v1")
    admin.fill("#engine_model", "")
    admin.click("#save")
    expect(admin.locator("#error-summary li")).to_have_count(2)
    expect(admin.locator("#engine_address")).to_have_value("http://engine.example.org/v1")
    look_through(admin, dark=True)
