"""The outside engine, from the administrator's form to a real endpoint on another port: its answer,
what becomes of a late, wrong, huge or hostile one, and that a slow one takes nobody else's turn."""

import concurrent.futures
import datetime
import json
import re
import uuid

import pytest
import requests

import desk as pieces
from chat_engine import TOKEN, ChatEngine

SETTINGS = "/configuration/suggestions/engine"
SECRET = "4111 1111 1111 1111"


@pytest.fixture(scope="module")
def administrator(desk):
    login = desk.users("administrator")[0]
    return pieces.Agent(desk.base).log_in(login["login"], login["password"])


@pytest.fixture
def engine(administrator):
    running = ChatEngine()
    yield running
    set_up(administrator, running, "off", is_enabled=False)
    running.stop()


@pytest.fixture(scope="module")
def channel(desk, administrator):
    """Brings a conversation and gives the address of its page at the workbench."""
    page = administrator.get("/configuration/tenant/integrations/new").text
    made = administrator.post(
        "/configuration/tenant/integrations",
        data={
            "form_token": pieces.hidden(page, "form_token"),
            "creation_key": pieces.hidden(page, "creation_key"),
            "name": f"Engine {uuid.uuid4().hex[:8]}",
        },
    )
    shown = administrator.get(made.headers["Location"]).text
    token = re.search(r'class="token">([^<]+)<', shown).group(1)

    agent = desk.agent()

    def bring(text=f"My internet is down. Card {SECRET}."):
        now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = requests.post(
            desk.base + "/api/v1/conversations",
            json={
                "id": uuid.uuid4().hex, "channel": "web", "agent": desk.users()[0]["login"],
                "customer": {"name": "Hannah", "email": "h@example.org"},
                "started_at": now,
                "messages": [{"speaker": "customer", "text": text, "at": now}],
            },
            headers={"Authorization": f"Bearer {token}"}, timeout=60,
        )
        assert answer.status_code == 201, answer.text
        listed = re.findall(r"/workbench/conversations/(\d+)", agent.get("/workbench").text)
        return f"/workbench/conversations/{max(map(int, listed))}"

    return bring


def set_up(administrator, engine, model, is_enabled=True, token=TOKEN):
    page = administrator.get(SETTINGS).text
    fields = {
        "form_token": pieces.hidden(page, "form_token"), "base": pieces.hidden(page, "base"),
        "engine_address": engine.address, "engine_model": model, "engine_token": token,
    }
    if is_enabled:
        fields["engine_enabled"] = "1"
    saved = administrator.post(SETTINGS, data=fields)
    assert saved.status_code == 303, saved.text


def whose(agent, talk):
    """What the page of the case types says of who proposes them."""
    page = agent.get(talk + "/case-types")
    assert page.status_code == 200
    found = re.search(r'id="type-whose">([^<]*)<', page.text)
    return found.group(1) if found else ""


def test_it_proposes_and_what_it_says_is_in_the_panel(engine, administrator, agent, channel):
    set_up(administrator, engine, "good")
    talk = channel()
    page = agent.get(talk + "/case-types").text
    assert "Proposed by the outside engine, good at 127.0.0.1." in page
    assert "77 %" in page
    chosen = re.search(r'data-pick="1" data-type="(\d+)"', page).group(1)
    panel = agent.get(f"{talk}/case?case_type={chosen}").text
    assert 'value="Read from outside"' in panel
    assert "What the outside engine understood." in panel
    assert "Proposed by the outside engine, good at 127.0.0.1." in panel
    agent.get(talk + "/case-types")
    assert len(engine.questions) == 1, "a reload does not ask again"


def test_it_gets_no_secret(engine, administrator, agent, channel):
    set_up(administrator, engine, "good")
    whose(agent, channel())
    sent = json.dumps(engine.questions)
    assert "internet is down" in sent
    assert "4111" not in sent and TOKEN not in sent


@pytest.mark.parametrize(
    "model, words",
    [
        ("late", "did not answer within 3 seconds"),
        ("drop-by-drop", "did not answer within 3 seconds"),
        ("huge", "answered at too great a length"),
        ("endless", "answered at too great a length"),
        ("cut-off", "could not be reached"),
        ("elsewhere", "answered with the status 302"),
        ("broken", "answered with the status 500"),
        ("no-json", "gave no answer that can be read"),
        ("deep", "gave no answer that can be read"),
        ("foreign-type", "named case types that are not on the list"),
        ("invented-quote", "quoted what was not said"),
        ("talkative", "did not answer in the form that was asked for"),
        ("more-than-asked", "did not answer in the form that was asked for"),
    ],
)
def test_what_is_wrong_is_not_used(engine, administrator, agent, channel, model, words):
    set_up(administrator, engine, model)
    talk = channel()
    said = whose(agent, talk)
    assert said == f"Proposed by CaseDesk’s own engine: the outside engine {words}."
    panel = agent.get(talk + "/case").text
    assert "Read from outside" not in panel
    assert "My internet is down" in panel
    assert words in administrator.get(SETTINGS).text
    assert len(engine.questions) == 1


def test_markup_stays_a_text(engine, administrator, agent, channel):
    set_up(administrator, engine, "markup")
    talk = channel()
    assert whose(agent, talk).startswith("Proposed by the outside engine")
    panel = agent.get(talk + "/case").text
    assert "<script>alert(" not in panel
    assert "&lt;script&gt;alert(" in panel


def test_a_wrong_token_and_nobody_at_the_address_are_told(engine, administrator, agent, channel):
    set_up(administrator, engine, "good", token="sk-wrong")
    assert "did not accept the token" in whose(agent, channel())
    assert engine.refused == ["Bearer sk-wrong"]
    gone = ChatEngine()
    gone.stop()
    set_up(administrator, gone, "good")
    assert "could not be reached" in whose(agent, channel())


def test_a_slow_one_takes_nobody_elses_turn(engine, administrator, agent, channel, desk):
    set_up(administrator, engine, "late")
    talks = [channel() for _ in range(12)]
    agents = [desk.agent() for _ in talks]
    with concurrent.futures.ThreadPoolExecutor(len(talks)) as pool:
        asked = [pool.submit(whose, *one) for one in zip(agents, talks)]
        # While some wait, everybody else is served, and the rest have the desk's own proposal.
        assert agent.get("/cases/new").status_code == 200
        said = [one.result() for one in asked]
    assert all(one.startswith("Proposed by CaseDesk’s own engine") for one in said)
    assert engine.most_at_once <= 4
    assert any("is busy with other conversations" in one for one in said)
    # Three failures and more: it is left alone, and the page says until when.
    assert re.search(r"is not asked for a while, after 3 failures, until \d\d:\d\d", whose(
        agent, channel()))
    asked_so_far = len(engine.questions)
    whose(agent, channel())
    assert len(engine.questions) == asked_so_far
