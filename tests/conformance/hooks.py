"""Generated requests as a real client sends them."""

import itertools
import uuid

import schemathesis

_count = itertools.count()


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """In sequences of calls a key belongs to one request: used again, it answers the first result again, even of what
    has been deleted since. Valid keys are made unique; what is generated to be refused stays as it is."""
    if case.meta is None or case.meta.phase.name.value != "stateful":
        return
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and key and key.isascii() and key.isprintable() and " " not in key and len(key) <= 255:
        case.headers["Idempotency-Key"] = str(uuid.UUID(int=next(_count)))
