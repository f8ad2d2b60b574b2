"""The files that a deployment copies are right as they are."""

import re
import shutil
import subprocess

import pytest

import desk as pieces

ERROR_PAGES = sorted((pieces.CHECKOUT / "Public/errors").glob("*.html"))


def test_nginx_accepts_the_configuration_as_shipped(place):
    text = pieces.CONFIGURATION.read_text()
    # The only change: its log where anybody who runs the tests can write.
    text = text.replace("/var/log/nginx/casedesk.log", f"{place}/access.log")
    (place / "casedesk.conf").write_text(text)
    (place / "nginx.conf").write_text(
        f"pid {place}/pid; events {{}} http {{ client_body_temp_path {place}/body;"
        f" fastcgi_temp_path {place}/fastcgi; proxy_temp_path {place}/proxy;"
        f" scgi_temp_path {place}/scgi; uwsgi_temp_path {place}/uwsgi;"
        f" include {place}/casedesk.conf; }}"
    )
    tested = subprocess.run(
        [pieces.nginx(), "-t", "-e", "stderr", "-p", place, "-c", place / "nginx.conf"],
        capture_output=True, text=True, timeout=60, check=False,
    )
    problems = [line for line in tested.stderr.splitlines() if "Permission denied" not in line]
    assert "syntax is ok" in tested.stderr, "\n".join(problems)
    assert "[warn]" not in tested.stderr


def test_every_error_page_that_nginx_names_exists_and_is_used():
    text = pieces.CONFIGURATION.read_text()
    named = set(re.findall(r"error_page [^;]* /errors/(\S+\.html);", text))
    assert named == {page.name for page in ERROR_PAGES}


@pytest.mark.parametrize("page", ERROR_PAGES, ids=lambda page: page.stem)
def test_an_error_page_has_no_script_or_style_of_its_own(page):
    text = page.read_text()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)
    assert '<html lang="en">' in text and 'id="main"' in text
    assert len(re.findall(r"<h1>", text)) == 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_systemd_accepts_the_units(place):
    for name in ("casedesk.service", "casedesk.socket"):
        text = (pieces.CHECKOUT / "nginx" / name).read_text()
        # The program is where a deployment puts it; here it stands in for itself.
        (place / name).write_text(re.sub(r"/usr/local/bin/casedesk", "/bin/true", text))
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", place / "casedesk.socket",
         place / "casedesk.service"],
        capture_output=True, text=True, timeout=120, check=False,
    )
    complaints = [
        line for line in checked.stderr.splitlines() if "casedesk" in line and "man " not in line
    ]
    assert (checked.returncode, complaints) == (0, [])
