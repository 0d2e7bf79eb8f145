"""Keeps the fuzzer from deleting what its other calls need."""

import os
import re

import schemathesis
from schemathesis import Case, HookContext

KEPT = frozenset(os.environ["EMULATOR_KEPT"].split())


@schemathesis.hook
def before_call(_context: HookContext, case: Case, _kwargs: dict[str, object]) -> None:
    if case.method != "DELETE":
        return
    # What is deleted is named at the end of the path, or else in the body.
    at_the_end = re.search(r"\{(\w+)\}$", case.path)
    part, name = (case.path_parameters, at_the_end[1]) if at_the_end else (case.body, "userId")
    if isinstance(part, dict) and str(part.get(name)) in KEPT:
        part[name] = "kept"
