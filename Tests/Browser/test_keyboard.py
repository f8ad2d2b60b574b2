"""From the log-in to a saved case with the keyboard alone; the focus is always seen."""

import re

import pytest
from form import DESCRIPTION, payload, tomorrow
from playwright.sync_api import expect
from sample_files import pdf, png

# No page has so many stops.
LONGEST_WAY = 80

# What is wrong with how the focused element is seen; nothing when all is well. A control that is
# drawn by its label, such as a radio button or the file field, is judged by that.
FAULT = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return 'nothing has focus';
    const id = focused.id || focused.outerHTML.slice(0, 100);
    const drawn = [focused, focused.closest('label'), focused.labels?.[0]].filter(Boolean);
    const isMarked = drawn.some((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1.5) || boxShadow !== 'none';
    });
    if (!isMarked) return `${id} does not show its focus`;
    const isSeen = drawn.some((one) => {
        // Of a link that goes over several lines, the first.
        const { left, right, top, bottom, width, height } = one.getClientRects()[0];
        if (width < 2 || height < 2) return false;
        const points = [[(left + right) / 2, top + 3], [(left + right) / 2, bottom - 3]];
        return points.every(([x, y]) => {
            // A text that is higher than the window cannot be seen whole.
            const inside = Math.min(Math.max(y, 1), window.innerHeight - 1);
            const hit = document.elementFromPoint(x, one.tagName === 'TEXTAREA' ? inside : y);
            return hit && drawn.some((other) => other.contains(hit));
        });
    });
    return isSeen ? '' : `${id} is covered or outside the window`;
}"""


def focused_id(page):
    return page.evaluate("document.activeElement.id")


def press(page, key):
    """One key; afterwards the focus is seen."""
    page.keyboard.press(key)
    assert page.evaluate(FAULT) == "", key


def tab_to(page, target, key="Tab"):
    """Tab, or Shift+Tab, until an element has focus."""
    passed = []
    for _ in range(LONGEST_WAY):
        press(page, key)
        if focused_id(page) == target:
            return
        passed.append(focused_id(page))
    raise AssertionError(f"{key} does not lead to {target}: {passed}")


def choose(page, field, label):
    """Types an option's first letters, as one does in a drop-down."""
    tab_to(page, field)
    page.keyboard.type(label)
    expect(page.locator(f"#{field} option:checked")).to_contain_text(label)


def log_in_by_keyboard(page, user):
    page.goto("/login")
    tab_to(page, "login")
    page.keyboard.type(user["login"])
    tab_to(page, "password")
    page.keyboard.type(user["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbench")


@pytest.mark.parametrize("size", [(1440, 900), (1280, 560), (320, 256)])
def test_from_the_log_in_to_a_saved_case(open_browser, desk, size):
    width, height = size
    page = open_browser("stranger", viewport={"width": width, "height": height})
    # The first listener makes the browser hand choosers over, which takes effect some time later: a key
    # pressed right after it would open a chooser that nobody sees.
    page.on("filechooser", lambda chooser: None)
    log_in_by_keyboard(page, desk.users()[0])
    tab_to(page, "create_case")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/new")
    choose(page, "case_type", "Internet down")
    tab_to(page, "title")
    page.keyboard.type("By keyboard alone")
    tab_to(page, "description")
    page.keyboard.type(DESCRIPTION)
    tab_to(page, "deadline")
    page.keyboard.type(f"{tomorrow():%m%d%Y}")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("1000AM")
    expect(page.locator("#deadline")).to_have_value(tomorrow().isoformat(timespec="minutes"))
    choose(page, "priority", "High")
    choose(page, "source", "Web")
    choose(page, "customer", "Hannah Schulz")
    tab_to(page, "assignment_mode")
    press(page, "ArrowRight")
    expect(page.locator("#owner-section")).to_be_hidden()
    press(page, "ArrowLeft")
    tab_to(page, "owner_type")
    press(page, "ArrowRight")
    choose(page, "owner_agent", "Jonas Brandt")
    tab_to(page, "attachments")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    files = [("bill.pdf", pdf()), ("router.png", png()), ("b.pdf", pdf() + b"\n")]
    chooser.value.set_files([payload(name, content) for name, content in files])
    expect(page.locator("#attachments-list [data-attachment]")).to_have_count(3)
    press(page, "Tab")
    assert "Remove bill.pdf" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("#attachments-list [data-attachment]")).to_have_count(2)
    assert "Remove router.png" in page.evaluate("document.activeElement.textContent")
    assert page.evaluate(FAULT) == ""
    tab_to(page, "notify_email")
    press(page, "Space")
    expect(page.locator("#notify_email")).to_be_checked()
    tab_to(page, "save")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_be_focused()
    expect(page.locator("h1")).to_have_text("By keyboard alone")
    expect(page.locator("#notice")).to_contain_text("Its owner is Jonas Brandt.")
    expect(page.locator(".file-name")).to_have_text(["router.png", "b.pdf"])


def test_from_an_error_to_its_field_and_back(page):
    page.goto("/cases/new")
    tab_to(page, "save")
    page.keyboard.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    press(page, "Tab")
    press(page, "Tab")
    assert page.evaluate("document.activeElement.hash") == "#title"
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_be_focused()
    assert page.evaluate(FAULT) == ""
    tab_to(page, "case_type", "Shift+Tab")


def test_ctrl_enter_saves_from_the_text(page):
    page.goto("/cases/new")
    tab_to(page, "description")
    page.keyboard.type("No title yet")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#description")).to_have_value("No title yet")


@pytest.mark.parametrize("path", ["/workbench", "/cases", "/cases/new", "/no/such/page"])
def test_the_skip_link_comes_first_and_leads_past_the_bar(page, path):
    page.goto(path)
    press(page, "Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("path", ["/workbench", "/cases"])
def test_every_stop_of_a_page_is_seen(page, path):
    page.goto(path)
    stops = page.locator(
        "a[href]:visible, button:visible, input:not([type=hidden]):visible, select:visible"
    ).count()
    for _ in range(stops):
        press(page, "Tab")
