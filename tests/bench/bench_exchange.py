"""Measures an exchange of 1,000 vouchers against one gzip POST: `python -m tests.bench.bench_exchange [out.json]`.

Ours: sealed, sent over loopback HTTP, booked, decided, and both receipts applied by a desk that keeps its documents in
memory; signed by three officers and the PC. The floor: the same JSON in one gzip POST to a server of the same kind
that reads it and answers. Both take turns. The bytes on the wire are the bodies and headers that the servers receive.

Not a test: it prints a table, writes JSON, and judges nothing.
"""

import gzip
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

from sync.central.running import RunningServer
from tests.sync.office import Office
from tests.sync.papers import UNIT, quota, voucher
from tests.sync.rehearsal import PlatformServer, Rehearsal

COUNT, ROUNDS = 1000, 5


class Wire:
    """Passes every call on to an application and counts the bytes that came in."""

    def __init__(self, app: Any) -> None:
        self.app, self.came = app, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            asked = len(scope["method"]) + len(scope["raw_path"]) + len(scope["query_string"])
            asked += len("  HTTP/1.1\r\n\r\n")
            self.came += asked + sum(len(name) + len(value) + 4 for name, value in scope["headers"])

        async def counted() -> Any:
            message = await receive()
            self.came += len(message.get("body", b""))
            return message

        await self.app(scope, counted, send)


async def trivial(scope: Any, receive: Any, send: Any) -> None:
    """Read gzip JSON and answer how many documents it holds."""
    if scope["type"] != "http":
        for _ in ("startup", "shutdown"):
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
        return
    body, more = bytearray(), True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    told = str(len(json.loads(gzip.decompress(bytes(body))))).encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(told)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": told})


def vouchers(turn: int) -> list[dict[str, Any]]:
    """Return the turn's vouchers, no two alike."""
    first = turn * COUNT + 1
    return [
        voucher(number, f"{100 + number % 900}.{number % 100:02d}", purpose=f"购办公用品，第{number}批")
        for number in range(first, first + COUNT)
    ]


def posted(url: str, documents: list[dict[str, Any]]) -> float:
    """Return the seconds of one gzip POST on a connection of its own."""
    start = time.perf_counter()
    body = gzip.compress(json.dumps(documents, ensure_ascii=False, separators=(",", ":")).encode(), compresslevel=6)
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(url, data=body, headers={"Content-Encoding": "gzip"}, timeout=60)
    taken = time.perf_counter() - start
    assert answer.text == str(COUNT)
    return taken


def exchanged(office: Office, platform: PlatformServer, documents: list[dict[str, Any]]) -> dict[str, float]:
    """Return the seconds of sealing and of the whole session up to the applied receipts."""
    start = time.perf_counter()
    office.seal(*documents)
    sealed = time.perf_counter()
    session = office.session(platform.link(), pause=time.sleep)
    session.connect()
    session.receive()
    session.send()
    sent = time.perf_counter()
    session.collect(120.0)
    done = time.perf_counter()
    assert all(office.desk.documents[one["head"]["doc_id"]] == "accepted" for one in documents)
    return {"seal": sealed - start, "send": sent - sealed, "decide": done - sent, "whole": done - start}


def main() -> None:
    """Run the two in turns on one platform whose quota is large enough."""
    floors, ours, sizes = [], [], []
    with tempfile.TemporaryDirectory() as place:
        rehearsal = Rehearsal.opened(Path(place))
        rehearsal.bureau.publish_unit(UNIT, {"quota": [quota(amount="90000000.00")]})
        office, platform, floor = rehearsal.office(), PlatformServer(rehearsal), Wire(trivial)
        wire = platform.app.app = Wire(platform.app.app)
        with platform, RunningServer(floor) as server:
            posted(server.url, vouchers(0))  # warms both up
            exchanged(office, platform, vouchers(0))
            for turn in range(1, ROUNDS + 1):
                wire.came = floor.came = 0
                documents = vouchers(turn)
                floors.append(posted(server.url, documents))
                ours.append(exchanged(office, platform, documents))
                sizes.append((floor.came, wire.came))
        rehearsal.close()
    middle = {name: statistics.median(one[name] for one in ours) for name in ours[0]}
    ratio = statistics.median(one["whole"] / least for one, least in zip(ours, floors, strict=True))
    post, bytes_ours = (statistics.median(pair[at] for pair in sizes) for at in (0, 1))
    out = sys.stdout.write
    out(f"{COUNT:,} vouchers, medians of {ROUNDS}\n")
    out(f"{'what':28} {'floor':>11} {'ours':>11} {'ratio':>7}  budget\n")
    least = statistics.median(floors)
    out(f"{'sealed to applied, ms':28} {least * 1e3:11.1f} {middle['whole'] * 1e3:11.1f} {ratio:7.2f}  1.0\n")
    for name in ("seal", "send", "decide"):
        out(f"{'  of it: ' + name + ', ms':28} {'':11} {middle[name] * 1e3:11.1f}\n")
    out(f"{'bytes on the wire':28} {post:11,.0f} {bytes_ours:11,.0f} {bytes_ours / post:7.2f}  0.85\n")
    told = {"count": COUNT, "floors_s": floors, "ours_s": ours, "bytes": sizes, "ratio": ratio,
            "bytes_ratio": bytes_ours / post}
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "out/bench_exchange.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
