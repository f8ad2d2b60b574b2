"""A case with five files, from a browser's request through nginx to the disk and back."""

import html

import requests

import desk as pieces
from sample_files import five_files, png

TITLE = 'Line "drops" every night & nobody <knows> why'
DESCRIPTION = "Since Monday.\nRestarted twice; cafe\u0301, \U0001f642 and <b>all</b>."


def assert_seen(agent, case_path, files):
    page = agent.get(case_path).text
    assert "<knows>" not in page and "<b>all" not in page
    assert TITLE in html.unescape(page)
    assert DESCRIPTION in html.unescape(page)
    assert agent.attachments(case_path) == dict(files)


def test_a_case_with_five_files_is_saved_and_seen_again_after_a_restart(place):
    data = place / "data"
    served = pieces.Serve(data).until_ready()
    try:
        agent = served.agent()
        fields = agent.new_case(title=TITLE, description=DESCRIPTION.replace("\n", "\r\n"))
        case_path = agent.saved(fields, five_files())
        assert case_path.startswith("/cases/")
        assert_seen(agent, case_path, five_files())
    finally:
        assert served.stop() == 0, "".join(served.problems)

    served = pieces.Serve(data).until_ready()
    try:
        agent = served.agent()
        assert_seen(agent, case_path, five_files())
        assert TITLE in html.unescape(agent.get("/cases").text)
    finally:
        assert served.stop() == 0, "".join(served.problems)

    verified = pieces.run_command("verify", "--data", data)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_the_same_form_sent_twice_is_one_case(agent):
    fields = agent.new_case(title="Sent twice")
    assert agent.saved(fields, five_files()) == agent.saved(fields, five_files())


def test_a_form_that_fails_its_checks_comes_back_with_its_text(agent):
    answer = agent.save(agent.new_case(title="", description="Kept while the title is missing"))
    assert answer.status_code == 422
    assert 'id="case-form"' in answer.text
    assert "Kept while the title is missing" in answer.text


def test_a_form_of_60_mb_comes_back_from_the_desk_with_its_text(agent):
    fields = agent.new_case(title="Too large to take", description="Kept though the files are not")
    answer = agent.save(fields, [("large.pdf", bytes(60_000_000))])
    assert answer.status_code == 413
    assert 'id="case-form"' in answer.text
    assert "Kept though the files are not" in answer.text


def test_a_file_of_exactly_5_mb_is_taken(agent):
    largest = png(byte_count=5 * 1024 * 1024)
    case_path = agent.saved(agent.new_case(), [("full.png", largest)])
    assert agent.attachments(case_path) == {"full.png": largest}


def test_a_stranger_is_sent_to_the_log_in_page(desk, agent):
    case_path = agent.saved(agent.new_case(), five_files()[:1])
    address = pieces.attachment_addresses(agent.get(case_path).text)[0]
    for path in ("/workbench", "/cases", "/cases/new", case_path, address):
        answer = requests.get(desk.base + path, allow_redirects=False, timeout=30)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/login"), path
