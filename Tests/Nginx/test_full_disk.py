"""A disk without room, as the responder sees one whose files may not grow: nothing typed is lost."""

import json
import resource

import desk as pieces
from sample_files import png

TEXT = "What the customer said, word for word. " * 300


def limit_files(responder, size):
    """No file of the responder may grow beyond this many bytes from now on."""
    hard = resource.prlimit(responder.process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(responder.process.pid, resource.RLIMIT_FSIZE, (size, hard))


def test_a_full_disk_keeps_the_text_in_the_page_and_stores_nothing_half(
    listener, front, demo_data, closing
):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    pieces.until_healthy(front.base)
    user = json.loads((demo_data / "demo.json").read_text())["users"][0]
    agent = pieces.Agent(front.base).log_in(user["login"], user["password"])
    fields = agent.new_case(title="Saved on a full disk", description=TEXT.strip())
    files = [("picture.png", png(64, 64))]

    limit_files(responder, 1)
    for attached in (files, []):
        answer = agent.save(fields, attached)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Saved on a full disk" in answer.text and TEXT.strip() in answer.text
        assert pieces.hidden(answer.text, "draft_id") == fields["draft_id"]
    assert agent.get("/health").status_code == 503
    # Reading goes on.
    assert agent.get("/cases").status_code == 200

    limit_files(responder, resource.RLIM_INFINITY)
    assert agent.get("/health").status_code == 200
    case = agent.saved(fields, files)
    assert agent.attachments(case) == dict(files)
    assert responder.terminate() == 0
    checked = pieces.run_command("verify", "--data", demo_data)
    assert checked.returncode == 0, checked.stdout
