"""From a conversation to a saved case: by mouse, by keys, without script; nothing typed is lost."""

import re
import uuid

import pytest
from channel import BROKEN_LINE, Channel
from playwright.sync_api import expect
from test_keyboard import FAULT, press, tab_to
from test_pages import look_through

MORE = ("customer", "It began on Monday after a storm. My order number is 88201334.")


@pytest.fixture
def channel(desk, open_browser):
    return Channel(desk, open_browser)


def said(word):
    """The broken line, with a word by which the conversation is found in the list."""
    return [*BROKEN_LINE, ("agent", f"Thank you, {word}")]


def open_conversation(page, channel, messages=None, **more):
    """A new conversation, opened from the list; its sender's name."""
    word = uuid.uuid4().hex[:12]
    messages = said(word) if messages is None else [*messages, ("agent", f"Hm {word}")]
    name = channel.bring(messages, **more)
    page.goto("/workbench")
    page.locator(".conv", has_text=word).click()
    page.wait_for_url("**/workbench/conversations/*")
    return name


def open_panel(page, channel, **more):
    name = open_conversation(page, channel, **more)
    page.click("#create_case")
    page.locator(".pick").first.click()
    page.wait_for_url("**/case?case_type=*")
    return name


# ---------------------------------------------------------------- with script


def test_three_actions_from_the_conversation_to_the_saved_case(page, channel):
    open_conversation(page, channel)
    page.click("#create_case")
    expect(page.locator("dialog[open] h1")).to_have_text("Select Work Order Type")
    expect(page.locator(".pick").first).to_contain_text("Internet down")
    page.locator(".pick").first.click()
    expect(page.locator("#case_type option:checked")).to_have_text("Internet down")
    title = page.locator("#title").input_value()
    assert "no internet" in title.lower()
    page.click("#save")
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("#notice")).to_contain_text("Its owner is")
    expect(page.locator(".customer-name")).to_contain_text("Hannah Schulz")


def test_by_keys_alone(page, channel):
    word = uuid.uuid4().hex[:12]
    channel.bring(said(word))
    page.goto("/workbench")
    for _ in range(80):
        press(page, "Tab")
        if word in page.evaluate("document.activeElement.textContent.slice(0, 500)"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbench/conversations/*")
    page.keyboard.press("Alt+c")
    expect(page.locator(".pick").first).to_be_focused()
    assert page.evaluate(FAULT) == ""
    page.keyboard.press("1")
    expect(page.locator("#panel-heading")).to_be_focused()
    press(page, "Tab")
    expect(page.locator("#choose_type")).to_be_focused()
    for field in ("case_type", "title", "description", "source", "customer", "claim"):
        tab_to(page, field)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/cases/\d+$"))


def test_the_dialog_takes_and_gives_back_the_focus(page, channel):
    open_conversation(page, channel)
    page.focus("#create_case")
    page.keyboard.press("Enter")
    expect(page.locator(".pick").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#create_case")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("Alt+c")
    page.locator("#type_cancel").click()
    expect(page.locator("#create_case")).to_be_focused()


def test_the_search_of_the_dialog_narrows_while_one_types(page, channel):
    open_conversation(page, channel)
    page.keyboard.press("Alt+c")
    expect(page.locator("#type-list li:visible")).not_to_have_count(1)
    page.locator("#q").press_sequentially("INVOICE 1")
    expect(page.locator("#type-list-empty")).to_be_visible()
    page.fill("#q", "invoice")
    expect(page.locator("#type-list li:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/case?case_type=*")
    expect(page.locator("#case_type option:checked")).to_contain_text("Invoice")


def test_another_type_changes_nothing_else(page, channel):
    open_panel(page, channel)
    page.fill("#title", "My own words")
    page.click("#choose_type")
    page.locator("#type-list a", has_text="Invoice").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#case_type")).to_be_focused()
    expect(page.locator("#case_type option:checked")).to_contain_text("Invoice")
    expect(page.locator("#title")).to_have_value("My own words")
    expect(page.locator("#case_type-from")).to_be_hidden()


def test_a_value_is_undone_and_put_back(page, channel):
    open_panel(page, channel)
    title = page.locator("#title").input_value()
    expect(page.locator("#title-from")).to_contain_text("from message ")
    button = page.locator("[data-from=title] .from-act")
    button.click()
    expect(page.locator("#title")).to_have_value("")
    expect(page.locator("#title-from")).to_be_hidden()
    button.click()
    expect(page.locator("#title")).to_have_value(title)
    expect(page.locator("#title-from")).to_be_visible()
    page.fill("#title", "My own words")
    expect(page.locator("#title-from")).to_be_hidden()
    expect(button).to_be_hidden()


def test_a_field_that_is_looked_at_marks_its_words(page, channel):
    open_panel(page, channel)
    mark = page.locator("mark.of-title").first
    ground = "one => getComputedStyle(one).backgroundColor"
    page.focus("#save")
    page.mouse.move(5, 5)
    rest = mark.evaluate(ground)
    page.focus("#title")
    assert mark.evaluate(ground) != rest
    page.focus("#save")
    page.hover("#title")
    assert mark.evaluate(ground) != rest


def test_new_messages_come_by_themselves_and_overwrite_nothing(page, channel):
    name = open_panel(page, channel, messages=[("customer", "My internet is down")])
    page.fill("#title", "My own words")
    before = page.locator("#description").input_value()
    channel.say(name, MORE)
    expect(page.locator("#messages")).to_contain_text("after a storm")
    expect(page.locator("[data-from=description] .offer")).to_be_visible()
    expect(page.locator("#title")).to_have_value("My own words")
    expect(page.locator("#description")).to_have_value(before)
    page.locator("[data-from=description] .from-act").click()
    expect(page.locator("#description")).to_have_value(re.compile("88201334"))
    expect(page.locator("#title")).to_have_value("My own words")
    expect(page.locator("[data-from=description] .offer")).to_have_count(0)
    expect(page.locator("[data-from=description] .from-words")).to_be_visible()
    expect(page.locator("#messages mark.of-description", has_text="88201334")).to_have_count(1)


def test_whoever_reads_farther_up_stays_there(page, channel):
    long = [("customer", f"Line {number} of a long talk") for number in range(80)]
    name = open_conversation(page, channel, messages=long)
    pane = page.locator("#transcript")
    pane.evaluate("pane => { pane.scrollTop = 100; }")
    channel.say(name, ("customer", "Are you there?"))
    expect(page.locator("#messages")).to_contain_text("Are you there?")
    assert pane.evaluate("pane => pane.scrollTop") == 100
    pane.evaluate("pane => { pane.scrollTop = pane.scrollHeight; }")
    channel.say(name, ("customer", "Hello, hello"))
    expect(page.get_by_text("Hello, hello", exact=True).last).to_be_in_viewport()


def test_a_draft_opens_again_beside_its_conversation(page, channel):
    open_panel(page, channel)
    page.fill("#title", "Kept for later")
    expect(page.locator("#draft-status")).to_contain_text("Draft saved")
    expect(page).to_have_url(re.compile(r"/case\?draft="))
    page.reload()
    expect(page.locator("#title")).to_have_value("Kept for later")
    expect(page.locator("#messages")).to_contain_text("red light")


# ---------------------------------------------------------------- without script


def test_without_script(plain, channel):
    open_conversation(plain, channel)
    plain.click("#create_case")
    plain.wait_for_url("**/case-types")
    plain.fill("#q", "invoice")
    plain.click("#find_type")
    expect(plain.locator("#type-list li")).to_have_count(1)
    plain.locator(".pick").first.click()
    plain.wait_for_url("**/case?case_type=*")
    plain.click("button[value=clear_title]")
    expect(plain.locator("#title")).to_have_value("")
    plain.click("button[value=take_title]")
    expect(plain.locator("#title")).to_have_value(re.compile("internet", re.IGNORECASE))
    plain.fill("#description", "My own words")
    plain.click("#choose_type")
    plain.locator("#type-list a", has_text="Invoice").click()
    expect(plain.locator("#description")).to_have_value("My own words")
    plain.fill("#title", "")
    plain.click("#save")
    expect(plain.locator("#error-summary")).to_contain_text("Enter a case title")
    expect(plain.locator("#messages")).to_contain_text("red light")
    plain.fill("#title", "Without script")
    plain.click("#save")
    plain.wait_for_url(re.compile(r"/cases/\d+$"))
    expect(plain.locator("h1")).to_have_text("Without script")


def test_an_unknown_customer_is_made_in_place(plain, channel):
    who = {"name": f"New {uuid.uuid4().hex[:8]}", "email": "", "phone": ""}
    open_conversation(plain, channel, customer=who)
    expect(plain.locator("#new_customer_name")).to_have_value(who["name"])
    plain.click("#create_customer")
    expect(plain.locator("#customer-pane .customer-name")).to_have_text(who["name"])


# ---------------------------------------------------------------- how it looks


def test_the_pages_of_a_conversation(page, channel):
    open_conversation(page, channel)
    look_through(page, dark=True)
    page.goto(page.url + "/case-types")
    look_through(page, dark=True)


def test_the_dialog(page, channel):
    open_conversation(page, channel)
    page.keyboard.press("Alt+c")
    expect(page.locator("dialog[open]")).to_be_visible()
    look_through(page, dark=True)


def test_the_panel(page, channel):
    open_panel(page, channel)
    look_through(page, dark=True)


def test_the_panel_with_errors(page, channel):
    open_panel(page, channel)
    page.fill("#title", "x" * 129)
    page.fill("#description", "")
    page.click("#save")
    expect(page.locator("#error-summary li")).to_have_count(2)
    look_through(page, dark=True)


def test_a_conversation_of_somebody_unknown_with_a_long_name(page, channel):
    customer = {"name": "W" * 120, "email": "", "phone": ""}
    open_conversation(page, channel, messages=[("customer", "x" * 3000)], customer=customer)
    look_through(page, dark=True)
