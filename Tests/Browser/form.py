"""The Case Information page in the words of a person who fills it in."""

import datetime
import mimetypes
import re
import zoneinfo

from playwright.sync_api import expect

from sample_files import five_files

DESCRIPTION = "The light turns red at two at night.\n\nOff and on helps for a day. \U0001f642"
ZONE = zoneinfo.ZoneInfo("Europe/Berlin")
MEBIBYTE = 1024 * 1024

# What a case's page says of `fill_in`, beside title, description, deadline and files.
FACTS = {
    "Case Type": "Internet down",
    "Priority": "High",
    "Source": "Web",
    "Assignment Mode": "Manually",
    "Owner": "Field service (Case Queue)",
    "Customer Notification": "Email",
}


def tomorrow():
    """Ten o'clock tomorrow, on the tenant's wall clock."""
    day = datetime.datetime.now(ZONE).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(day, datetime.time(10, 0))


def fill_in(page, title):
    """Every field, so that the form can be saved; `assert_shown` knows what was entered."""
    page.select_option("#case_type", label="Internet down")
    page.fill("#title", title)
    page.fill("#description", DESCRIPTION)
    page.fill("#deadline", tomorrow().isoformat(timespec="minutes"))
    page.select_option("#priority", label="High")
    page.select_option("#source", label="Web")
    choose_customer(page, "Hannah Schulz")
    page.check("#assignment_mode")
    page.check("#owner_type")
    page.select_option("#owner_queue", label="Field service")
    page.check("#notify_email")


def choose_customer(page, name):
    page.select_option("#customer", chosen_value(page, name))


def chosen_value(page, name):
    return page.locator("#customer option", has_text=name).get_attribute("value")


def assert_kept(page, title, customer="Hannah Schulz"):
    """The form holds all that `fill_in` entered, and this customer."""
    expect(page.locator("#case_type option:checked")).to_have_text("Internet down")
    expect(page.locator("#title")).to_have_value(title)
    expect(page.locator("#description")).to_have_value(DESCRIPTION)
    expect(page.locator("#deadline")).to_have_value(tomorrow().isoformat(timespec="minutes"))
    expect(page.locator("#priority option:checked")).to_have_text("High")
    expect(page.locator("#source option:checked")).to_have_text("Web")
    expect(page.locator("#customer option:checked")).to_contain_text(customer)
    expect(page.locator("#assignment_mode")).to_be_checked()
    expect(page.locator("#owner_type")).to_be_checked()
    expect(page.locator("#owner_queue option:checked")).to_have_text("Field service")
    expect(page.locator("#notify_email")).to_be_checked()


def assert_shown(page, title, files=()):
    """This is the page of the case that `fill_in` made, with these files."""
    expect(page).to_have_url(re.compile(r"/cases/\d+$"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".prose")).to_have_text(DESCRIPTION, use_inner_text=True)
    names = page.locator(".case-side .facts dt").all_inner_texts()
    values = page.locator(".case-side .facts dd").all_inner_texts()
    facts = {name: value.split("\n")[0] for name, value in zip(names, values, strict=True)}
    assert {name: facts.get(name) for name in FACTS} == FACTS
    assert facts["Deadline"] == f"{tomorrow():%-d %b %Y}, 10:00"
    expect(page.locator(".customer-name")).to_have_text("Hannah Schulz")
    assert case_files(page) == dict(files)


def case_files(page):
    """The bytes of the case's files by the name that the page shows."""
    found = {}
    for card in page.locator(".file-card").all():
        answer = page.request.get(card.locator("a").get_attribute("href"))
        assert answer.status == 200
        found[card.locator(".file-name").inner_text()] = answer.body()
    return found


def payload(name, content):
    """A file as Playwright gives it to a file control."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"name": name, "mimeType": kind, "buffer": content}


def attach(page, *files):
    page.set_input_files("#attachments", [payload(name, content) for name, content in files])


def attached_names(page):
    return page.locator("#attachments-list [data-attachment] .file-name").all_inner_texts()


def expect_attached(page, count):
    expect(page.locator("#attachments-list [data-attachment]")).to_have_count(count)


def expect_draft_saved(page):
    expect(page.locator("#draft-status")).to_have_text(re.compile(r"^Draft saved \d\d:\d\d$"))


def case_count(page, title):
    """How many cases of this title the list finds."""
    answer = page.request.get("/cases", params={"q": title})
    return len(re.findall(r'<th scope="row">', answer.text()))


def all_five(page):
    """Five files are attached."""
    attach(page, *five_files())
    expect_attached(page, 5)
