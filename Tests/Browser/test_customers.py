"""Customer Center: the list that follows the typing, and a new customer in place of a case's form."""

import re
import uuid

import pytest
from form import assert_kept, fill_in
from playwright.sync_api import expect
from test_pages import look_through


@pytest.fixture
def name():
    """A name that no other customer has."""
    return f"Zoe {uuid.uuid4().hex[:10]}"


@pytest.fixture
def somebody(page, name):
    """A customer who is there, with their page open."""
    page.goto("/customers/new")
    page.fill("#name", name)
    page.fill("#email_1", f"{name.replace(' ', '.')}@example.org")
    page.click("#save")
    expect(page.locator("#notice")).to_be_focused()
    return name


def names(page):
    return page.locator("#found tbody th").all_inner_texts()


def test_the_list_follows_the_typing(page, somebody):
    page.goto("/customers")
    everybody = names(page)
    assert len(everybody) > 1
    page.focus("#q")
    page.keyboard.type(somebody.lower(), delay=20)
    expect(page.locator("#found caption")).to_have_text("Showing 1 of 1 customers")
    assert names(page) == [somebody]
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value(somebody.lower())
    expect(page).to_have_url(re.compile(r"\?q=zoe"))
    expect(page.locator("form[data-live] + [role=status]")).to_have_text("Showing 1 of 1 customers")
    page.keyboard.type("x", delay=20)
    expect(page.locator("#found h2")).to_have_text("Nothing fits")
    page.go_back()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#found tbody th")).to_have_count(len(everybody))
    page.go_forward()
    expect(page.locator("#found h2")).to_have_text("Nothing fits")
    page.reload()
    expect(page.locator("#found h2")).to_have_text("Nothing fits")
    expect(page.locator("#q")).to_have_value(f"{somebody.lower()}x")


def test_what_is_found_is_gone_back_to(page, somebody):
    page.goto("/customers")
    page.fill("#q", somebody)
    expect(page.locator("#found caption")).to_have_text("Showing 1 of 1 customers")
    page.get_by_role("link", name=somebody).click()
    expect(page.locator("h1")).to_have_text(somebody)
    page.go_back()
    expect(page.locator("#q")).to_have_value(somebody)
    expect(page.locator("#found caption")).to_have_text("Showing 1 of 1 customers")


def test_a_search_after_the_log_in_is_over_leads_to_it(page):
    page.goto("/customers")
    page.context.clear_cookies()
    page.fill("#q", "zoe")
    expect(page).to_have_url(re.compile(r"/login\?next="))


def test_the_search_by_button_without_script(plain, page, somebody):
    plain.goto("/customers")
    plain.fill("#q", somebody)
    plain.click("#filter")
    assert names(plain) == [somebody]
    expect(plain.locator("#q")).to_have_value(somebody)


@pytest.mark.parametrize("kind", ["page", "plain"])
def test_a_new_customer_from_the_form_of_a_case(request, kind, title, name):
    page = request.getfixturevalue(kind)
    page.goto("/cases/new")
    fill_in(page, title)
    page.click("#new_customer")
    expect(page.locator("h1")).to_have_text("New customer")
    page.fill("#name", name)
    page.fill("#email_1", f"{name.replace(' ', '.')}@example.org")
    page.click("#save")
    expect(page.locator("h1")).to_have_text("Case Information")
    assert_kept(page, title, name)
    page.click("#new_customer")
    page.get_by_role("link", name="Cancel").click()
    assert_kept(page, title, name)
    page.click("#save")
    expect(page.locator(".customer-name")).to_have_text(name)


def test_somebody_who_is_there_is_chosen_instead(plain, page, somebody, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    plain.click("#new_customer")
    plain.fill("#name", "Somebody else")
    plain.fill("#email_2", f"{somebody.replace(' ', '.').upper()}@EXAMPLE.org")
    plain.click("#save")
    expect(plain.locator("#similar-title")).to_be_visible()
    expect(plain.locator("#name")).to_have_value("Somebody else")
    plain.get_by_role("button", name=f"Choose {somebody}").click()
    assert_kept(plain, title, somebody)


def test_the_pages_can_be_used_by_everybody(page, somebody):
    look_through(page)
    page.goto("/customers/new")
    look_through(page)
    page.fill("#email_1", "nobody")
    page.click("#save")
    expect(page.locator("#email_1-error")).to_be_visible()
    look_through(page)
    page.goto("/customers")
    look_through(page)
    page.goto("/customers?q=zzzzz")
    look_through(page)
