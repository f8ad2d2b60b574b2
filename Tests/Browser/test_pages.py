"""Every page: without a violation that axe finds, without horizontal scrolling, light and dark."""

import re
import uuid

import pytest
from axe_playwright_python.sync_playwright import Axe
from form import DESCRIPTION, all_five, attach, attached_names, fill_in
from playwright.sync_api import expect
from sample_files import gif, jpeg, pdf, png

AXE = Axe()
LONG_TITLE = "W" * 128
# 255 bytes, the longest that a file system takes.
LONG_NAME = "x" * 251 + ".pdf"

# Things to press: 24 CSS pixels each way (WCAG 2.2, 2.5.8), but links in running text.
TOO_SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, label')]
    .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== 'inline'
        && one.matches(':not(:disabled, .visually-hidden, .skip-link, label:not(:has(input)))')
        && !one.closest('.is-live > input, label > input')
        && !(one.type === 'checkbox' || one.type === 'radio'))
    .filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 23.5 || height < 23.5;
    }).map((one) => one.outerHTML.slice(0, 120))"""

OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"


def look_through(page, dark=False):
    """The page that is open, on a desk's screen, a phone, and magnified to 400 %."""
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == [], f"at {width} pixels"
        assert page.evaluate(OVERFLOW) <= 0, f"scrolls sideways at {width} pixels"
        assert page.evaluate(TOO_SMALL) == [], f"too small to press at {width} pixels"
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(OVERFLOW) <= 0, "scrolls sideways at 320 pixels"
    if dark:
        page.set_viewport_size({"width": 1440, "height": 900})
        # Colours that still fade from light to dark would be taken for those of the page.
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert violations(page) == [], "in the dark"


def violations(page):
    found = AXE.run(page).response["violations"]
    return [
        (one["id"], [(node["target"], node["failureSummary"]) for node in one["nodes"]])
        for one in found
    ]


# ---------------------------------------------------------------- nobody is logged in


def test_log_in(open_browser):
    page = open_browser("stranger")
    page.goto("/workbench")
    expect(page).to_have_title("Log in – Example Telecom – CaseDesk")
    look_through(page, dark=True)


def test_log_in_that_does_not_fit(open_browser):
    page = open_browser("stranger")
    page.goto("/login")
    page.fill("#login", f"nobody.{uuid.uuid4().hex}")
    page.fill("#password", "not the password")
    page.click("#log_in")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: Log in"))
    look_through(page)


def test_log_in_after_too_many_failures(open_browser):
    page = open_browser("stranger")
    login = f"nobody.{uuid.uuid4().hex}"
    page.goto("/login")
    for _ in range(6):
        page.fill("#login", login)
        page.fill("#password", "not the password")
        with page.expect_navigation() as answer:
            page.click("#log_in")
    assert answer.value.status == 429
    expect(page.locator("#login-error")).to_contain_text("Too many attempts. Wait ")
    look_through(page)


# ---------------------------------------------------------------- the form


def test_case_information_new(page):
    page.goto("/cases/new")
    expect(page).to_have_title("Case Information – Example Telecom – CaseDesk")
    look_through(page, dark=True)


def test_case_information_with_a_draft_and_files(page):
    page.goto("/cases/new")
    fill_in(page, LONG_TITLE)
    attach(page, (LONG_NAME, pdf()), ("a.png", png()), ("b.gif", gif()), ("c.jpg", jpeg()))
    expect(page.locator("#attachments-list [data-attachment]")).to_have_count(4)
    page.click("#save_draft")
    page.wait_for_url("**/cases/new?draft=*")
    assert LONG_NAME in attached_names(page)
    look_through(page, dark=True)


def test_case_information_with_every_error(page):
    page.goto("/cases/new")
    page.fill("#title", "x" * 129)
    page.fill("#description", "x" * 20_001)
    page.fill("#deadline", "2020-01-01T10:00")
    page.click("#save")
    expect(page.locator("#error-summary li")).to_have_count(6)
    look_through(page, dark=True)


def test_case_information_with_files_in_every_state(page):
    page.goto("/cases/new")
    page.route("**/attachments", lambda route: route.abort())
    attach(page, ("lost on the way.pdf", pdf()), ("notes.txt", b"text"), ("none.pdf", b""))
    expect(page.locator(".file-problem")).to_have_count(3)
    page.unroute("**/attachments")
    attach(page, ("router.png", png(64, 64)))
    expect(page.locator("#attachments-list [data-attachment]")).to_have_count(1)
    look_through(page, dark=True)


def test_case_information_where_customers_are_searched(open_browser, crowded_desk):
    page = open_browser(served=crowded_desk)
    page.goto("/cases/new")
    page.locator("#customer_query").press_sequentially("donau")
    expect(page.locator("#customer_query-list [role=option]")).to_have_count(1)
    look_through(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#customer option:checked")).to_contain_text("Donaudampf")
    look_through(page)


def test_case_information_without_script(page):
    """axe is a script itself, so here only the desk's own is missing."""
    page.route("**/desk.js*", lambda route: route.fulfill(body=""))
    page.goto("/cases/new")
    expect(page.locator("#attachments-upload")).to_be_visible()
    look_through(page)


# ---------------------------------------------------------------- workbench, list, case


def test_workbench_with_cases_and_drafts(page):
    page.goto("/cases/new")
    page.fill("#title", LONG_TITLE)
    page.click("#save_draft")
    page.goto("/workbench")
    expect(page.locator(".draft-list")).to_contain_text(LONG_TITLE)
    expect(page.locator(".desk-table tbody tr")).not_to_have_count(0)
    look_through(page, dark=True)


@pytest.mark.parametrize(
    "path, says", [("/workbench", "Nothing waits for you"), ("/cases", "No cases yet")]
)
def test_nothing_there_yet(open_browser, crowded_desk, path, says):
    page = open_browser(None, crowded_desk)
    page.goto(path)
    expect(page.locator(".empty h2")).to_have_text(says)
    look_through(page)


def test_list(page):
    page.goto("/cases")
    expect(page.locator(".desk-table tbody tr")).not_to_have_count(0)
    look_through(page, dark=True)


def test_list_filtered_to_nothing(page):
    page.goto("/cases?q=zzzzzzzz")
    expect(page.locator(".empty h2")).to_have_text("No case fits")
    look_through(page)


def test_case_with_files(page):
    page.goto("/cases/new")
    fill_in(page, "A case with five files")
    all_five(page)
    page.click("#save")
    expect(page.locator("#notice")).to_be_focused()
    expect(page.locator(".file-card")).to_have_count(5)
    look_through(page, dark=True)


def test_case_with_the_longest_names(open_browser, crowded_desk):
    page = open_browser(served=crowded_desk)
    page.goto("/cases/new")
    page.select_option("#case_type", index=1)
    page.fill("#title", LONG_TITLE)
    page.fill("#description", "x" * 20_000)
    page.locator("#customer_query").press_sequentially("donau")
    page.locator("#customer_query-list [role=option]").click()
    page.select_option("#owner_queue", index=1)
    attach(page, (LONG_NAME, pdf()))
    expect(page.locator("#attachments-list [data-attachment]")).to_have_count(1)
    page.click("#save")
    expect(page.locator("h1")).to_have_text(LONG_TITLE)
    look_through(page, dark=True)
    page.goto("/cases")
    look_through(page)


def test_discarding_a_draft(page):
    page.goto("/cases/new")
    page.fill("#title", LONG_TITLE)
    page.click("#save_draft")
    page.wait_for_url("**/cases/new?draft=*")
    page.goto("/drafts/" + page.url.partition("draft=")[2].partition("#")[0] + "/discard")
    expect(page.locator("h1")).to_have_text("Discard this draft?")
    look_through(page, dark=True)
    page.click("#discard")
    page.wait_for_url("**/workbench")


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    "path, status, says",
    [
        ("/no/such/page", 404, "There is nothing at this address"),
        ("/cases/999999", 404, "This case is not here for you"),
        ("/logout", 405, "This address is not used like that"),
        ("/assets/nothing.css", 404, "There is nothing at this address"),
        ("/" + "a" * 9000, 414, "address is too long"),
    ],
)
def test_refusal(page, path, status, says):
    assert page.goto(path).status == status
    expect(page.locator("h1")).to_contain_text(re.compile(says, re.IGNORECASE))
    expect(page.locator(".desk-foot code")).to_have_text(re.compile("^[0-9a-f]{32}$"))
    look_through(page, dark=status == 404)


def test_draft_of_somebody_else(page, open_browser):
    page.goto("/cases/new")
    page.fill("#title", "Mine")
    page.click("#save_draft")
    page.wait_for_url("**/cases/new?draft=*")
    other = open_browser(1)
    assert other.goto(page.url).status == 403
    expect(other.locator("h1")).to_have_text("This draft belongs to somebody else")
    look_through(other)


def test_form_without_a_session_gives_the_text_back(page):
    page.goto("/cases/new")
    page.fill("#title", "Nothing of this is lost")
    page.fill("#description", DESCRIPTION)
    page.context.clear_cookies()
    page.click("#save")
    expect(page.locator("#title")).to_have_value("Nothing of this is lost")
    expect(page.locator("#description")).to_have_value(DESCRIPTION)
    look_through(page)
