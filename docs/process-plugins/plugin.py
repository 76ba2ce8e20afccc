#!/usr/bin/env python3
"""A FastEnrich plugin in Python, standard library only.

It knows a few users from a JSON file, {"users": {"<user id>": {"city": ..., "interests": [...]}}},
whose path is `data` in the plugin's configuration; without one it knows user-1 to user-1000.
"""

import hashlib
import json
import os
import queue
import signal
import struct
import sys
import threading

PROTOCOL = 1
SECOND = 1_000_000_000  # durations are whole nanoseconds
WORKERS = 8

output_lock = threading.Lock()
cancelled = set()
cancelled_lock = threading.Lock()
users = None


def read_exactly(stream, count):
    data = stream.read(count)
    return data if len(data) == count else None


def read_message(stream, limit):
    """Returns the next message, or None when the host has closed its end."""
    header = read_exactly(stream, 4)
    if header is None:
        return None
    (length,) = struct.unpack(">I", header)
    if not 0 < length <= limit:
        return None
    body = read_exactly(stream, length)
    return None if body is None else json.loads(body)


def send(message):
    body = json.dumps(message, separators=(",", ":")).encode()
    with output_lock:
        sys.stdout.buffer.write(struct.pack(">I", len(body)) + body)
        sys.stdout.buffer.flush()


def look_up(user_id):
    """Returns what is known of a user, or None."""
    if users is not None:
        return users.get(user_id)
    name, _, number = user_id.partition("-")
    if name != "user" or not number.isdecimal() or not 1 <= int(number) <= 1000:
        return None
    digest = hashlib.sha256(user_id.encode()).digest()
    cities = ["Lisbon", "Oslo", "Kyoto", "Quito"]
    interests = ["cycling", "chess", "sailing", "opera"]
    return {"city": cities[digest[0] % 4], "interests": [interests[digest[1] % 4]]}


def result_of(request):
    known = look_up(request["user_id"])
    if known is None:
        return {"status": "not_found", "ttl": 60 * SECOND}
    return {
        "status": "found",
        "enrichment": {
            "demographics": {"city": known["city"]},
            "interests": known["interests"],
            "contextual_data": {"written_in": "python"},
            "confidence": 0.8,
            "ttl": 600 * SECOND,
        },
    }


def outcome_of(request):
    try:
        return result_of(request)
    except Exception as error:  # one bad user must not end the process; the text names no user
        return {"status": "error", "error": {"code": "INVALID_RESPONSE", "message": type(error).__name__}}


def answer(message):
    kind, number = message["type"], message["id"]
    with cancelled_lock:
        gone = number in cancelled
        cancelled.discard(number)
    if gone:  # nobody waits any more, but an answer is owed
        error = {"status": "error", "error": {"code": "TIMEOUT_ERROR", "message": "cancelled"}}
        if kind == "enrich":
            send({"type": "result", "id": number, **error})
        else:
            send({"type": "batch_result", "id": number, "results": [error] * len(message["requests"])})
    elif kind == "enrich":
        send({"type": "result", "id": number, **outcome_of(message)})
    else:
        send({"type": "batch_result", "id": number, "results": [outcome_of(one) for one in message["requests"]]})


def work(calls):
    while True:
        answer(calls.get())


def main():
    global users
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the host, which tells us
    source = sys.stdin.buffer
    hello = read_message(source, 64 * 1024 * 1024)
    if hello is None or hello["type"] != "hello" or hello["protocol"] != PROTOCOL:
        return 2
    path = hello["config"].get("data")
    if path is not None:
        with open(path, encoding="utf-8") as file:
            users = json.load(file)["users"]
    send({
        "type": "hello",
        "protocol": PROTOCOL,
        "name": hello["plugin"],
        "version": "1.0.0",
        "capabilities": ["user_demographics"],
        "batch_size": 100,
        "needs": [],
        "provides": [],
    })

    calls = queue.Queue()
    for _ in range(WORKERS):
        threading.Thread(target=work, args=(calls,), daemon=True).start()

    # This thread only reads, so that pings are answered while the workers are busy.
    while True:
        message = read_message(source, hello["max_frame"])
        if message is None or message["type"] == "shutdown":
            return 0
        if message["type"] == "ping":
            send({"type": "pong", "id": message["id"]})
        elif message["type"] == "health":
            send({"type": "health", "id": message["id"], "healthy": True})
        elif message["type"] == "cancel":
            with cancelled_lock:
                cancelled.add(message["id"])
        elif message["type"] in ("enrich", "enrich_batch"):
            calls.put(message)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # the workers are daemons, and one may be in the middle of a call
