"""Writes cases.json, which every language runs, from the cases in cases/.

A case says what is called and what has to be on the wire. Here it gets the answers that may come: the documented
one, one with fields of later, one with fields missing, what is no such object, and errors; and what the caller has to
get.

The `file` of a case is one of that name; without a content there is none, and without a name it is bytes. For an
upload a runner makes a datatable and puts its ids where `{tenantId}`, `{datasetId}` and `{datatableId}` stand; the real
storage answers, unless the case `fails` at a step of the flow.
"""

import base64
import hashlib
import json
import re
from pathlib import Path

HERE = Path(__file__).parent

# Their answers are not documented: the caller gets what the server sent, and nothing is no error.
UNDOCUMENTED = {
    "updateTenantUser",
    "removeTenantUser",
    "updateProcess",
    "deleteProcess",
    "uploadBpmn",
    "uploadBpmnFile",
    "updateProcessMapping",
    "deleteProcessMapping",
    "deleteDataset",
    "deleteOrganizationTenant",
    "updateOrganizationUser",
    "removeOrganizationUser",
}

# Their objects have no id.
COUNTED = {"getTenantStatistics", "getOrganizationStatistics"}

# A success by its status, and a failure by its words.
FAILURES = [
    {"errorMessage": "Task timed out after 3.00 seconds"},
    {"success": False, "error": "quota exceeded"},
    {"data": {"id": "id-1"}},
]

# As servers write them; the caller finds what was written.
DATES = ["2024-05-01 10:00:00", "/Date(1714557600000)/", 1714557600000]

LATER = {"aFieldOfLater": {"deep": [1, 2.5, None, "é"]}}

# status, class, code, a word of the hint
REFUSALS = [
    (400, "BadRequestError", "BAD_REQUEST", ""),
    (401, "AuthenticationError", "AUTHENTICATION_FAILED", "PROCESSMIND_API_KEY"),
    (403, "PermissionDeniedError", "PERMISSION_DENIED", "PROCESSMIND_API_KEY"),
    (404, "NotFoundError", "NOT_FOUND", ""),
    (409, "ConflictError", "CONFLICT", ""),
    (413, "PayloadTooLargeError", "PAYLOAD_TOO_LARGE", ""),
    (418, "ApiStatusError", "API_STATUS", ""),
    (422, "ValidationError", "VALIDATION_FAILED", ""),
    (429, "RateLimitError", "RATE_LIMITED", "wait"),
]


# The steps of an upload, and where a fault of theirs is planned.
STEPS = {
    "datatable": ("GET", "/tenant/{tenantId}/datatable/{datatableId}"),
    "presign": ("GET", "/tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl"),
    "storage": ("PUT", "/processmind-uploads"),
}

MEDIA_TYPES = {"csv": "text/csv", "tsv": "text/tab-separated-values", "txt": "text/plain"}

# When the file of a case was last changed, in seconds: between two milliseconds, of which the API wants whole ones.
MODIFIED = 1_704_067_200.50025


def expand(case: dict) -> dict:
    if "file" in case:
        case["file"]["modified"] = MODIFIED
    if "uploadFile" in case["helper"]:
        return upload(case)
    if "answer" not in case:
        return case
    answer = case.pop("answer")
    outcome = {"error": case.pop("error")} if "error" in case else {"result": case.pop("result", answer)}
    documented = {"status": 200, "body": "" if answer is None else json.dumps(answer, ensure_ascii=False)} | outcome
    if "error" in outcome:
        return case | {"answers": [documented]}
    variants = [documented, *shapes(case, answer), *page(), *refusals(case), *failures(case)]
    return case | {"answers": variants}


def upload(case: dict) -> dict:
    """What is on the wire until the upload fails, if it does, and what the caller gets of it."""
    step, answer = case.pop("fails", None), case.pop("answer", None)
    table = {} if "datatable" in case["arguments"] else {"datatableId": "{datatableId}"}
    case["arguments"] = {"tenantId": "{tenantId}"} | table | case["arguments"]
    if step == "file":
        return case | {"requests": []}
    requests = steps(case["arguments"], case["file"])
    if "result" in case:
        return case | {"requests": list(requests.values()), "result": proof(case)}
    names = list(requests)
    sent = [requests[name] for name in names[: names.index(step) + 1]]
    if answer["status"] == 404:
        sent.append({"method": "GET", "path": "/tenant/{tenantId}/datatables"})
    method, path = STEPS[step]
    return case | {"requests": sent, "fault": {"method": method, "path": path} | answer}


def steps(arguments: dict, file: dict) -> dict[str, dict]:
    name = arguments.get("fileName", file.get("name"))
    size = str(len(file["content"].encode()))
    query = {
        "datasetid": "{datasetId}",
        "filename": name,
        "filesize": size,
        "filelastmodified": str(arguments.get("fileLastModified", int(MODIFIED * 1000))),
    }
    if "validForSeconds" in arguments:
        query["validforseconds"] = str(arguments["validForSeconds"])
    media_type = arguments.get("contentType", MEDIA_TYPES.get(name.rpartition(".")[2]))
    found = {step: {"method": method, "path": path} for step, (method, path) in STEPS.items()}
    found["presign"] |= {"query": query}
    # Its path and its query are the signed ones.
    found["storage"] = {"method": "PUT", "headers": {"content-length": size, "content-type": media_type or None}}
    if "datatable" in arguments:
        # The list that it is found in says its dataset, too.
        found["datatable"]["path"] = "/tenant/{tenantId}/datatables"
    elif "datasetId" in arguments:
        del found["datatable"]
    return found


def proof(case: dict) -> dict:
    content = case["file"]["content"].encode()
    return {
        "fileName": case["arguments"].get("fileName", case["file"].get("name")),
        "bytes": len(content),
        "crc64nvme": crc64nvme(content),
        "md5": None,
        "etag": hashlib.md5(content).hexdigest(),
        "verified": "crc64nvme",
        "attempts": 1,
    } | case["result"]


def crc64nvme(content: bytes) -> str:
    """As S3 states it, bit by bit: another way than the core's."""
    register = 0xFFFF_FFFF_FFFF_FFFF
    for byte in content:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (0x9A6C_9329_AC4B_C9B5 if register & 1 else 0)
    return base64.b64encode((~register & 0xFFFF_FFFF_FFFF_FFFF).to_bytes(8, "big")).decode()


def shapes(case: dict, answer: object) -> list[dict]:
    """Fields of later, missing fields, an empty body."""
    if case["helper"] in UNDOCUMENTED:
        told = [{"anything": [True]}, [], "OK"]
        return [{"status": 200, "body": json.dumps(value), "result": value} for value in told] + [
            {"status": 204, "body": "", "result": None},
            {"status": 200, "body": "done", "result": None},
            {"status": 200, "body": '{"id": "tru', "error": undecodable("cut short")},
            *(broken(json.dumps(failure)) for failure in FAILURES if "data" not in failure),
        ]
    bodies = ["", '{"id": "tru', "[1]", "null", "{}" if isinstance(answer, list) else "[]"]
    bodies += [json.dumps(failure) for failure in FAILURES]
    if case["helper"] == "getPresignedUploadUrl":
        return [broken(body) for body in bodies]
    has_id = case["helper"] not in COUNTED
    if isinstance(answer, list):
        values = [[item | LATER for item in answer], [{"id": "id-1"}], []]
        bodies += ["[{}]", '[{"id": ""}]', "[null]"]
    else:
        values = [answer | LATER, {"id": "id-1"} if has_id else {}]
        bodies += ["{}", '{"id": null}', '{"id": ""}'] if has_id else []
    values += [dated(answer, date) for date in DATES if "createdAt" in json.dumps(answer)]
    return [{"status": 200, "body": json.dumps(value), "result": value} for value in values] + list(map(broken, bodies))


def broken(body: str) -> dict:
    return {"status": 200, "body": body, "error": undecodable()}


def dated(value: object, date: object) -> object:
    """The answer with other dates."""
    if isinstance(value, list):
        return [dated(item, date) for item in value]
    return {name: date if name.endswith("At") else field for name, field in value.items()}


def page() -> list[dict]:
    body = "<!DOCTYPE html><html><body>Sign in</body></html>"
    return [{"status": 200, "contentType": "text/html", "body": body, "error": undecodable("web page", "proxy")}]


def undecodable(*text: str) -> dict:
    return {"class": "ResponseDecodeError", "code": "RESPONSE_DECODE_FAILED", "text": list(text)}


def refusals(case: dict) -> list[dict]:
    said = json.dumps({"message": "The server's words."})
    return [
        {
            "status": status,
            "body": said,
            "headers": {"retry-after": "61"} if status == 429 else {},
            "then": near_names(case) if status == 404 else [],
            "error": {"class": name, "code": code, "text": ["The server's words", str(status), hint], "status": status},
        }
        for status, name, code, hint in REFUSALS
    ]


def near_names(case: dict) -> list[dict]:
    """The list that is read after an unknown id, for the names that are near it; with two ids it could be either."""
    path = case["request"]["path"]
    found = re.match(r"(/tenant/[^/]+)/(datatable|datasets|processes)/[^/]+", path)
    if found is None or re.search(r"/mappings/.", path) or case["helper"] == "createProcessMapping":
        return []
    tenant, word = found.groups()
    return [{"method": "GET", "path": f"{tenant}/{'datatables' if word == 'datatable' else word}"}]


def failures(case: dict) -> list[dict]:
    """A create is never sent twice: its failures are ambiguous. The rest is tried again and then told."""
    body = "<html><body>502 Bad Gateway</body></html>"
    if case["request"]["method"] != "POST":
        return []
    error = {
        "class": "AmbiguousResultError",
        "code": "AMBIGUOUS_RESULT",
        "text": ["not known", "list call"],
        "status": 502,
    }
    return [{"status": 502, "contentType": "text/html", "body": body, "error": error}]


def main() -> None:
    pages = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((HERE / "cases").glob("*.json"))}
    cases = [{"page": name} | expand(case) for name, page in pages.items() for case in page]
    text = json.dumps(cases, ensure_ascii=False, indent=1)
    (HERE / "cases.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
