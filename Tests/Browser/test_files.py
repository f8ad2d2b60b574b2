"""Files on the Case Information page with its script: chosen, dropped, pasted, lost, refused."""

import re

import pytest
from form import (
    MEBIBYTE,
    all_five,
    assert_shown,
    attach,
    attached_names,
    expect_attached,
    expect_draft_saved,
    fill_in,
)
from playwright.sync_api import expect
from sample_files import five_files, pdf, png

# Drops or pastes a file where a person would; Playwright has no mouse for files.
TRANSFER = """([name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
    return transfer;
}"""
PASTE = """([name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
    const told = { bubbles: true, cancelable: true, clipboardData: transfer };
    document.getElementById('description').dispatchEvent(new ClipboardEvent('paste', told));
}"""


def test_thumbnails_of_pictures_before_and_after_the_upload(page):
    page.goto("/cases/new")
    attach(page, ("router.png", png(64, 64)), ("bill.pdf", pdf()))
    expect_attached(page, 2)
    picture = page.locator("#attachments-list img.thumb")
    expect(picture).to_have_count(1)
    assert picture.evaluate("(image) => image.naturalWidth") == 64
    expect(page.locator("#attachments-list .thumb-doc")).to_have_text("PDF")
    page.click("#save_draft")
    page.wait_for_url("**/cases/new?draft=*")
    stored = page.locator("#attachments-list img.thumb")
    expect(stored).to_have_attribute("src", re.compile("^/drafts/"))
    assert stored.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 64


def test_a_file_is_dropped_on_the_field(page):
    page.goto("/cases/new")
    transfer = page.evaluate_handle(TRANSFER, ["dropped.png", list(png())])
    zone = page.locator("#attachments-drop")
    zone.dispatch_event("dragover", {"dataTransfer": transfer})
    expect(zone).to_have_class(re.compile("is-dragging"))
    zone.dispatch_event("drop", {"dataTransfer": transfer})
    expect(zone).not_to_have_class(re.compile("is-dragging"))
    expect_attached(page, 1)
    assert attached_names(page) == ["dropped.png"]


def test_a_picture_is_pasted_into_the_text(page):
    page.goto("/cases/new")
    page.evaluate(PASTE, ["image.png", list(png())])
    expect_attached(page, 1)
    assert re.fullmatch(r"Pasted \d\d-\d\d-\d\d\.png", attached_names(page)[0])


def test_a_removed_file_is_not_in_the_case(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    all_five(page)
    page.get_by_role("button", name="Remove invoice.pdf").click()
    expect_attached(page, 4)
    page.click("#save")
    assert_shown(page, title, [file for file in five_files() if file[0] != "invoice.pdf"])


def test_a_transfer_that_broke_is_sent_again(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    page.route("**/attachments", lambda route: route.abort(), times=1)
    attach(page, ("bill.pdf", pdf()))
    expect(page.locator(".file-problem")).to_have_text("Not uploaded: no connection")
    page.click("#save")
    expect(page.locator("#attachments-error")).to_contain_text(
        "bill.pdf is not attached. Retry or remove it, then save."
    )
    page.get_by_role("button", name="Retry bill.pdf").click()
    expect_attached(page, 1)
    page.click("#save")
    assert_shown(page, title, [("bill.pdf", pdf())])


def test_progress_is_shown_and_save_waits_for_the_upload(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    expect_draft_saved(page)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
    line.send("Network.emulateNetworkConditions", slow)
    large = png(byte_count=600_000)
    attach(page, ("large.png", large))
    expect(page.locator(".file progress")).to_have_attribute("aria-label", "Uploading large.png")
    expect(page.locator(".file-percent")).to_have_text(re.compile(r"^[1-9]\d? %$"))
    page.click("#save")
    expect(page.locator("#save")).to_have_text("Waiting for 1 upload…")
    assert_shown(page, title, [("large.png", large)])


def test_a_sixth_file_is_refused_and_the_five_stay(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    attach(page, *five_files(), ("sixth.pdf", pdf()))
    sentence = "sixth.pdf is one too many; a case can have up to 5 files"
    expect(page.locator(".file-problem")).to_have_text(sentence)
    expect_attached(page, 5)
    page.get_by_role("button", name="Remove sixth.pdf").click()
    page.click("#save")
    assert_shown(page, title, five_files())


def test_5_mb_are_taken_and_a_byte_more_is_not(page, title):
    page.goto("/cases/new")
    fill_in(page, title)
    largest = png(byte_count=5 * MEBIBYTE)
    attach(page, ("over.png", png(byte_count=5 * MEBIBYTE + 1)), ("full.png", largest))
    expect(page.locator(".file-problem")).to_have_text("over.png must be 5 MB or smaller")
    expect_attached(page, 1)
    page.get_by_role("button", name="Remove over.png").click()
    page.click("#save")
    assert_shown(page, title, [("full.png", largest)])


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("notes.txt", b"text", "must be a JPG, JPEG, PNG, GIF, PDF, DOC or DOCX file"),
        ("nothing.pdf", b"", "is empty"),
        ("picture.pdf", png(), "is called .pdf but is a PNG picture"),
        ("program.png", b"MZ" + bytes(500), "seems to be a Windows program"),
        ("letter.doc", b"PK\x03\x04" + bytes(500), "is not complete"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_file_of_another_kind_is_refused_with_its_reason(page, name, content, says):
    page.goto("/cases/new")
    attach(page, (name, content))
    problem = page.locator(".file-problem")
    expect(problem).to_contain_text(says)
    expect(problem).to_contain_text(re.compile("^" + re.escape(name)))
    expect_attached(page, 0)
