"""The log-in form through nginx, and nginx's limit by address."""

import requests

import desk as pieces


def test_a_wrong_password_is_told_on_the_page(desk):
    answer = pieces.Agent(desk.base).post_login(desk.users()[0]["login"], "not the password")
    assert answer.status_code == 422
    assert 'name="login"' in answer.text


def test_every_demo_user_can_log_in(desk):
    assert len(desk.users("agent")) >= 2 and len(desk.users("administrator")) >= 1
    for user in desk.users("agent") + desk.users("administrator"):
        agent = pieces.Agent(desk.base).log_in(user["login"], user["password"])
        assert agent.get("/workbench").status_code == 200


def test_a_log_in_form_without_its_token_is_refused(desk):
    user = desk.users()[0]
    answer = pieces.Agent(desk.base).post(
        "/login", data={"login": user["login"], "password": user["password"]}
    )
    assert answer.status_code == 403


def test_log_ins_above_the_limit_of_an_address_are_answered_429(
    listener, demo_data, closing
):
    responder = pieces.Responder(demo_data, listener)
    closing(responder.end)
    front = pieces.Front(listener.path, demo_data, login_limit=("1r/m", 3))
    closing(front.stop)
    pieces.until_healthy(front.base)

    def post():
        return requests.post(front.base + "/login", data={"login": "a"}, timeout=20)

    answers = [post() for _ in range(6)]
    assert [answer.status_code == 429 for answer in answers] == [False] * 4 + [True] * 2
    assert "Too many requests" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0
    # Looking at the form and everything else stays free.
    assert requests.get(front.base + "/login", timeout=20).status_code == 200
