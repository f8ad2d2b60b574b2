"""Paper, magnification to 400 %, less motion: what the desk is under other circumstances."""

import pytest
from form import all_five, assert_shown, fill_in
from playwright.sync_api import expect
from sample_files import five_files


@pytest.fixture
def case_page(page):
    page.goto("/cases/new")
    fill_in(page, "Printed")
    all_five(page)
    page.click("#save")
    assert_shown(page, "Printed", five_files())
    return page


def test_a_printed_case_is_the_case_alone(case_page):
    case_page.emulate_media(media="print")
    for place in (".desk-bar", ".skip-link", "#notice", ".page-actions"):
        for part in case_page.locator(place).all():
            expect(part).to_be_hidden()
    for button in case_page.locator("button, .btn").all():
        expect(button).to_be_hidden()
    expect(case_page.locator("h1")).to_be_visible()
    expect(case_page.locator(".prose")).to_be_visible()
    expect(case_page.locator(".case-side .facts dd").first).to_be_visible()
    expect(case_page.locator(".file-name")).to_have_text([name for name, _ in five_files()])
    assert case_page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"
    )


def test_paper_is_light_in_the_dark_too(case_page):
    case_page.emulate_media(media="print", color_scheme="dark")
    assert case_page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_at_400_percent_the_form_is_one_column_and_can_be_saved(open_browser):
    page = open_browser(viewport={"width": 320, "height": 256})
    page.goto("/cases/new")
    fill_in(page, "At 400 %")
    all_five(page)
    lefts = page.evaluate(
        "['case_type', 'deadline', 'priority', 'source', 'customer'].map((id) =>"
        " Math.round(document.getElementById(id).getBoundingClientRect().left))"
    )
    assert len(set(lefts)) == 1
    position = page.evaluate("getComputedStyle(document.querySelector('.actions')).position")
    assert position == "static", "a bar that stays would cover the form"
    page.click("#save")
    assert_shown(page, "At 400 %", five_files())


@pytest.mark.parametrize("path", ["/workbench", "/cases/new"])
def test_nothing_moves_for_who_wants_less_motion(page, path):
    moving = """() => [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, transitionProperty, animationName } = getComputedStyle(one);
        const isFading = transitionProperty !== 'none' && /[1-9]/.test(transitionDuration);
        return isFading || animationName !== 'none';
    }).length"""
    page.goto(path)
    assert page.evaluate(moving) > 0, "the check finds nothing even where motion is allowed"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0
