"""`sh nginx/serve`: how it starts, what it refuses, and how it ends."""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile

import pytest
import requests

import desk as pieces
from sample_files import five_files

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def refused(served, status=1):
    """The single line with which it did not start."""
    assert served.wait() == status
    assert served.lines == []
    assert len(served.problems) == 1, served.problems
    return served.problems[0]


def test_the_ready_line_is_followed_by_the_demo_log_ins(desk):
    assert desk.lines[0] == f"CaseDesk is ready: {desk.base}\n"
    for user in desk.users("agent") + desk.users("administrator"):
        assert any(
            user["login"] in line and user["password"] in line and user["role"] in line
            for line in desk.lines[1:]
        )


def test_the_demo_log_ins_are_for_their_owner_alone(desk):
    described = (desk.data / "demo.json").stat()
    assert stat.S_IMODE(described.st_mode) == 0o600


@only_root
def test_started_as_root_neither_process_works_as_root(desk):
    responder = pathlib.Path(f"/proc/{desk.child('casedesk')}")
    assert pwd.getpwuid(responder.stat().st_uid).pw_name == "casedesk"
    assert "CapEff:\t0000000000000000" in (responder / "status").read_text()
    workers = desk.nginx_workers()
    assert workers
    for worker in workers:
        assert pwd.getpwuid(pathlib.Path(f"/proc/{worker}").stat().st_uid).pw_name == "www-data"


@only_root
def test_nginx_can_read_the_files_it_sends_and_nothing_else(desk):
    agent = desk.agent()
    agent.saved(agent.new_case(), five_files())
    as_worker = ["setpriv", "--reuid=www-data", "--regid=casedesk", "--clear-groups"]

    def readable(path):
        return subprocess.run([*as_worker, "test", "-r", path], check=False).returncode == 0

    files = [path for path in desk.data.rglob("*") if path.is_file()]
    sent = [
        path for path in files
        if path.parent.parent.name == "attachments" or path.parent.name == "exports"
    ]
    others = [path for path in files if path not in sent and path.parent.name != "staging"]
    assert len(sent) >= 5 and len(others) >= 2
    assert [path for path in sent if not readable(path)] == []
    assert [path for path in others if readable(path)] == []


def test_a_second_start_takes_up_the_data_and_its_passwords(place):
    passwords = []
    for _ in range(2):
        served = pieces.Serve(place / "data").until_ready()
        try:
            passwords.append([user["password"] for user in served.users()])
            served.agent()
        finally:
            assert served.stop() == 0, "".join(served.problems)
    assert passwords[0] == passwords[1]


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both_and_leaves_nothing_but_the_data(place, with_signal):
    served = pieces.Serve(place / "data").until_ready()
    children, run = [served.child("casedesk"), served.child("nginx")], served.run_directory()
    assert served.stop(with_signal) == 0, "".join(served.problems)
    assert [child for child in children if pathlib.Path(f"/proc/{child}").exists()] == []
    assert not run.exists()
    assert (place / "data/tenants/demo").is_dir()


def test_a_taken_port_is_refused_before_anything_starts(place):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = refused(pieces.Serve(place / "data", port=port))
    assert f"port {port} is taken" in line and "--port" in line
    assert not (place / "data").exists()


def test_data_that_is_served_is_not_served_twice(desk):
    line = refused(pieces.Serve(desk.data))
    assert "already being served" in line
    assert requests.get(desk.base + "/health", timeout=20).status_code == 200


def test_a_directory_that_cannot_be_made_is_named(place):
    (place / "file").write_text("not a directory")
    line = refused(pieces.Serve(place / "file/data"))
    assert str(place / "file/data") in line and "--data" in line


def test_a_directory_that_cannot_be_written_is_named(place):
    closed = place / "closed"
    closed.mkdir()
    if os.geteuid() == 0:
        os.chown(closed, pwd.getpwnam("nobody").pw_uid, -1)
    closed.chmod(0o555)
    line = refused(pieces.Serve(closed))
    assert str(closed) in line and "--data" in line


@only_root
def test_a_directory_with_other_files_is_not_taken_over(place):
    (place / "data").mkdir()
    (place / "data/letter.txt").write_text("mine")
    line = refused(pieces.Serve(place / "data"))
    assert "holds other files" in line
    assert (place / "data/letter.txt").stat().st_uid == 0


@only_root
def test_a_tenant_space_that_the_responder_could_not_open_is_named(desk, place):
    data = place / "data"
    data.mkdir()
    shutil.chown(data, "casedesk", "casedesk")
    made = pieces.run_command("tenant", "create", "extra", "--data", data)
    assert made.returncode == 0, made.stderr
    subprocess.run(["chown", "root:root", data / "tenants/extra"], check=True)
    assert "chown -R -h casedesk:casedesk" in refused(pieces.Serve(data))


@pytest.mark.parametrize(
    "arguments", [["--port", "none"], ["--port", "65536"], ["--colour"], ["--data"]]
)
def test_a_wrong_argument_shows_the_usage(arguments):
    result = subprocess.run(
        ["sh", pieces.CHECKOUT / "nginx/serve", *arguments],
        capture_output=True, text=True, timeout=60, check=False,
    )
    assert result.returncode == 2
    assert "usage: sh nginx/serve" in result.stderr


def test_without_demo_there_is_one_empty_tenant_space(place):
    served = pieces.Serve(place / "data", "--no-demo").until_ready()
    try:
        assert not (place / "data/demo.json").exists()
        assert [path.name for path in (place / "data/tenants").iterdir()] == ["main"]
        assert requests.get(served.base + "/login", timeout=20).status_code == 200
        pieces.wait_until(lambda: len(served.lines) > 1, 10, "the second line")
        assert "employee add LOGIN --role administrator" in served.lines[1]
    finally:
        assert served.stop() == 0, "".join(served.problems)


@pytest.mark.parametrize("name", ["casedesk", "nginx"])
def test_when_one_process_dies_the_other_is_stopped_and_the_exit_status_is_1(place, name):
    served = pieces.Serve(place / "data").until_ready()
    children, run = [served.child("casedesk"), served.child("nginx")], served.run_directory()
    # A killed master leaves its workers behind.
    workers = served.nginx_workers() if name == "nginx" else []
    for process in [served.child(name), *workers]:
        os.kill(process, signal.SIGKILL)
    assert served.wait() == 1
    assert any("ended by itself" in line for line in served.problems)
    assert [child for child in children if pathlib.Path(f"/proc/{child}").exists()] == []
    assert not run.exists()


def test_killing_the_script_leaves_no_process_behind(place):
    served = pieces.Serve(place / "data").until_ready()
    children, run = [served.child("casedesk"), served.child("nginx")], served.run_directory()
    served.stop(signal.SIGKILL)
    pieces.wait_until(
        lambda: not any(pathlib.Path(f"/proc/{child}").exists() for child in children),
        pieces.STOP_LIMIT,
        "both processes end",
    )
    # Nobody was left to remove its run directory.
    shutil.rmtree(run)


@only_root
def test_a_directory_that_only_root_can_reach_is_served_all_the_same():
    with tempfile.TemporaryDirectory(prefix="closed.", dir="/var/tmp") as closed:
        data = pathlib.Path(closed) / "data"
        served = pieces.Serve(data).until_ready()
        run = served.run_directory()
        try:
            agent = served.agent()
            case_path = agent.saved(agent.new_case(), five_files())
            assert agent.attachments(case_path) == dict(five_files())
            responder = pathlib.Path(f"/proc/{served.child('casedesk')}")
            owner = pwd.getpwuid(responder.stat().st_uid).pw_name
        finally:
            status = served.stop()
        assert status == 0, "".join(served.problems)
        assert stat.S_IMODE(os.stat(closed).st_mode) == 0o700
        # Where nothing can be mounted, the owner of the directory serves, and is named.
        assert owner == "casedesk" or "runs as its owner, root" in "".join(served.problems)
        assert (data / "tenants/demo").is_dir()
        assert not run.exists()


@only_root
def test_a_checkout_that_only_root_can_read_is_served_all_the_same(place):
    with tempfile.TemporaryDirectory(prefix="closed.", dir="/var/tmp") as closed:
        checkout = pathlib.Path(closed)
        for name in ("nginx", "Public"):
            shutil.copytree(pieces.CHECKOUT / name, checkout / name)
        binary = shutil.copy(pieces.BINARY, checkout / "casedesk")
        served = pieces.Serve(
            place / "data", checkout=checkout, environment={"CASEDESK_BINARY": str(binary)}
        ).until_ready()
        try:
            served.agent()
            answer = requests.get(served.base + "/errors/nothing", timeout=20)
            assert "nothing at this address" in answer.text
        finally:
            assert served.stop() == 0, "".join(served.problems)


@only_root
def test_a_user_without_rights_can_serve(place):
    os.chown(place, pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
    as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    served = pieces.Serve(place / "data", prefix=as_nobody).until_ready()
    try:
        agent = served.agent()
        case_path = agent.saved(agent.new_case(), five_files())
        assert agent.attachments(case_path) == dict(five_files())
    finally:
        assert served.stop() == 0, "".join(served.problems)
