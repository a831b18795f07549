#!/usr/bin/env python3
"""Check an export of the audit trail without the program that wrote it. Python 3.9 or later, standard library only.

    python3 verify_export.py EXPORT [--witness FOLDER [--key PUBLIC.pem]]

EXPORT is what `igtoolkit trail export` or /trail.json gives; docs/forms.md says what its lines hold. FOLDER holds
files of witnessed heads, kept where the service cannot reach them; their signatures are checked by the program
openssl (3.0 or later) when a key is given. Exit code 0: all is well; 1: what is wrong is printed.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import subprocess
import sys

COVERED = ("chain", "number", "at", "event", "by", "facts", "previous")


def sha256(content):
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def witnessed(folder, key, faults):
    """{(chain, number): hash} of every head in the files, which are held against each other and their signatures."""
    heads, before = {}, None
    for path in sorted(pathlib.Path(folder).glob("heads-*.json")):
        content, told = path.read_bytes(), json.loads(path.read_bytes())
        if before is not None and told["previous"] != before:
            faults.append(f"{path.name} does not follow the file before it")
        signed = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", path]
        if key and subprocess.run([*signed, "-sigfile", f"{path}.sig"], capture_output=True).returncode:
            faults.append(f"{path.name}: its signature does not fit")
        for chain, number, seal in told["heads"]:
            if heads.setdefault((chain, number), seal) != seal:
                faults.append(f"{path.name} and an earlier file disagree about event {number} of {chain}")
        before = sha256(content)
    return heads


def check(lines, heads, faults):
    """Go through the export once. Returns how many lines of each sort there were."""
    counted, ends, told, made, of, finished = {}, {}, {}, {}, None, False
    for line in lines:
        if line.strip() in ("", "[", "]"):
            continue
        each = json.loads(line.strip().rstrip(","))
        sort, chain, number = each["line"], each.get("chain"), each.get("number")
        counted[sort] = counted.get(sort, 0) + 1
        if finished or (of is None and sort != "begin"):
            faults.append("there are lines before the beginning or after the end")
        if sort == "begin":
            of = each["of"]
        elif sort in ("event", "sealed"):
            last, end = ends.get(chain, (0, "0" * 64))
            if number != last + 1 or each["previous"] != end:
                faults.append(f"{chain}: event {number} does not follow event {last}")
            if sort == "event" and each["hash"] != sha256(canonical({name: each[name] for name in COVERED})):
                faults.append(f"{chain}: event {number} was changed")
            if heads.pop((chain, number), each["hash"]) != each["hash"]:
                faults.append(f"{chain}: event {number} is not the one that was witnessed")
            if sort == "event" and each["event"] in ("stage_submitted", "stage_imported"):
                told[chain, json.loads(each["facts"])["after"]["digest"]] = number
            ends[chain] = (number, each["hash"])
        elif sort == "head" and ends.get(chain) != (number, each["hash"]):
            faults.append(f"{chain}: its head is not its last event")
        elif sort == "submission":
            made[each["digest"]] = chain
            if sha256(each["document"]) != each["digest"]:
                faults.append(f"{chain}: the document of submission {each['digest']} was changed")
            if told.pop((chain, each["digest"]), None) is None:
                faults.append(f"{chain}: no event tells of submission {each['digest']}")
        elif sort == "paper" and each["submission"] not in made:
            faults.append(f"paper {each['sha256']} belongs to no submission")
        elif sort == "paper" and "content" in each and sha256(base64.b64decode(each["content"])) != each["sha256"]:
            faults.append(f"paper {each['sha256']} was changed")
        elif sort == "end":
            finished = all(counted.get(name, 0) == each[name] for name in ("event", "sealed", "submission", "paper"))
    faults += [f"{chain}: event {n} tells of submission {digest}, not here" for (chain, digest), n in told.items()]
    cut = [(chain, n) for chain, n in heads if of == "everything" or chain in ends]
    faults += [f"{chain}: event {n} was witnessed and is not there: the chain was cut" for chain, n in cut]
    if not finished:
        faults.append("the export does not end as it should: part of it is missing")
    return counted


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export")
    parser.add_argument("--witness", help="a folder with files of witnessed heads")
    parser.add_argument("--key", help="the service's public key, a PEM file")
    given = parser.parse_args()
    faults = []
    heads = witnessed(given.witness, given.key, faults) if given.witness else {}
    try:
        with open(given.export, encoding="utf-8") as lines:
            counted = check(lines, heads, faults)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        faults.append(f"the export cannot be read: {error!r}")
        counted = {}
    print("\n".join([*faults, ", ".join(f"{sort} {n}" for sort, n in counted.items()), f"{len(faults)} faults"]))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
