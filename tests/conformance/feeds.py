"""Reads feeds and sitemaps with parsers that know nothing of the server."""

import json
import os
import urllib.request
from xml.etree import ElementTree

import feedparser

BASE = os.environ["CONGKHAI_URL"]
TITLE = "Thử <b>&\"'</b> ]]> \u0007 số"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def call(path, body=None, method=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(BASE + path, data, {"Content-Type": "application/json", **headers}, method=method)
    with urllib.request.urlopen(request) as answer:
        return answer.headers, answer.read()


def token(username, password):
    _, body = call("/v1/auth/login", {"username": username, "password": password})
    return {"Authorization": "Bearer " + json.loads(body)["data"]["access_token"]}


def publish(editor, admin, number):
    body = {"title": f"{TITLE} {number}", "body": "Đường **đèo** [dài](/vi/deo).", "summary": "Một < hai", "tags": ["đèo"]}
    headers, made = call("/v1/content/article", body, **editor)
    path = headers["Location"]
    for who, action in [(editor, "submit"), (admin, "review"), (admin, "approve"), (admin, "publish")]:
        headers, _ = call(path + "?state=draft", **editor)
        try:
            call(path + "/transitions", {"action": action}, If_Match=headers["ETag"], **who)
        except urllib.error.HTTPError as error:
            # A type without a stage of review needs none.
            assert action == "review", error.read()
    return json.loads(made)["data"]["id"]


def walk(url, link):
    ids = []
    while url:
        feed = feedparser.parse(url)
        assert not feed.bozo, feed.bozo_exception
        assert feed.feed.title and feed.feed.updated_parsed, feed.feed
        for entry in feed.entries:
            assert entry.id.startswith("urn:uuid:") and entry.link.startswith("http"), entry
            assert entry.updated_parsed or entry.published_parsed, entry
            ids.append(entry.id)
        url = next((other.href for other in feed.feed.links if other.rel == link), None)
    return ids


def main():
    editor = token("editor", os.environ["CONGKHAI_USER_PASSWORD"])
    admin = token(os.environ["CONGKHAI_ADMIN_USER"], os.environ["CONGKHAI_ADMIN_PASSWORD"])
    made = [publish(editor, admin, number) for number in range(5)]
    wanted = [f"urn:uuid:{entry}" for entry in reversed(made)]
    for ending, version in [("atom", "atom10"), ("rss", "rss20")]:
        url = f"{BASE}/feeds/main/article.{ending}?page%5Bsize%5D=2"
        assert feedparser.parse(url).version == version
        assert walk(url, "next") == wanted, ending
        newest = feedparser.parse(url).entries[0]
        assert newest.title == TITLE.replace("\u0007", "") + " 4" or "&lt;b&gt;" in newest.title, newest.title
        assert "<strong>đèo</strong>" in newest.content[0].value and f'href="{BASE}/vi/deo"' in newest.content[0].value
        assert [tag.label or tag.term for tag in newest.tags] == ["đèo"], newest.tags
        documents = walk(f"{BASE}/feeds/main/document.{ending}?page%5Bsize%5D=3", "next")
        assert documents and len(documents) == len(set(documents))
    feed = json.loads(call("/feeds/main/article.json")[1])
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and [item["id"] for item in feed["items"]] == wanted
    assert all("content_html" in item and "url" in item for item in feed["items"])

    found = set()
    index = ElementTree.fromstring(call("/sitemap.xml")[1])
    for file in index.findall("s:sitemap/s:loc", NAMES):
        urls = ElementTree.fromstring(call(file.text.removeprefix(BASE))[1]).findall("s:url", NAMES)
        assert urls, file.text
        for url in urls:
            assert url.find("s:lastmod", NAMES) is not None
            address = url.find("s:loc", NAMES).text
            call(address.removeprefix(BASE))
            found.add(address.split("/")[-1].split(".html")[0])
    assert found == set(made), found
    print("feeds and sitemaps: as others read them")


if __name__ == "__main__":
    main()
