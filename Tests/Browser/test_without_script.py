"""The desk without JavaScript: every function by plain posts and links."""

import re
import uuid

import pytest
from form import (
    DESCRIPTION,
    MEBIBYTE,
    assert_kept,
    assert_shown,
    attach,
    attached_names,
    case_count,
    chosen_value,
    fill_in,
)
from playwright.sync_api import expect
from sample_files import five_files, pdf, png


def test_a_case_with_five_files(plain, title):
    plain.goto("/workbench")
    plain.click("#create_case")
    fill_in(plain, title)
    attach(plain, *five_files())
    plain.click("#save")
    expect(plain.locator("#notice")).to_contain_text("is saved. Its owner is Field service.")
    assert_shown(plain, title, five_files())
    assert case_count(plain, title) == 1


def test_enter_in_a_field_saves(plain, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    plain.press("#title", "Enter")
    assert_shown(plain, title)


def test_files_are_uploaded_one_after_the_other_and_removed(plain, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    for number, file in enumerate(five_files(), start=1):
        attach(plain, file)
        plain.click("#attachments-upload")
        expect(plain.locator("#attachments-list .file")).to_have_count(number)
        assert_kept(plain, title)
    assert attached_names(plain) == [name for name, _ in five_files()]
    plain.get_by_role("button", name="Remove blink.gif").click()
    assert_kept(plain, title)
    plain.click("#save")
    assert_shown(plain, title, [file for file in five_files() if file[0] != "blink.gif"])


def test_a_draft_is_saved_left_found_and_gone_on_with(plain, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    attach(plain, *five_files())
    plain.click("#save_draft")
    expect(plain.locator("#draft-status")).to_have_text(re.compile(r"^Draft saved \d\d:\d\d$"))
    plain.goto("/workbench")
    plain.get_by_role("link", name=title, exact=True).click()
    assert_kept(plain, title)
    plain.click("#save")
    assert_shown(plain, title, five_files())
    plain.goto("/workbench")
    expect(plain.locator(".draft-list", has_text=title)).to_have_count(0)


def test_a_draft_is_discarded(plain, title):
    plain.goto("/cases/new")
    plain.fill("#title", title)
    plain.click("#save_draft")
    plain.goto("/workbench")
    plain.get_by_role("link", name=f"Discard the draft {title}").click()
    plain.click("#discard")
    expect(plain.locator("h1")).to_have_text("Workbench")
    expect(plain.locator("main")).not_to_contain_text(title)


def test_errors_come_all_at_once_with_everything_kept(plain, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    plain.fill("#title", "x" * 129)
    plain.select_option("#case_type", "")
    plain.fill("#deadline", "2020-01-01T10:00")
    attach(plain, *five_files()[:4], ("notes.txt", b"text"))
    plain.click("#save")
    expect(plain).to_have_title(re.compile("^Error: Case Information"))
    expect(plain.locator("#error-summary")).to_be_focused()
    links = plain.locator("#error-summary a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "#case_type", "#title", "#deadline", "#attachments"
    ]
    expect(links.last).to_contain_text("notes.txt")
    links.nth(1).click()
    expect(plain.locator("#title:target")).to_have_count(1)
    expect(plain.locator("#title")).to_have_value("x" * 129)
    expect(plain.locator("#deadline")).to_have_value("2020-01-01T10:00")
    assert attached_names(plain) == [name for name, _ in five_files()[:4]]
    fill_in(plain, title)
    plain.click("#save")
    assert_shown(plain, title, five_files()[:4])


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("over.png", png(byte_count=5 * MEBIBYTE + 1), "over.png must be 5 MB or smaller"),
        ("nothing.pdf", b"", "nothing.pdf"),
        ("picture.pdf", png(), "is called .pdf but is a PNG picture"),
    ],
    ids=["a byte over 5 MB", "empty", "renamed"],
)
def test_a_refused_file_is_named_and_the_text_stays(plain, title, name, content, says):
    plain.goto("/cases/new")
    fill_in(plain, title)
    attach(plain, (name, content), ("bill.pdf", pdf()))
    plain.click("#attachments-upload")
    expect(plain.locator("#attachments-error")).to_contain_text(says)
    assert_kept(plain, title)
    assert attached_names(plain) == ["bill.pdf"]


def test_of_six_files_five_are_kept_and_one_is_named(plain, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    attach(plain, *five_files(), ("sixth.pdf", pdf()))
    plain.click("#save")
    expect(plain.locator("#error-summary")).to_contain_text(
        "sixth.pdf is one too many; a case can have up to 5 files"
    )
    assert attached_names(plain) == [name for name, _ in five_files()]
    plain.click("#save")
    assert_shown(plain, title, five_files())


def test_a_notification_to_a_customer_without_the_address_is_refused(plain, title):
    plain.goto("/cases/new")
    fill_in(plain, title)
    plain.select_option("#customer", chosen_value(plain, "Walk-in customer"))
    plain.click("#save")
    problem = plain.locator("#notify_email-error")
    expect(problem).to_contain_text("e-mail address")
    expect(plain.locator("#error-summary a")).to_have_attribute("href", "#notify_email")
    plain.uncheck("#notify_email")
    plain.click("#save")
    expect(plain.locator("#notice")).to_contain_text("is saved")


def test_owner_by_rule_by_claim_and_an_agent(plain, title):
    for change, owner in (
        (lambda: plain.check("#assignment_mode-auto"), "Front desk"),
        (lambda: plain.check("#claim"), "Mia Keller"),
        (lambda: choose_agent(plain, "Jonas Brandt"), "Jonas Brandt"),
    ):
        plain.goto("/cases/new")
        fill_in(plain, title)
        plain.select_option("#owner_queue", "")
        change()
        plain.click("#save")
        expect(plain.locator("#notice")).to_contain_text(f"Its owner is {owner}.")


def choose_agent(page, name):
    page.check("#owner_type-agent")
    page.select_option("#owner_agent", label=name)


def test_a_customer_of_many_is_found(open_browser, crowded_desk, title):
    plain = open_browser(served=crowded_desk, java_script_enabled=False)
    plain.goto("/cases/new")
    plain.fill("#title", title)
    plain.fill("#customer_query", "customer 23")
    plain.click("#find_customer")
    expect(plain.locator("#title")).to_have_value(title)
    # The empty choice, and 230 to 239.
    expect(plain.locator("#customer option")).to_have_count(11)
    plain.select_option("#customer", chosen_value(plain, "Customer 237"))
    plain.fill("#customer_query", "hannah")
    plain.click("#find_customer")
    expect(plain.locator("#customer option:checked")).to_contain_text("Customer 237")
    plain.select_option("#customer", chosen_value(plain, "Hannah Schulz"))
    plain.select_option("#case_type", index=1)
    plain.fill("#description", DESCRIPTION)
    plain.check("#claim")
    plain.click("#save")
    expect(plain.locator(".customer-name")).to_have_text("Hannah Schulz")


def test_the_list_is_searched_filtered_and_paged(plain, desk):
    agent = desk.agent()
    word = uuid.uuid4().hex
    for number in range(27):
        agent.saved(agent.new_case(title=f"{word} number {number}"))
    plain.goto("/cases")
    plain.fill("#q", word)
    plain.click("#filter")
    rows = plain.locator(".desk-table tbody tr")
    expect(rows).to_have_count(25)
    expect(rows.first).to_contain_text(f"{word} number 26")
    plain.get_by_role("link", name="Older cases").click()
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text(f"{word} number 0")
    plain.get_by_role("link", name="Newer cases").click()
    expect(rows).to_have_count(25)
    plain.select_option("#state", label="Completed")
    plain.click("#filter")
    expect(plain.locator(".empty h2")).to_have_text("No case fits")
    expect(plain.locator("#q")).to_have_value(word)


def test_log_in_leads_to_the_page_that_was_asked_for_and_log_out_ends_it(open_browser, desk):
    plain = open_browser("stranger", java_script_enabled=False)
    user = desk.users()[1]
    plain.goto("/cases?q=router")
    plain.fill("#login", user["login"])
    plain.fill("#password", "not the password")
    plain.click("#log_in")
    expect(plain.locator("#error-summary")).to_be_visible()
    expect(plain.locator("#login")).to_have_value(user["login"])
    plain.fill("#password", user["password"])
    plain.click("#log_in")
    expect(plain).to_have_url(re.compile(r"/cases\?q=router$"))
    plain.click(".desk-logout")
    expect(plain).to_have_url(re.compile(r"/login$"))
    plain.goto("/cases")
    expect(plain.locator("#password")).to_be_visible()


def test_a_session_that_ended_meanwhile_loses_nothing(open_browser, desk, title):
    plain = open_browser("stranger", java_script_enabled=False)
    user = desk.users()[0]
    enter(plain, user)
    cookies = plain.context.cookies()
    plain.goto("/cases/new")
    fill_in(plain, title)
    attach(plain, *five_files())
    elsewhere = open_browser("stranger", java_script_enabled=False)
    elsewhere.context.add_cookies(cookies)
    elsewhere.goto("/workbench")
    elsewhere.click(".desk-logout")
    plain.click("#save")
    plain.fill("#login", user["login"])
    plain.fill("#password", user["password"])
    plain.click("#log_in")
    assert_kept(plain, title)
    assert attached_names(plain) == [name for name, _ in five_files()]
    plain.click("#save")
    assert_shown(plain, title, five_files())


def enter(page, user):
    page.goto("/login")
    page.fill("#login", user["login"])
    page.fill("#password", user["password"])
    page.click("#log_in")
    page.wait_for_url("**/workbench")
