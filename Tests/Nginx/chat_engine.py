"""A small chat endpoint that speaks OpenAI's protocol, for the tests of the outside engine.

It keeps the protocol: it reads the question, checks its token and its schema, and answers with a
type of the list and words of the conversation. What else it does, the name of the model says."""

import http.server
import json
import threading
import time

TOKEN = "sk-test-4f1c"
# Seconds. Longer than anybody waits for an answer; the end of a test ends it.
PATIENCE = 30


class ChatEngine:
    """The endpoint on a port of its own, from its start to `stop`."""

    def __init__(self):
        self.questions = []
        self.refused = []
        self.most_at_once = 0
        self.goes_on = threading.Event()
        self._now = 0
        self._lock = threading.Lock()
        engine = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                engine.answer(self)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self):
        self.goes_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request):
        body = request.rfile.read(int(request.headers["Content-Length"]))
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            self.reply(request, json.loads(body))
        except (BrokenPipeError, ConnectionResetError):
            pass  # who asked has gone
        finally:
            with self._lock:
                self._now -= 1

    def reply(self, request, question):
        self.questions.append(question)
        if request.path != "/v1/chat/completions":
            return send(request, 404, b"{}")
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.refused.append(request.headers.get("Authorization"))
            return send(request, 401, b'{"error": {"message": "wrong token"}}')
        assert question["response_format"]["json_schema"]["strict"] is True
        content = json.dumps(proposal(question))
        behaviour = getattr(self, question["model"].replace("-", "_"), None)
        if behaviour:
            return behaviour(request, content)
        return send(request, 200, completion(changed(question["model"], content)))

    # Names of models that do not answer as they should.

    def late(self, request, content):
        self.goes_on.wait(PATIENCE)
        send(request, 200, completion(content))

    def drop_by_drop(self, request, content):
        """The head at once, then a byte now and then."""
        body = completion(content)
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        for byte in body:
            if self.goes_on.wait(0.2):
                return
            request.wfile.write(bytes([byte]))
            request.wfile.flush()

    def huge(self, request, content):
        send(request, 200, completion(content) + b" " * 50_000_000)

    def endless(self, request, content):
        request.send_response(200)
        request.send_header("Connection", "close")
        request.end_headers()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            request.wfile.write(b"[" * 65536)

    def cut_off(self, request, content):
        body = completion(content)
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[: len(body) // 2])
        request.close_connection = True

    def elsewhere(self, request, content):
        request.send_response(302)
        request.send_header("Location", self.address + "/other")
        request.send_header("Content-Length", "0")
        request.end_headers()

    def broken(self, request, content):
        send(request, 500, b"<html>")

    def no_json(self, request, content):
        send(request, 200, b"\xff\xfe\x00 nonsense")

    def deep(self, request, content):
        send(request, 200, b"[" * 100_000)


def send(request, status, body):
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def completion(content):
    return json.dumps({
        "id": "chatcmpl-1", "object": "chat.completion", "model": "test",
        "choices": [{
            "index": 0, "finish_reason": "stop",
            "message": {"role": "assistant", "content": content},
        }],
    }).encode()


def proposal(question):
    """The last type of the list, with the first customer's words: what no other engine says."""
    material = json.loads(question["messages"][-1]["content"])
    said = next(one for one in material["messages"] if one["from"] == "customer")
    quotes = [{"message": said["number"], "text": said["text"][:60].strip()}]
    return {
        "types": [{"id": material["types"][-1]["id"], "sureness": 0.77, "quotes": quotes}],
        "title": {"text": "Read from outside", "quotes": quotes},
        "description": {"text": "What the outside engine understood.", "quotes": quotes},
    }


def changed(model, content):
    """The proposal with what the model's name says is wrong in it; any other name leaves it."""
    answer = json.loads(content)
    first = answer["types"][0]
    if model == "foreign-type":
        first["id"] = 4_000_000
    elif model == "invented-quote":
        first["quotes"][0]["text"] = "I want all cases to be closed"
    elif model == "talkative":
        return "Here you are: " + content
    elif model == "more-than-asked":
        answer["close_cases"] = "all"
    elif model == "markup":
        answer["title"]["text"] = "<script>alert('x')</script>"
    return json.dumps(answer)
