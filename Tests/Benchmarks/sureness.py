#!/usr/bin/env python3
"""How often what the suggestions say is right: of those shown as 70 to 80 % sure, how many were, and so for each ten.

    python3 Tests/Benchmarks/sureness.py BINARY FOLDER [--cases K] [--types N]

BINARY is casedesk; each folder in FOLDER holds one desk as JSON Lines: train.jsonl and test.jsonl with `id`, `conversation`
and `types` (the first is the one that the agent chose), and types.json. K saved cases a type are learned first; of
the types N are taken, evenly. Every tenth row of a table is left out that has fewer than 40 suggestions.
"""

import argparse
import json
import pathlib
import random
import subprocess


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def desk(folder, cases, type_count):
    """What is written to the program, and the type chosen for each conversation that is asked about."""
    types = json.loads((folder / "types.json").read_text(encoding="utf-8"))
    if type_count:
        types = [types[n * len(types) // type_count] for n in range(type_count)]
    ids = {each["id"] for each in types}
    said = [dict(each, op="type") for each in types]
    said += history(lines(folder / "train.jsonl"), ids, cases)
    chosen = {row["id"]: row["types"][0] for row in lines(folder / "test.jsonl")
              if row["types"][0] in ids}
    said.append({"op": "ready"})
    said += [{"op": "suggest", "id": row["id"], "conversation": row["conversation"]}
             for row in lines(folder / "test.jsonl") if row["id"] in chosen]
    return said + [{"op": "end"}], chosen


def history(rows, ids, cases):
    """Saved cases, so many a type, in any order."""
    drawn = random.Random(1)
    drawn.shuffle(rows)
    left = dict.fromkeys(ids, cases)
    for row in rows:
        if left.get(row["types"][0], 0) > 0:
            left[row["types"][0]] -= 1
            yield {"op": "case", "id": row["id"], "type": row["types"][0],
                   "conversation": row["conversation"]}


def judged(binary, folder, cases, type_count):
    """Each suggestion: how sure it was said to be, and whether it was right."""
    said, chosen = desk(folder, cases, type_count)
    text = "".join(json.dumps(line) + "\n" for line in said)
    answers = subprocess.run([binary, "suggest-eval"], input=text.encode(), check=True,
                             capture_output=True).stdout
    for line in answers.splitlines():
        answer = json.loads(line)
        for kind, probability in zip(answer.get("top3", []), answer.get("probabilities", [])):
            yield probability, kind == chosen[answer["id"]]


def row(name, pairs):
    tens = [[pair for pair in pairs if min(9, int(pair[0] * 10)) == ten] for ten in range(10)]
    off = sum(abs(sum(said for said, _ in ten) - sum(right for _, right in ten)) for ten in tens)
    cells = [f"{sum(right for _, right in ten) / len(ten):6.0%}" if len(ten) >= 40 else "     –"
             for ten in tens]
    print(f"{name:12}", *cells, f"{off / len(pairs):9.1%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--types", type=int, default=0)
    options = parser.parse_args()
    print(f"{'said, %':12}", *(f"{ten * 10:>3}-{ten * 10 + 10:<2}" for ten in range(10)), " mean off")
    everything = []
    for folder in sorted(each.parent for each in options.folder.glob("*/types.json")):
        pairs = list(judged(options.binary, folder, options.cases, options.types))
        everything += pairs
        row(folder.name, pairs)
    row("all", everything)


if __name__ == "__main__":
    main()
