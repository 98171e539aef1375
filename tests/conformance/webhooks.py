"""Receives messages of webhooks and verifies them by a library that knows nothing of the server."""

import http.server
import json
import os
import queue
import threading
import urllib.request

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

BASE = os.environ["CONGKHAI_URL"]
MESSAGES = queue.Queue()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        MESSAGES.put((dict(self.headers), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def call(path, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(BASE + path, data, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request) as answer:
        return answer.headers, json.loads(answer.read())


def act(path, body, **headers):
    tag = call(path, **headers)[0]["ETag"]
    return call(path + "/transitions", body, If_Match=tag, **headers)[1]["data"]


def verified(secret):
    headers, body = MESSAGES.get(timeout=20)
    return headers, Webhook(secret).verify(body, headers)


def refused(secret, body, headers):
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return True
    return False


def main():
    receiver = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    login = {"username": os.environ["CONGKHAI_ADMIN_USER"], "password": os.environ["CONGKHAI_ADMIN_PASSWORD"]}
    admin = {"Authorization": "Bearer " + call("/v1/auth/login", login)[1]["data"]["access_token"]}
    url = f"http://127.0.0.1:{receiver.server_port}/"
    hook = call("/v1/webhooks", {"name": "Đầu nhận", "url": url, "search": [["q", "bến đò"]]}, **admin)[1]["data"]
    path, secret = "/v1/webhooks/" + hook["id"], hook["secret"]

    act(path, {"action": "test"}, **admin)
    headers, body = MESSAGES.get(timeout=20)
    assert Webhook(secret).verify(body, headers)["type"] == "ping"
    assert refused(secret, body + b" ", headers), "another body"
    assert refused("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", body, headers), "another secret"

    document = {"number": "7/2026/QĐ-UBND", "doc_type": "quyet-dinh", "title": "Quy chế “bến đò” <ngang> & phà",
                "issuer": {"name": "Ủy ban nhân dân tỉnh Sông Lam"}, "issued_on": "2026-05-06", "state": "published"}
    made, answer = call("/v1/documents", document, **admin)
    headers, message = verified(secret)
    assert message["type"] == "document.published", message
    assert message["data"] == {"id": answer["data"]["id"], "type": "document", "url": made["Location"],
                               "number": document["number"], "title": document["title"]}, message

    fresh = act(path, {"action": "rotate"}, **admin)["secret"]
    act(path, {"action": "test"}, **admin)
    headers, body = MESSAGES.get(timeout=20)
    for known in (secret, fresh):
        assert Webhook(known).verify(body, headers)["type"] == "ping", "both hold for a day"

    act(made["Location"], {"action": "withdraw"}, **admin)
    assert verified(fresh)[1]["type"] == "document.withdrawn"
    print("webhooks: as the library of the standard verifies them")


if __name__ == "__main__":
    main()
