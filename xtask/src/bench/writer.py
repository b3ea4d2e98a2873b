"""Writes one row after another into a store, as fast as an adviser would not, until its standard input ends."""
import json
import select
import sqlite3
import sys
import time

where = sys.argv[1]
if where.startswith("postgres"):
    import psycopg
    store = psycopg.connect(where, autocommit=True)
    begin, insert = "begin", "insert into bench_writer values (%s)"
else:
    store = sqlite3.connect(where, timeout=60, isolation_level=None)
    store.execute("pragma synchronous=full")
    begin, insert = "begin immediate", "insert into bench_writer values (?)"
store.execute("create table if not exists bench_writer (number integer)")
print("ready", flush=True)
waits = []
while not select.select([sys.stdin], [], [], 0.02)[0]:
    start = time.perf_counter()
    store.execute(begin)
    store.execute(insert, (len(waits),))
    store.execute("commit")
    waits.append((time.perf_counter() - start) * 1e3)
waits.sort()
at = lambda share: waits[min(len(waits) - 1, int(len(waits) * share))] if waits else None
print(json.dumps({"writes": len(waits), "p50_ms": at(.5), "p95_ms": at(.95), "p99_ms": at(.99), "max_ms": at(1)}))
