"""The Case Information page with its script: by mouse, with files, drafts and what goes wrong."""

import re

import pytest
from form import (
    all_five,
    assert_kept,
    assert_shown,
    attached_names,
    case_count,
    choose_customer,
    expect_draft_saved,
    fill_in,
    tomorrow,
)
from playwright.sync_api import expect
from sample_files import five_files


def test_a_case_with_five_files_by_mouse(page, title):
    page.goto("/workbench")
    page.click("#create_case")
    fill_in(page, title)
    all_five(page)
    page.click("#save")
    expect(page.locator("#notice")).to_be_focused()
    expect(page.locator("#notice")).to_contain_text("is saved. Its owner is Field service.")
    assert_shown(page, title, five_files())
    page.get_by_role("link", name="Cases", exact=True).click()
    page.get_by_role("link", name=title).click()
    assert_shown(page, title, five_files())


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize(
    "text, shown",
    [
        ("", "0 / 128"),
        ("e\u0301", "2 / 128"),
        ("\U0001f469\u200d\U0001f469\u200d\U0001f467", "5 / 128"),
        ("\U0001f642" * 128, "128 / 128"),
        ("\U0001f642" * 129, "1 too many · 129 / 128"),
    ],
)
def test_characters_are_counted_as_code_points(page, text, shown):
    page.goto("/cases/new")
    page.fill("#title", text)
    expect(page.locator("#title-info .count")).to_have_text(shown)


def test_script_and_server_count_the_same(page, title):
    page.goto("/cases/new")
    fill_in(page, "\U0001f642" * 129)
    page.click("#save")
    expect(page.locator("#title-error")).to_contain_text("128 characters or less; it has 129")
    page.fill("#title", "\U0001f642" * 128)
    page.fill("#description", "\U0001f642" * 20_000)
    expect(page.locator("#description-info .count")).to_have_text("20,000 / 20,000")
    page.click("#save")
    expect(page.locator("h1")).to_have_text("\U0001f642" * 128)


def test_owner_is_asked_for_only_when_somebody_chooses_it(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    section, queue, agent = (
        page.locator(f"#{name}") for name in ("owner-section", "owner_queue", "owner_agent")
    )
    expect(queue).to_be_visible()
    expect(agent).to_be_hidden()
    page.check("#owner_type-agent")
    expect(queue).to_be_hidden()
    expect(agent).to_be_enabled()
    page.check("#claim")
    expect(agent).to_be_disabled()
    expect(page.locator("#claim")).to_be_enabled()
    page.check("#assignment_mode-auto")
    expect(section).to_be_hidden()
    page.check("#assignment_mode")
    expect(section).to_be_visible()
    page.uncheck("#claim")
    page.check("#owner_type")
    expect(queue.locator("option:checked")).to_have_text("Field service")
    page.check("#claim")
    page.click("#save")
    expect(page.locator("#notice")).to_contain_text("Its owner is Mia Keller.")


def test_auto_gives_the_case_to_the_default_owner(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    page.check("#assignment_mode-auto")
    page.click("#save")
    expect(page.locator("#notice")).to_contain_text("Its owner is Front desk.")


def test_notification_is_offered_where_the_customer_has_the_address(page):
    page.goto("/cases/new")
    email, sms = page.locator("#notify_email"), page.locator("#notify_sms")
    expect(page.locator("#notify_email-hint")).to_have_text("Choose a customer first")
    expect(email).to_be_disabled()
    choose_customer(page, "Hannah Schulz")
    expect(page.locator("#notify_email-hint")).to_have_text("h•••@example.org")
    email.check()
    choose_customer(page, "Amira Haddad")
    expect(email).to_be_disabled()
    expect(email).not_to_be_checked()
    expect(page.locator("#notify_email-hint")).to_have_text("Amira Haddad has no e-mail address")
    expect(sms).to_be_enabled()
    choose_customer(page, "Oliver Smith")
    expect(sms).to_be_disabled()
    expect(page.locator("#notify_sms-hint")).to_have_text("Oliver Smith has no phone number")
    expect(email).to_be_checked()


def test_a_customer_of_many_is_found_while_typing(open_browser, crowded_desk, title):
    page = open_browser(served=crowded_desk)
    page.goto("/cases/new")
    expect(page.locator("#customer option")).to_have_count(1)
    query = page.locator("#customer_query")
    query.press_sequentially("Customer 2")
    options = page.locator("#customer_query-list [role=option]")
    expect(options).to_have_count(20)
    query.press_sequentially("39")
    expect(options).to_have_count(1)
    query.press("ArrowDown")
    expect(options).to_have_attribute("aria-selected", "true")
    query.press("Enter")
    expect(page.locator("#customer option:checked")).to_contain_text("Customer 239")
    expect(page.locator("#notify_sms-hint")).to_have_text(re.compile("39$"))
    page.select_option("#case_type", index=1)
    page.fill("#title", title)
    page.fill("#description", "Found while typing")
    page.check("#claim")
    page.click("#save")
    expect(page.locator(".customer-name")).to_have_text("Customer 239")


# ---------------------------------------------------------------- what is wrong, and again


def test_the_error_summary_has_focus_and_leads_to_the_fields(page):
    page.goto("/cases/new")
    page.fill("#deadline", "2020-01-01T10:00")
    page.click("#save")
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: Case Information"))
    links = summary.locator("a").all()
    targets = [link.get_attribute("href")[1:] for link in links]
    assert targets == ["case_type", "title", "description", "deadline", "customer", "owner_queue"]
    for link, target in zip(links, targets, strict=True):
        link.click()
        field = page.locator(f"#{target}")
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert f"{target}-error" in field.get_attribute("aria-describedby")
        expect(page.locator(f"#{target}-error")).to_contain_text(link.inner_text())


def test_a_form_with_an_error_keeps_everything_and_is_saved_when_it_is_right(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    page.fill("#title", "")
    all_five(page)
    page.click("#save")
    expect(page.locator("#error-summary a")).to_have_text(["Enter a case title"])
    assert attached_names(page) == [name for name, _ in five_files()]
    page.fill("#title", title)
    assert_kept(page, title)
    page.click("#save")
    assert_shown(page, title, five_files())


def test_a_double_click_on_save_makes_one_case(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    page.locator("#save").dblclick()
    assert_shown(page, title)
    assert case_count(page, title) == 1


def test_back_after_saving_leads_to_the_case(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    expect_draft_saved(page)
    page.click("#save")
    assert_shown(page, title)
    saved = page.url
    page.go_back()
    expect(page).to_have_url(saved)
    assert case_count(page, title) == 1


def test_the_form_that_made_a_case_is_that_case_when_it_is_sent_again(page, title):
    """A browser that shows the old page once more, as from a copy of the tab."""
    page.goto("/cases/new")
    fill_in(page, title)
    copy = page.context.new_page()
    expect_draft_saved(page)
    copy.goto(page.url)
    page.click("#save")
    assert_shown(page, title)
    copy.fill("#title", title + " again")
    expect(copy.get_by_role("link", name="Open the case")).to_have_attribute(
        "href", "/" + page.url.partition("//")[2].partition("/")[2]
    )
    copy.click("#save")
    expect(copy).to_have_url(page.url)
    assert case_count(page, title) == 1


# ---------------------------------------------------------------- nothing is lost


def test_what_was_typed_is_there_after_a_reload(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    all_five(page)
    expect_draft_saved(page)
    assert "/cases/new?draft=" in page.url
    page.reload()
    assert_kept(page, title)
    assert attached_names(page) == [name for name, _ in five_files()]


def test_what_was_typed_is_there_when_the_page_was_closed_in_the_middle(page, title):
    page.goto("/cases/new")
    page.locator("#title").press_sequentially(title)
    other = page.context.new_page()
    page.close()
    other.goto("/workbench")
    other.get_by_role("link", name=title, exact=True).click()
    expect(other.locator("#title")).to_have_value(title)


def test_what_was_typed_is_there_when_the_browser_crashed(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    expect_draft_saved(page)
    page.locator("#description").press_sequentially(" and then it crashed")
    other = page.context.new_page()
    with page.expect_event("crash"):
        crash(page)
    other.goto("/workbench")
    other.get_by_role("link", name=title, exact=True).click()
    assert_kept(other, title)


def crash(page):
    """Ends the process that draws the page, as a lack of memory does."""
    try:
        page.goto("chrome://crash")
    except Exception:
        pass


@pytest.mark.parametrize("where", ["in this browser", "in another browser"])
def test_a_session_that_ended_meanwhile_loses_nothing(open_browser, desk, title, where):
    page = open_browser("stranger")
    page.goto("/login")
    log_in_here(page, desk)
    page.wait_for_url("**/workbench")
    cookies = page.context.cookies()
    page.goto("/cases/new")
    fill_in(page, title)
    expect_draft_saved(page)
    if where == "in this browser":
        elsewhere = page.context.new_page()
    else:
        elsewhere = open_browser("stranger")
        elsewhere.context.add_cookies(cookies)
    elsewhere.goto("/workbench")
    elsewhere.click(".desk-logout")
    elsewhere.wait_for_url("**/login")
    elsewhere.close()

    page.locator("#title").press("End")
    page.locator("#title").press_sequentially("!")
    note = page.locator(".actions-note")
    expect(note).to_contain_text("You have been logged out. What you typed is still here.")
    expect(page.locator("#title")).to_have_value(title + "!")
    with page.context.expect_page() as opened:
        note.get_by_role("link", name="Log in again in a new tab").click()
    log_in_here(opened.value, desk)
    expect(opened.value.locator(".desk-user")).to_have_text("Mia Keller")
    opened.value.close()
    # Chromium without a window has no focus to give back.
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(note).to_have_text("You are logged in again.")
    assert_kept(page, title + "!")
    page.click("#save")
    assert_shown(page, title + "!")


def log_in_here(page, desk):
    user = desk.users()[0]
    page.fill("#login", user["login"])
    page.fill("#password", user["password"])
    page.click("#log_in")


def test_the_deadline_is_told_in_words(page):
    page.goto("/cases/new")
    page.fill("#deadline", tomorrow().isoformat(timespec="minutes"))
    expect(page.locator("#deadline-hint")).to_contain_text(re.compile("in [0-9]+ hours|tomorrow"))
