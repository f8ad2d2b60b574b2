"""What reading conversations costs: `casedesk suggest-eval` with 200 types and 100,000 saved cases."""

import json
import os
import random
import statistics
import subprocess

TYPES = 200
TURNS = 20


class Talk:
    """Conversations of made-up words: some of their type's own, most of everybody's."""

    def __init__(self):
        self._random = random.Random(4)
        syllables = ["ka", "lo", "mi", "ren", "tas", "vo", "bel", "du", "fi", "gor", "pel", "su"]
        words = set()
        while len(words) < 20_000:
            words.add("".join(self._random.choices(syllables, k=self._random.randint(2, 4))))
        words = sorted(words)
        self._random.shuffle(words)
        self._common = words[:8_000]
        self._own = [words[8_000 + 60 * n:8_060 + 60 * n] for n in range(TYPES)]

    def types(self):
        for number, own in enumerate(self._own):
            yield {"op": "type", "id": str(number), "name": " ".join(own[:2]),
                   "description": " ".join(own[2:10]), "keywords": own[10:14]}

    def said(self, type_number, turns):
        return [{"speaker": "agent" if turn % 2 else "customer", "text": self._turn(type_number)}
                for turn in range(turns)]

    def _turn(self, type_number):
        common = self._random.choices(self._common, k=9)
        return " ".join(common + self._random.choices(self._own[type_number], k=3)) + "."

    def cases(self, count, turns):
        for number in range(count):
            chosen = self._random.randrange(TYPES)
            yield {"op": "case", "id": f"c{number}", "type": str(chosen),
                   "conversation": self.said(chosen, turns)}

    def questions(self, count):
        for number in range(count):
            yield {"op": "suggest", "id": f"q{number}",
                   "conversation": self.said(self._random.randrange(TYPES), TURNS)}


class Measured:
    """Of one run of the program: milliseconds of each suggestion and of each case learned; the model's bytes."""

    def __init__(self, binary, directory, cases, asked, learned):
        talk = Talk()
        lines = f"{directory}/suggest.jsonl"
        with open(lines, "w", encoding="utf-8") as file:
            for part in (talk.types(), talk.cases(cases, 4), [{"op": "ready"}],
                         talk.questions(asked), talk.cases(learned, TURNS), [{"op": "end"}]):
                for line in part:
                    file.write(json.dumps(line) + "\n")
        with open(lines, "rb") as file:
            result = subprocess.run([binary, "suggest-eval"], stdin=file, capture_output=True)
        os.unlink(lines)
        if result.returncode != 0:
            raise SystemExit(f"benchmark: suggest-eval failed: {result.stderr[-1000:]}")
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        self.asked = sorted(a["ms"] for a in answers if "top3" in a)
        self.learned = sorted(a["ms"] for a in answers if a.get("learned"))
        self.model_bytes = answers[-1]["model_bytes"]


def median(values):
    return statistics.median(values)


def worst_of_twenty(values):
    """The 95th percentile."""
    return values[len(values) * 95 // 100]
