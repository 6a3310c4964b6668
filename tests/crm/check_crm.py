#!/usr/bin/env python3
"""check_crm.py TESELA FOLDER [nightly]: exports of a run of made customers, at night 60,000, to every target, read by
other programs.

Python's csv and openpyxl read every cell; what it has to be is worked out here, from segments.csv and summary.json alone.
Each target's rules are held against its files by validators that know nothing of the program: what Salesforce's Bulk API
and Zoho's Bulk Write refuse, what HubSpot's import is told, what Fxiaoke takes. Formulas and HTML stand in ids, reasons
and names: none is alive.
"""

import collections
import csv
import datetime
import hashlib
import io
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile

import openpyxl
from openpyxl.utils.escape import unescape
from payloads import PAYLOADS

# code, column, kind, name for programs, English, Chinese
FIELDS = [
    ("id", "customer_id", "text", "ID", "Customer id", "客户编号"),
    ("segment", "segment_code", "pick", "Segment", "Segment", "客户分群"),
    ("segment_label", "segment_code", "text", "Segment_Label", "Segment name", "客户分群名称"),
    ("previous_segment", "segment_from", "pick", "Previous_Segment", "Previous segment", "上期分群"),
    ("changed_on", "segment_since", "day", "Changed_On", "Segment changed on", "分群变更日期"),
    ("tier", "tier", "pick", "Tier", "Value tier", "客户等级"),
    ("lifecycle", "lifecycle", "pick", "Lifecycle", "Lifecycle stage", "生命周期阶段"),
    ("r_score", "r_score", "number", "R_Score", "Recency score", "最近购买得分 R"),
    ("f_score", "f_score", "number", "F_Score", "Frequency score", "购买频率得分 F"),
    ("m_score", "m_score", "number", "M_Score", "Monetary score", "消费金额得分 M"),
    ("rfm_segment", "rfm_segment", "pick", "RFM_Segment", "RFM segment", "RFM 分群"),
    ("clv", "clv", "number", "CLV", "Expected value, 365 days", "未来 365 天预期价值"),
    ("churn_risk", "churn_risk", "number", "Churn_Risk", "Churn risk, 90 days", "90 天流失风险"),
    ("reason_code", "reason_code", "pick", "Reason_Code", "Reason", "原因"),
    ("reason", "reason", "text", "Reason", "Reason in words", "原因说明"),
    ("action", "action", "pick", "Action", "Action", "建议动作"),
    ("action_text", "action", "text", "Action_Text", "Action in words", "建议动作说明"),
    ("confidence", "confidence", "number", "Confidence", "Confidence", "置信度"),
    ("model_version", None, "text", "Model_Version", "Model version", "模型版本"),
    ("scored_on", None, "day", "Scored_On", "Scored on", "评分日期"),
]
MOVES = ("previous_segment", "changed_on")  # stand in no file of who stays in his segment
KIND = {field[0]: field[2] for field in FIELDS}
LISTS = {"segment": ("segments", "code", "names"), "previous_segment": ("segments", "code", "names"),
         "tier": ("tiers", "tier", "names"), "lifecycle": ("lifecycle", "stage", "names"),
         "rfm_segment": ("rfm_segments", "rfm_segment", "names"), "reason_code": ("reasons", "reason", "names"),
         "action": ("actions", "action", "texts")}

tesela, folder = sys.argv[1], pathlib.Path(sys.argv[2])
failures = []


def expect(holds, what):
    if not holds and len(failures) < 40:
        failures.append(what)


# ---- The runs ---------------------------------------------------------------------------------------------------------


def names(en, zh):
    return {"en": en, "zh": zh}


def make_summary(as_of, lang="en"):
    return {
        "format": "tesela summary", "language": lang, "as_of": as_of, "totals": {"currency": "EUR"},
        "segments": [{"code": "CHAMP", "colour": 0, "names": names("Champions: many units", "冠军客户：数量多")},
                     {"code": "LOYAL", "colour": 1, "names": names("Loyal", "忠诚客户")},
                     {"code": "QUIET_A", "colour": 2, "names": names("Quiet: few units", "沉睡客户：数量少")},
                     {"code": "QUIET_B", "colour": 3, "names": names("Quiet: small", "沉睡客户：金额小")}],
        "tiers": [{"tier": "vip", "names": names("VIP", "VIP")}, {"tier": "gold", "names": names("Gold", "金卡")},
                  {"tier": "normal", "names": names("Normal", "普通")}],
        "lifecycle": [{"stage": "new", "names": names("New", "新客")}, {"stage": "active", "names": names("Active", "活跃")}],
        "rfm_segments": [{"rfm_segment": "champion", "names": names("Champions", "核心客户")},
                         {"rfm_segment": "loyal", "names": names("Loyal customers", "忠诚客户")}],
        "reasons": [{"reason": "alive", "names": names("Likely to be still a customer", "很可能仍为客户")}],
        "strategies": {"rows": [
            {"action": "call", "texts": names("The manager calls, within days", "客户经理数日内致电")},
            {"action": "mail", "texts": names("A \"thank you\" by mail; no coupon", "致谢邮件，不含优惠券")}]}}


def make_row(customer, chance):
    """Most customers have everything; of some nothing is known."""
    known = chance.random() < 0.95
    return {
        "customer_id": customer, "segment_code": chance.choice(["CHAMP", "LOYAL", "QUIET_A", "QUIET_B"]),
        "segment_from": chance.choice(["", "LOYAL", "GONE"]), "segment_since": chance.choice(["", "2024-02-29"]),
        "tier": chance.choice(["vip", "gold", "normal"]) if known else "", "lifecycle": chance.choice(["new", "active"]),
        "r_score": str(chance.randint(1, 5)), "f_score": str(chance.randint(1, 5)) if known else "", "m_score": "3",
        "rfm_segment": chance.choice(["champion", "loyal"]),
        "clv": f"{chance.uniform(-10, 5000):.{chance.randint(0, 4)}f}" if known else "",
        "churn_risk": f"{chance.random():.4f}", "reason_code": "alive",
        "reason": chance.choice(["last purchase 14 days ago, 94 % likely", "“quoted”, \"twice\"", "很可能仍为客户", "=1+1", ""]),
        "action": chance.choice(["call", "mail"]), "confidence": f"{chance.random():.4f}"}


def write_run(path, rows, as_of, lang="en"):
    path.mkdir(parents=True)
    (path / "summary.json").write_text(json.dumps(make_summary(as_of, lang), ensure_ascii=False), encoding="utf-8")
    (path / "model.h5").write_bytes(b"a model of " + path.name[:3].encode())
    columns = list(make_row("", random.Random(0)))
    with open(path / "segments.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, lineterminator="\n")
        out.writeheader()
        out.writerows(rows[customer] for customer in sorted(rows, key=lambda text: text.encode()))


def make_runs(count):
    chance = random.Random(12)
    ids = [f"C{i:06d}" for i in range(count)] + ["007", "12345678901234567890", "1E5", "客户-1", "c000001", "O'Hara", "a,b"]
    then = {customer: make_row(customer, chance) for customer in ids}
    now = {}
    for customer, row in then.items():
        luck = chance.random()
        if luck < 0.03:
            continue  # vanishes
        now[customer] = dict(row) if luck < 0.6 else {**row, "clv": "77.5", "segment_code": chance.choice(["CHAMP", "LOYAL"])}
    for i in range(count // 20):
        now[f"N{i:06d}"] = make_row(f"N{i:06d}", chance)
    return then, now


# ---- What is to be in the files ----------------------------------------------------------------------------------------


class Run:
    def __init__(self, path, rows):
        self.path, self.rows = path, rows
        self.summary = json.loads((path / "summary.json").read_text(encoding="utf-8"))
        self.model = "m" + hashlib.sha256((path / "model.h5").read_bytes()).hexdigest()[:12]

    def names(self, code, lang):
        array, key, texts = LISTS[code]
        rows = self.summary["strategies"]["rows"] if code == "action" else self.summary.get(array, [])
        return {row[key]: row[texts][lang] for row in rows}

    def choices(self, code, lang):
        """What values are called in lists: segments by what comes before the colon, unless others are called so."""
        whole = self.names(code, lang)
        if LISTS[code][0] != "segments":
            return whole
        short = {value: re.split("[:：]", name)[0] for value, name in whole.items()}
        count = collections.Counter(short.values())
        return {value: short[value] if count[short[value]] == 1 else whole[value] for value in whole}

    def texts(self, customer, shows, lang, other):
        """code -> text of a customer; other: the row that stands in for previous segment and day."""
        row = {**self.rows[customer], **other}
        out = {}
        for code, column, kind, *_ in FIELDS:
            text = {"model_version": self.model, "scored_on": self.summary["as_of"]}.get(code) or row.get(column, "")
            if code in ("segment_label", "action_text"):
                text = self.names("segment" if code == "segment_label" else "action", lang).get(text, text)
            elif kind == "pick" and shows:
                text = self.choices(code, lang).get(text, text)
            out[code] = text
        return out


def expected_delta(then, now, shows, lang):
    """id -> texts, of new, moved, changed and vanished customers."""
    new, moved, changed, vanished = {}, {}, {}, {}
    compared = [field[0] for field in FIELDS if field[0] not in ("model_version", "scored_on")]
    for customer, row in now.rows.items():
        told = row["segment_from"] or row["segment_since"]
        if customer not in then.rows:
            other = {} if row["segment_since"] else {"segment_since": now.summary["as_of"]}
            new[customer] = now.texts(customer, shows, lang, other)
            continue
        before = then.rows[customer]
        stays = before["segment_code"] == row["segment_code"]
        other = {} if told else {"segment_from": before["segment_from"], "segment_since": before["segment_since"]} if stays \
            else {"segment_from": before["segment_code"], "segment_since": now.summary["as_of"]}
        is_now, was = now.texts(customer, shows, lang, other), then.texts(customer, shows, lang, {})
        moves = any(is_now[code] != was[code] for code in MOVES)
        if any(is_now[code] != was[code] for code in compared):
            (moved if moves else changed)[customer] = is_now
    for customer in then.rows.keys() - now.rows.keys():
        vanished[customer] = then.texts(customer, shows, lang, {})
    return new, moved, changed, vanished


# ---- What is in the files -----------------------------------------------------------------------------------------------

TARGETS = {
    "csv": {"header": lambda f, lang: f[0], "shows": False, "xlsx": False, "lang": "en"},
    "excel": {"header": lambda f, lang: f[4 if lang == "en" else 5], "shows": True, "xlsx": True, "lang": "zh"},
    "salesforce": {"header": lambda f, lang: f"Tesela_{f[3]}__c", "shows": False, "xlsx": False, "lang": "en"},
    "zoho": {"header": lambda f, lang: f"Tesela_{f[3]}", "shows": False, "xlsx": False, "lang": "zh"},
    "hubspot": {"header": lambda f, lang: "Tesela: " + f[4 if lang == "en" else 5], "shows": False, "xlsx": False, "lang": "en"},
    "fxiaoke": {"header": lambda f, lang: f[4 if lang == "en" else 5], "shows": True, "xlsx": True, "lang": "zh"},
}


def export(target, run, out, *words, status=0):
    shutil.rmtree(out, ignore_errors=True)
    done = subprocess.run([tesela, "export", run, "--for", target, "--output", out, *words], capture_output=True,
                          text=True, check=False)
    if done.returncode != status:
        sys.exit(f"export --for {target} ended with {done.returncode}, not {status}: {done.stderr}")
    return done.stderr


def read_csv(path):
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    return raw, list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def read_book(path):
    book = openpyxl.load_workbook(path, read_only=True)
    expect(len(book.sheetnames) == 1, f"{path}: {len(book.sheetnames)} sheets")
    rows = []
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            expect(cell.value is None or cell.data_type in ("s", "n", "d", "inlineStr"), f"{path}: {cell.data_type} {cell.value}")
        rows.append([unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row])
    book.close()
    return rows


def is_alive(text):
    """A spreadsheet would run it: after what it does not show, a sign; signed numbers are none."""
    if re.fullmatch(r"[-+](\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|-", text):
        return False
    for part in [text, *re.split(r"[;\t\r\n]", text)[1:]]:
        shown = part.lstrip("".join(c for c in set(part) if unicodedata.category(c)[0] in "ZC" or c == '"'))
        if shown and unicodedata.normalize("NFKC", shown[0])[0] in "=+-@\u2212":
            return True
    return False


def mend(target, code, text, customer):
    """What a cell says, from what stands in it."""
    if target == "csv":
        expect(not is_alive(text), f"csv: {customer}: {code}: {text!r} is alive")
        return re.sub(r"(^|[;\t\r\n])'(?=[\s\W])", r"\1", text) if "'" in text and is_alive(text.replace("'", "")) else text
    if target == "salesforce":
        expect(text != "", f"salesforce: {customer}: {code} is blank, which would leave what is there")
        return "" if text == "#N/A" else text
    return text


def same_value(kind, cell, text):
    if text == "":
        return cell is None
    if kind == "number":
        return isinstance(cell, (int, float)) and float(text) == cell
    if kind == "day":
        return isinstance(cell, datetime.datetime) and cell.strftime("%Y-%m-%d") == text
    return isinstance(cell, str) and cell == text


def fields_of(target, stays):
    return [f for f in FIELDS if not (TARGETS[target]["shows"] and f[0] == "action_text") and not (stays and f[0] in MOVES)]


def check_cells(target, header, rows, expected, stays, where):
    """Every cell of a kind of files, whose ids rise."""
    about, fields = TARGETS[target], fields_of(target, stays)
    lang = about["lang"]
    expect(header == [about["header"](f, lang) for f in fields], f"{where}: header {header}")
    ids = [row[0] for row in rows]
    plain = [mend(target, "id", str(i), i) for i in ids]
    expect(plain == sorted(expected, key=lambda text: text.encode()), f"{where}: its ids are others: {len(ids)}, {len(expected)}")
    for row, customer in zip(rows, plain):
        texts = expected.get(customer)
        if texts is None:
            continue
        row = row + [None] * (len(fields) - len(row))
        for cell, (code, _, kind, *_) in zip(row, fields):
            well = same_value(kind, cell, texts[code]) if about["xlsx"] else mend(target, code, cell, customer) == texts[code]
            expect(well, f"{where}: {customer}: {code} is {cell!r}, not {texts[code]!r}")


# ---- Rules of the targets -----------------------------------------------------------------------------------------------


def check_line_ends(raw, end, where):
    """Outside of quotes, and no space beside one."""
    outside = b"".join(raw.split(b'"')[::2])
    if end == b"\n":
        expect(b"\r" not in outside, f"{where}: a CR")
    else:
        expect(outside.count(b"\n") == outside.count(b"\r\n") == outside.count(b"\r"), f"{where}: line ends are mixed")
    expect(raw.endswith(end), f"{where}: no last line end")
    for piece in raw.split(b'"')[::2]:
        expect(not re.search(rb"(^|[^\n,]) +$|^ +[,\r\n]", piece), f"{where}: a space beside a quote")


def check_csv_target(target, name, raw, header, rows, lists, stays):
    fields = fields_of(target, stays)
    where = f"{target}/{name}"
    bom = raw.startswith(b"\xef\xbb\xbf")
    expect(bom == (target == "csv"), f"{where}: byte order mark")
    check_line_ends(raw, b"\r\n" if target == "csv" else b"\n", where)
    most = {"csv": (10**9, 10**12), "salesforce": (150 * 10**6, 10**8), "zoho": (25000, 25 * 10**6),
            "hubspot": (1048575, 512 * 10**6)}[target]
    expect(len(rows) <= most[0] and len(raw) <= most[1], f"{where}: {len(rows)} rows, {len(raw)} bytes")
    expect(len(header) == len(set(map(str.lower, header))) and len(header) <= 200, f"{where}: {len(header)} columns")
    expect(all(len(row) == len(header) for row in rows), f"{where}: rows of another length")
    expect(len({row[0] for row in rows}) == len(rows), f"{where}: an id stands twice")
    if target == "salesforce":
        expect(all(re.fullmatch(r"[A-Za-z](?:[A-Za-z0-9]|_(?!_))*[A-Za-z0-9]__c", name) for name in header), f"{where}: names")
    for code, values in lists.items():
        if code not in [f[0] for f in fields]:
            continue
        at = [f[0] for f in fields].index(code)
        seen = {row[at] for row in rows} - {"", "#N/A"}
        expect(seen <= values["code"].keys(), f"{where}: {code}: {seen - values['code'].keys()} are in no picklist")
        if target == "zoho":
            expect(not any(set('"|<>') & set(value) for value in values["code"]), f"{where}: {code}: forbidden")
    for at, (code, _, kind, *_) in enumerate(fields):
        longest = 255 if kind == "text" and target != "csv" and code != "reason" or target == "salesforce" else 32000
        expect(all(len(row[at]) <= longest for row in rows), f"{where}: {code}: more than {longest} characters")
        if kind == "day":
            expect(all(re.fullmatch(r"\d{4}-\d\d-\d\d|#N/A|", row[at]) for row in rows), f"{where}: {code}: a day")


def check_jobs(target, out, header, files):
    """header: of files that have all fields."""
    less = [name for name, (code, *_) in zip(header, fields_of(target, False)) if code not in MOVES]
    imported = [name for name in files if name.endswith(".csv") and not name.startswith("vanished")]
    if target == "salesforce":
        job = json.loads((out / "salesforce-job.json").read_text())
        expect(job == {"object": "Account", "externalIdFieldName": header[0], "contentType": "CSV", "operation": "upsert",
                       "lineEnding": "LF", "columnDelimiter": "COMMA"}, f"salesforce: {job}")
    if target == "zoho":
        for name, header_of in (("zoho-bulk-write.json", header), ("zoho-bulk-changed.json", less)):
            if header_of is less and "changed-0001.csv" not in files:
                continue
            job = json.loads((out / name).read_text())
            resource = job["resource"][0]
            expect([m["api_name"] for m in resource["field_mappings"]] == header_of, "zoho: field_mappings")
            expect([m["index"] for m in resource["field_mappings"]] == list(range(len(header_of))), "zoho: indices")
            expect(resource["find_by"] == header[0] and resource["ignore_empty"] is False and job["operation"] == "upsert", "zoho")
            expect({m["api_name"] for m in resource["field_mappings"] if m.get("format") == "yyyy-MM-dd"} ==
                   {"Tesela_Changed_On", "Tesela_Scored_On"} & set(header_of), "zoho: formats of days")
        for name in imported:
            with zipfile.ZipFile(out / name.replace(".csv", ".zip")) as archive:
                expect(archive.namelist() == [name] and archive.testzip() is None, f"zoho: {name}: the archive")
                expect(archive.read(name) == (out / name).read_bytes(), f"zoho: {name}: the archive holds other bytes")
    if target == "hubspot":
        job = json.loads((out / "hubspot-import.json").read_text(encoding="utf-8"))
        expect(sorted(file["fileName"] for file in job["files"]) == imported, "hubspot: files")
        for file in job["files"]:
            mappings = file["fileImportPage"]["columnMappings"]
            stays = file["fileName"].startswith("changed-")
            expect([m["columnName"] for m in mappings] == (less if stays else header), "hubspot: columns")
            expect([m["propertyName"] for m in mappings] == [f"tesela_{f[0]}" for f in fields_of(target, stays)], "hubspot: properties")
            expect([m["columnType"] for m in mappings if "columnType" in m] == ["HUBSPOT_ALTERNATE_ID"], "hubspot: ids")
        expect(job["dateFormat"] == "YEAR_MONTH_DAY" and job["importOperations"] == {"0-1": "UPSERT"}, "hubspot")


def check_manifest(out, target, rows):
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    names_there = {path.name for path in out.iterdir()}
    names_told = {file["name"] for file in manifest["files"]}
    own = {"manifest.json", "README.md", "fields.csv", "picklists.csv"}
    job = {"salesforce": {"salesforce-job.json"}, "zoho": {"zoho-bulk-write.json"}, "hubspot": {"hubspot-import.json"}}
    more = {"zoho-bulk-changed.json"} if "changed-0001.zip" in names_there else set()
    expect(names_there == names_told | own | job.get(target, set()) | more, f"{out}: {names_there}")
    for file in manifest["files"]:
        raw = (out / file["name"]).read_bytes()
        expect(file["bytes"] == len(raw) and file["sha256"] == hashlib.sha256(raw).hexdigest(), f"{out}/{file['name']}: manifest")
        expect(file["rows"] == rows[file["name"].replace(".zip", ".csv")], f"{out}/{file['name']}: rows")
    customers = manifest["customers"]
    expect(customers["read"] == customers["written"] + customers["unchanged"], f"{out}: {customers}")
    return customers


def read_lists(out):
    """field -> {"code": {code: customers}, "en": labels, "zh": labels}"""
    raw, (header, *rows) = read_csv(out / "picklists.csv")
    expect(raw.startswith(b"\xef\xbb\xbf"), f"{out}: picklists.csv is for people")
    expect(header == ["field", "header", "order", "code", "label_en", "label_zh", "customers"], f"{out}: {header}")
    lists = {}
    for field, _, _, code, en, zh, customers in rows:
        values = lists.setdefault(field, {"code": {}, "en": set(), "zh": set()})
        values["code"][code] = customers
        for lang, label in (("en", en), ("zh", zh)):
            expect(label not in values[lang], f"{out}: {field}: two are called {label}")
            values[lang].add(label)
    return lists


def check_export(target, now, expected_kinds, *words):
    """expected_kinds: stem -> id -> texts."""
    about, out = TARGETS[target], folder / f"out-{target}"
    export(target, now.path, out, "--lang", about["lang"], *words)
    lists, rows_of, whole = read_lists(out), {}, None
    files = sorted(path.name for path in out.iterdir() if re.search(r"-\d{4}\.", path.name))
    for stem, expected in expected_kinds.items():
        all_rows, parts = [], [name for name in files if re.match(stem + r"-\d", name) and not name.endswith(".zip")]
        stays = "--since" in words and stem in ("changed", "update")
        expect(parts, f"{target}: no file of {stem}")
        for name in parts:
            if about["xlsx"]:
                header, *rows = read_book(out / name)
                for code, values in lists.items():
                    if stays and code in MOVES:
                        continue
                    at = [f[0] for f in fields_of(target, stays)].index(code)
                    seen = {row[at] for row in rows if at < len(row)} - {None}
                    expect(seen <= values[about["lang"]], f"{target}/{name}: {code}: {seen - values[about['lang']]}")
            else:
                raw, (header, *rows) = read_csv(out / name)
                check_csv_target(target, name, raw, header, rows, lists, stays)
            rows_of[name] = len(rows)
            all_rows += rows
        check_cells(target, header, all_rows, expected, stays, f"{target}/{stem}")
        whole = whole if stays else header
    expect(sum(1 for name in files if not name.endswith(".zip")) == len(rows_of), f"{target}: {files}")
    check_jobs(target, out, whole, files)
    counted = collections.Counter(row["tier"] for row in now.rows.values())
    expect({c: int(n) for c, n in lists["tier"]["code"].items()} == {c: counted[c] for c in lists["tier"]["code"]}, f"{target}: tiers")
    return check_manifest(out, target, rows_of), files


def check_all(count, targets):
    then_rows, now_rows = make_runs(count)
    for name, rows, day in (("then", then_rows, "2024-05-31"), ("now", now_rows, "2024-06-30")):
        shutil.rmtree(folder / name, ignore_errors=True)
        write_run(folder / name, rows, day)
    then, now = Run(folder / "then", then_rows), Run(folder / "now", now_rows)
    for target in targets:
        about = TARGETS[target]
        full = {customer: now.texts(customer, about["shows"], about["lang"], {}) for customer in now.rows}
        stem = "update" if target == "fxiaoke" else "customers"
        customers, files = check_export(target, now, {stem: full})
        expect(customers["written"] == len(now_rows), f"{target}: {customers}")
        if target == "zoho":
            expect(len(files) == 2 * -(-len(now_rows) // 25000), f"zoho: {files}")
        new, moved, changed, vanished = expected_delta(then, now, about["shows"], about["lang"])
        expect(not new.keys() & (changed.keys() | moved.keys()), "an id is created and updated")
        expect(moved and changed, "nobody moves, or nobody else changes")
        stems = ("create", "update-moved", "update") if target == "fxiaoke" else ("new", "moved", "changed")
        customers, _ = check_export(target, now, {stems[0]: new, stems[1]: moved, stems[2]: changed, "vanished": vanished},
                                    "--since", then.path)
        counts = {"new": len(new), "changed": len(moved) + len(changed), "moved": len(moved), "vanished": len(vanished)}
        expect({key: customers[key] for key in counts} == counts, f"{target}: {customers}, and not {counts}")
        print(f"{target}: {len(full)} customers; since then {counts}")


# ---- Formulas and HTML ----------------------------------------------------------------------------------------------------


def check_payloads():
    texts = sorted({text for text in PAYLOADS if text == text.strip()}, key=lambda text: text.encode())
    expect(len(texts) >= 200, f"only {len(texts)} payloads")
    chance, rows = random.Random(3), {}
    for text in texts:
        rows[text] = {**make_row(text, chance), "reason": text}
    shutil.rmtree(folder / "payloads", ignore_errors=True)
    write_run(folder / "payloads", rows, "2024-06-30")
    out = folder / "out-payloads"
    for target in ("excel", "fxiaoke"):
        export(target, folder / "payloads", out)
        name = next(path for path in out.iterdir() if path.suffix == ".xlsx")
        header, *cells = read_book(name)
        reason = header.index("Reason in words")
        expect([row[0] for row in cells] == texts, f"{target}: ids are others than they were")
        expect([row[reason] for row in cells] == texts, f"{target}: reasons are others than they were")
    check_office(name)
    export("csv", folder / "payloads", out)
    _, (header, *cells) = read_csv(out / "customers-0001.csv")
    for row, text in zip(cells, texts):
        for cell in row:
            expect(not is_alive(cell), f"csv: {cell!r} is alive")
        expect(row[0].replace("'", "") == text.replace("'", ""), f"csv: {row[0]!r} is not {text!r}")
    for target in ("salesforce", "zoho", "hubspot"):
        said = export(target, folder / "payloads", out, "--lang", "en")
        expect("as a formula does" in said, f"{target}: says nothing of ids that begin as formulas do: {said}")
        _, (header, *cells) = read_csv(out / "customers-0001.csv")
        expect([row[0] for row in cells] == texts, f"{target}: ids are others than they were")
    check_names(out)


def check_names(out):
    """As names of segments: what a machine would take as it is, is refused, with its place; a workbook has it as text."""
    path = folder / "payloads"
    for i, text in enumerate(PAYLOADS[::3]):
        summary = make_summary("2024-06-30")
        summary["segments"][1]["names"]["en"] = text
        (path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
        if not is_alive(text) and not set("<>") & set(text):
            continue
        target = ("zoho", "hubspot", "salesforce", "fxiaoke")[i % 4] if is_alive(text) else "zoho"
        said = export(target, path, out, status=3)
        expect("summary.json" in said and "LOYAL" in said, f"{target}: {text!r}: {said}")
        expect(not out.exists(), f"{target}: {text!r}: something is there")


def check_office(path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        print("left out: no LibreOffice (Debian: libreoffice-calc-nogui)")
        return
    seen = folder / "seen"
    done = subprocess.run([office, f"-env:UserInstallation=file://{folder.resolve()}/profile", "--headless", "--convert-to",
                           "fods", "--outdir", seen, path], capture_output=True, text=True, timeout=250, check=False)
    if not (seen / (path.stem + ".fods")).exists():
        print(f"left out: {office} opens no workbook here: {done.stderr[-200:]}")
        return
    text = (seen / (path.stem + ".fods")).read_text(encoding="utf-8")
    expect("table:formula=" not in text, "LibreOffice finds a formula")
    shutil.rmtree(folder / "profile", ignore_errors=True)


folder.mkdir(parents=True, exist_ok=True)
if sys.argv[3:] == ["nightly"]:
    check_all(60000, ["csv", "salesforce", "zoho", "hubspot"])  # Zoho's files hold 25,000, Fxiaoke's 10,000
    check_all(12000, ["excel", "fxiaoke"])
else:
    check_all(2000, list(TARGETS))
check_payloads()
print("\n".join(failures))
sys.exit(bool(failures))
