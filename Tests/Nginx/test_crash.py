"""`kill -9` of the responder at random moments while cases are saved: what was answered is there."""

import json
import random
import threading
import time

import requests

import desk as pieces
from sample_files import png

KILLS = 8


class Saver:
    """An agent who saves one case after another, and each again until it is answered."""

    def __init__(self, base, user, number, seed):
        self.base = base
        self.user = user
        self.number = number
        self.random = random.Random(f"{seed} {number}")
        self.stopping = threading.Event()
        self.saved = {}
        self.refused = []
        self.thread = threading.Thread(target=self.work)
        self.thread.start()

    def work(self):
        agent = pieces.Agent(self.base)
        fields, files = None, []
        while not self.stopping.is_set():
            try:
                if not agent.session.cookies or fields is None:
                    agent.log_in(self.user["login"], self.user["password"])
                    title = f"Case {len(self.saved)} of saver {self.number}"
                    fields, files = agent.new_case(title=title), self.pictures()
                answer = agent.save(fields, files)
            except (requests.RequestException, AssertionError):
                time.sleep(0.05)
                continue
            if answer.status_code == 303 and answer.headers["Location"].startswith("/cases/"):
                self.saved[answer.headers["Location"]] = (fields["title"], dict(files))
                fields = None
            elif answer.status_code not in (502, 503, 504):
                self.refused.append((answer.status_code, pieces.problems(answer.text)))
                fields = None

    def pictures(self):
        sizes = [self.random.choice((8, 64, 300)) for _ in range(self.random.randint(0, 3))]
        return [
            (f"picture {number}.png", png(size, size, self.random.randbytes(size * size)))
            for number, size in enumerate(sizes)
        ]


def test_every_case_that_was_answered_survives_kill_9(listener, front, demo_data, closing):
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    user = json.loads((demo_data / "demo.json").read_text())["users"][0]
    responder = pieces.Responder(demo_data, listener)
    closing(lambda: responder.end())
    pieces.until_healthy(front.base)

    savers = [Saver(front.base, user, number, seed) for number in range(4)]
    try:
        for _ in range(KILLS):
            time.sleep(moments.uniform(0.2, 1.5))
            responder.kill()
            responder = pieces.Responder(demo_data, listener)
        time.sleep(1.5)
    finally:
        for saver in savers:
            saver.stopping.set()
        for saver in savers:
            saver.thread.join(90)

    assert [refused for saver in savers for refused in saver.refused] == []
    answered = {path: case for saver in savers for path, case in saver.saved.items()}
    assert len(answered) == sum(len(saver.saved) for saver in savers)
    assert len(answered) > KILLS
    agent = pieces.Agent(front.base).log_in(user["login"], user["password"])
    for path, (title, files) in answered.items():
        assert title in agent.get(path).text
        assert agent.attachments(path) == files

    assert responder.terminate() == 0
    verified = pieces.run_command("verify", "--data", demo_data)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_verify_finds_a_file_that_was_changed_or_lost(listener, front, demo_data, closing):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    pieces.until_healthy(front.base)
    user = json.loads((demo_data / "demo.json").read_text())["users"][0]
    agent = pieces.Agent(front.base).log_in(user["login"], user["password"])
    agent.saved(agent.new_case(), [("picture.png", png(3, 5, bytes(range(15))))])
    assert responder.terminate() == 0

    content = png(3, 5, bytes(range(15)))
    [stored] = [
        path
        for path in (demo_data / "tenants/demo/attachments").glob("*/*")
        if path.read_bytes() == content
    ]
    stored.write_bytes(content[:-1])
    assert pieces.run_command("verify", "--data", demo_data).returncode != 0
    stored.unlink()
    assert pieces.run_command("verify", "--data", demo_data).returncode != 0
    stored.write_bytes(content)
    assert pieces.run_command("verify", "--data", demo_data).returncode == 0
