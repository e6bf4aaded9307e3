#!/usr/bin/env python3
"""Verify journals exported from Runde, with nothing but Python's standard library (3.8 or newer).

    python verify_journal.py EXPORT.jsonl [MORE.jsonl ...] [--heads heads.jsonl] [--json]

Walks each chain from its first event: numbers without holes, each event tied to the one before, each hash and
each payload as written. Several exports are held against each other, since municipalities write down where the
others' journals stand; --heads takes the file kept outside the database. Prints each chain's head, which must be
the one Runde gives. Ends with 0 when everything holds, 1 when something does not, 2 when it could not look.

This program is written apart from Runde's own verification, so that one mistake is not made twice. The bytes:

    payload_hash = SHA-256 of  "runde-payload-1", salt, payload
    hash         = SHA-256 of  "runde-journal-1", tenant, chain, number, time, actor, action, subject kind,
                               subject id, payload_hash, previous hash

with 8 bytes of length (big-endian) before each part; texts in UTF-8; the first previous hash is 32 zero bytes.
A payload that has been erased is null, with its salt; its hash still stands in the chain.
"""

import argparse
import hashlib
import json
import sys

KNOWN_FORMAT = 1


class Unreadable(Exception):
    """The file is not an export."""


class Chain:
    """One chain while it is walked."""

    def __init__(self, tenant, name):
        self.tenant = tenant
        self.name = name
        self.count = 0
        self.erased = 0
        self.hashes = [bytes(32)]  # by number; the first is what comes before the first event
        self.fault = None

    @property
    def head(self):
        return self.hashes[-1].hex()

    def add(self, event):
        """Take the next event; after a fault the rest cannot be vouched for and is passed over."""
        if self.fault is None:
            self.fault = find_fault(self, event)
        if self.fault is None:
            self.count += 1
            self.erased += event["payload"] is None
            self.hashes.append(bytes.fromhex(event["hash"]))


def digest(*parts):
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


def find_fault(chain, event):
    """What is wrong with this event as the chain's next one, or None."""
    number = chain.count + 1
    if event["seq"] != number:
        return f"event {number} is missing" if event["seq"] > number else f"event {event['seq']} stands twice"
    if event["format"] != KNOWN_FORMAT:
        return f"event {number} has an unknown format"
    words = [chain.tenant, chain.name, str(number), event["at"], event["actor"], event["action"]]
    words += [event["subject_kind"], event["subject_id"]]
    payload_hash, previous = bytes.fromhex(event["payload_hash"]), bytes.fromhex(event["previous_hash"])
    expected = digest(b"runde-journal-1", *(word.encode() for word in words), payload_hash, previous)
    if bytes.fromhex(event["hash"]) != expected:
        return f"event {number} has been changed"
    if previous != chain.hashes[-1]:
        return f"event {number} does not follow the one before"
    if (event["payload"] is None) != (event["salt"] is None):
        return f"event {number} is half erased"
    if event["payload"] is not None:
        salt = bytes.fromhex(event["salt"])
        if digest(b"runde-payload-1", salt, event["payload"].encode()) != payload_hash:
            return f"the payload of event {number} has been changed"
    return None


def read_export(path):
    """The chains of one export, walked, and the heads of others that its events tell of."""
    chains, told = {}, []
    with open(path, encoding="utf-8") as lines:
        tenant = read_title(path, lines.readline())
        for place, line in enumerate(lines, start=2):
            try:
                event = json.loads(line)
                chain = chains.setdefault(event["chain"], Chain(tenant, event["chain"]))
                chain.add(event)
                if event["action"] == "journal.witnessed" and event["payload"] is not None:
                    told += list(heads_told(json.loads(event["payload"]), f"the journal of {tenant}"))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise Unreadable(f"{path}, line {place}: not a journal event ({error})") from error
    chains.setdefault("events", Chain(tenant, "events"))
    return list(chains.values()), told


def read_title(path, line):
    try:
        title = json.loads(line)
        if title["runde_journal"] == 1:
            return title["tenant"]
    except (ValueError, KeyError, TypeError):
        pass
    raise Unreadable(f"{path} is not a journal exported from Runde")


def heads_told(payload, teller):
    for tenant, chains in payload["heads"].items():
        for chain, (seq, head) in chains.items():
            yield tenant, chain, int(seq), head, teller


def heads_written(path):
    """The heads in the file kept outside the database; a line cut short by a crash is passed over."""
    found = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            try:
                head = json.loads(line)
                found.append((head["tenant"], head["chain"], int(head["seq"]), head["hash"], str(path)))
            except (ValueError, KeyError, TypeError):
                continue
    return found


def compare(chains, told):
    """Hold each chain against the heads others have written down."""
    by_place = {(chain.tenant, chain.name): chain for chain in chains}
    exported = {chain.tenant for chain in chains}
    for tenant, name, seq, head, teller in told:
        if tenant not in exported:
            continue
        chain = by_place.setdefault((tenant, name), Chain(tenant, name))
        if chain.fault is not None:
            continue
        if seq > chain.count:
            chain.fault = f"ends with event {chain.count}, but {teller} has seen {seq}"
        elif chain.hashes[seq].hex() != head:
            chain.fault = f"event {seq} is another than {teller} has seen"
    return list(by_place.values())


def as_result(chain):
    return {
        "tenant": chain.tenant,
        "chain": chain.name,
        "events": chain.count,
        "erased": chain.erased,
        "head": chain.head,
        "holds": chain.fault is None,
        "fault": chain.fault,
    }


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Verify journals exported from Runde.")
    parser.add_argument("exports", nargs="+", metavar="EXPORT")
    parser.add_argument("--heads", metavar="FILE", help="the heads.jsonl kept outside the database")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    options = parser.parse_args(arguments)
    try:
        walked = [read_export(path) for path in options.exports]
        told = [head for _, heads in walked for head in heads]
        told += heads_written(options.heads) if options.heads else []
    except (OSError, Unreadable, UnicodeDecodeError) as error:
        print(f"could not look: {error}", file=sys.stderr)
        return 2
    chains = compare([chain for found, _ in walked for chain in found], told)
    results = [as_result(chain) for chain in chains]
    if options.json:
        print(json.dumps(results))
    else:
        for one in results:
            verdict = "holds" if one["holds"] else f"DOES NOT HOLD: {one['fault']}"
            print(f"{one['tenant']} {one['chain']}: {one['events']} events, head {one['head']}: {verdict}")
    return 0 if all(one["holds"] for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
