"""Notifications: what the boxes say before a case is saved, what its page says after, and Configuration Center."""

import uuid

import pytest
from form import choose_customer, fill_in
from playwright.sync_api import expect
from test_pages import look_through

ADMINISTRATOR = -1
HOME = "/configuration/notifications"
TEMPLATE = f"{HOME}/case_created/email"


@pytest.fixture
def admin(open_browser):
    return open_browser(ADMINISTRATOR)


@pytest.mark.parametrize(
    "address",
    [
        HOME, TEMPLATE, f"{HOME}/reminder/sms", f"{HOME}/limits", f"{HOME}/gateways",
        f"{HOME}/gateways/email", f"{HOME}/gateways/sms", f"{HOME}/outbox", f"{HOME}/outbox/1",
    ],
)
def test_every_page_is_for_everybody(admin, address):
    admin.goto(address)
    look_through(admin, dark=True)


def test_a_text_is_previewed_as_it_was_typed_and_refused_with_its_place(admin):
    admin.goto(TEMPLATE)
    mine = uuid.uuid4().hex
    admin.fill("#body", f"{mine} {{case_number}}")
    admin.click("#show_preview")
    expect(admin.locator("#preview-section .message-body").first).to_contain_text(mine)
    expect(admin.locator("#body")).to_have_value(f"{mine} {{case_number}}")
    admin.fill("#body", "{case_numbr}")
    admin.click("#save")
    expect(admin.locator("#error-summary")).to_contain_text("names {case_numbr} in line 1")
    look_through(admin, dark=True)
    admin.goto(TEMPLATE)
    expect(admin.locator("#body")).not_to_have_value("{case_numbr}")


def test_a_test_goes_to_the_outbox(admin):
    admin.goto(TEMPLATE)
    admin.click("#send_test")
    admin.locator("#notice a").click()
    expect(admin.locator("h1")).to_contain_text("Test")
    expect(admin.locator(".facts")).to_contain_text("Waiting")
    admin.locator("[id^=cancel-]").click()
    expect(admin.locator(".facts")).to_contain_text("Cancelled")


def test_the_text_follows_what_is_typed(page, title):
    page.goto("/cases/new")
    expect(page.locator("#preview")).to_be_hidden()
    fill_in(page, title)
    text = page.locator("#notify_email-text")
    text.locator("summary").click()
    expect(text.locator(".message-subject")).to_contain_text(title)
    page.fill("#title", f"{title} again")
    expect(text.locator(".message-subject")).to_contain_text(f"{title} again")
    look_through(page, dark=True)
    choose_customer(page, "Oliver Smith")
    expect(page.locator("#notify_sms-hint")).to_contain_text("has no phone number")
    expect(page.locator("#notify_sms-text")).to_have_count(0)


def test_without_script_the_text_is_shown_by_a_button(plain, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    plain.click("#preview")
    plain.locator("#notify_email-text summary").click()
    expect(plain.locator("#notify_email-text .message-subject")).to_contain_text(title)
    expect(plain.locator("#notify_email")).to_be_checked()
    plain.click("#save")
    messages = plain.locator("#messages")
    expect(messages).to_contain_text("Case created by e-mail")
    expect(messages).to_contain_text("No gateway is configured, so it waits")


def test_the_messages_of_a_case_are_for_everybody(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    page.click("#save")
    page.locator("#messages summary").first.click()
    look_through(page, dark=True)
    page.click("#remind")
    expect(page.locator("#notice")).to_contain_text("The owner is reminded")
