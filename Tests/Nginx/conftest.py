"""One desk for the tests that only use it, served by nginx/serve, and pieces for the others."""

import os
import pathlib
import tempfile

import pytest

import desk as pieces



@pytest.fixture(autouse=True, scope="session")
def binary():
    if not pieces.BINARY.exists():
        pytest.exit(f"there is no {pieces.BINARY}: build it, or name one in CASEDESK_BINARY", 1)
    return pieces.BINARY


@pytest.fixture
def place():
    """A short directory that others can pass, as the address of a unix socket needs it."""
    with tempfile.TemporaryDirectory(prefix="desk.", dir="/var/tmp") as name:
        os.chmod(name, 0o755)
        yield pathlib.Path(name)


@pytest.fixture(scope="session")
def desk():
    with tempfile.TemporaryDirectory(prefix="desk.", dir="/var/tmp") as name:
        os.chmod(name, 0o755)
        served = pieces.Serve(pathlib.Path(name) / "data").until_ready()
        yield served
        status = served.stop()
    assert status == 0, "".join(served.problems)


@pytest.fixture
def agent(desk):
    return desk.agent()


@pytest.fixture
def demo_data(place):
    """The data directory of a demo tenant space that nothing serves."""
    data = place / "data"
    data.mkdir()
    made = pieces.run_command("demo", "--data", data, "--base-url", "http://127.0.0.1")
    assert made.returncode == 0, made.stderr
    return data


@pytest.fixture
def closing():
    """Calls what it was given when the test ends, the last first."""
    steps = []
    yield steps.append
    for step in reversed(steps):
        step()


@pytest.fixture
def listener(place, closing):
    held = pieces.Listener(place)
    closing(held.close)
    return held


@pytest.fixture
def front(listener, demo_data, closing):
    """nginx before the held socket; no responder answers yet."""
    standing = pieces.Front(listener.path, demo_data)
    closing(standing.stop)
    return standing
