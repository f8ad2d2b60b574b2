"""Measures CaseDesk beside the floor and prints one table. Started by `run`, which explains it."""

import argparse
import http.client
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import desk
import files
import forms
import outbox
import suggest
from servers import Nginx, Site

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ["page", "save", "files", "memory", "list", "start", "outbox", "suggest"]
CUSTOMERS = 200


class Plan:
    """How much is measured."""

    def __init__(self, quick):
        self.rounds = 3 if quick else 5
        self.seconds = 2 if quick else 5
        self.forms = 8 if quick else 24
        self.cases = 100_000 if quick else 1_000_000
        self.starts = 3 if quick else 7
        self.messages = 100_000 if quick else 1_000_000
        self.due = 10_000
        self.learned = 20_000 if quick else 100_000


class Table:
    def __init__(self):
        self._rows = [("work", "ours", "floor", "ratio", "wanted", "", "CPU us/request (nginx)")]

    def add(self, work, ours, floor, ratio, wanted, is_reached, cpu=""):
        self._rows.append((work, ours, floor, ratio, wanted, "yes" if is_reached else "NO", cpu))

    def text(self):
        widths = [max(len(row[i]) for row in self._rows) for i in range(7)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
                 for row in self._rows]
        return "\n".join([lines[0], "-" * max(map(len, lines))] + lines[1:])


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(prog="run")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default=",".join(NAMES))
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    if unknown := set(names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    # Ended from outside, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("benchmark: ended by SIGTERM"))
    # On a real disk: what is measured is durable.
    run = tempfile.mkdtemp(prefix="casedesk-benchmark.", dir="/var/tmp")
    kept = os.path.abspath(arguments.keep) if arguments.keep else f"{run}/sets"
    os.makedirs(kept, exist_ok=True)
    benchmark = Benchmark(run, kept, Plan(arguments.quick))
    try:
        benchmark.prepare(names)
        for name in NAMES:
            if name in names:
                say(f"measuring: {name}")
                getattr(benchmark, f"measure_{name}")()
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end; "
              f"medians of {benchmark.plan.rounds} rounds of {benchmark.plan.seconds} s")
        print(benchmark.table.text())
    finally:
        benchmark.stop()
        shutil.rmtree(run, ignore_errors=True)


class Benchmark:
    def __init__(self, run, kept, plan):
        self.run, self.kept, self.plan = run, kept, plan
        self.binary = os.environ["CASEDESK_BINARY"]
        self.table = Table()
        self.sites, self.nginx, self.sink = {}, None, None

    # ------------------------------------------------------------ before

    def prepare(self, names):
        self.data = f"{self.run}/data"
        self.make_data(self.data, 0)
        self.add_desk("ours", self.data)
        self.make_floor()
        if "list" in names:
            self.add_desk("few", self.data_set(1000))
            self.add_desk("many", self.data_set(self.plan.cases))
        if "outbox" in names:
            self.sink = outbox.Sink(self.run)
            for name, messages in (("sent", 0), ("light", 1000), ("heavy", self.plan.messages)):
                data = f"{self.run}/{name}"
                shutil.copytree(self.message_set(messages), data)
                self.call(self.binary, "gateway", "email", "--host", "127.0.0.1", "--port",
                          str(self.sink.port), "--security", "none", "--sender",
                          "desk@example.org", "--data", data, "--tenant", "demo")
                self.add_desk(name, data)
        if "start" in names:
            self.add_desk("start", self.data_set(100_000))
        self.nginx = Nginx(self.run, list(self.sites.values()))
        self.nginx.start()
        self.ours, self.floor = self.sites["ours"], self.sites["floor"]
        self.ours.start_and_wait()
        self.people = desk.people(self.ours.port, self.data)
        self.agent = self.people[0]
        self.add_customers()
        page = self.agent.get("/cases/new")
        self.page_size = len(page.body)
        self.write("page", page.as_cgi())
        self.write("saved", self.agent.save_once().as_cgi())
        self.floor.start_and_wait()

    def add_desk(self, name, data):
        command = [self.binary, "serve", "--data", data, "--socket", "SOCKET"]
        self.sites[name] = Site(name, self.run, command, data)

    def make_floor(self):
        program = f"{self.run}/floor"
        self.call("cc", "-O2", "-o", program, f"{HERE}/floor.c", "-lfcgi", "-lpthread")
        self.stored = f"{self.run}/stored"
        os.mkdir(self.stored)
        command = [program, "SOCKET", f"{self.run}/page", f"{self.run}/saved", self.stored]
        self.sites["floor"] = Site("floor", self.run, command, keepalive=8)

    def data_set(self, cases):
        path = f"{self.kept}/{cases}-cases"
        if not os.path.exists(f"{path}/complete"):
            say(f"making {cases:,} cases")
            shutil.rmtree(path, ignore_errors=True)
            self.make_data(path, cases)
            open(f"{path}/complete", "w").close()
        return path

    def message_set(self, messages):
        """A data directory with 1,000 cases and so many messages that were handed over."""
        path = f"{self.kept}/{messages}-messages"
        if not os.path.exists(f"{path}/complete"):
            say(f"making {messages:,} messages")
            shutil.rmtree(path, ignore_errors=True)
            self.make_data(path, 1000)
            if messages:
                self.call(self.binary, "generate", "--data", path, "--tenant", "demo",
                          "--messages", str(messages))
            open(f"{path}/complete", "w").close()
        return path

    def make_data(self, path, cases):
        os.makedirs(path)
        self.call(self.binary, "demo", "--data", path, "--base-url", "http://127.0.0.1")
        if cases:
            self.call(self.binary, "generate", "--data", path, "--tenant", "demo",
                      "--cases", str(cases))

    def add_customers(self):
        """As many as a page still lists, through the importer that an administrator uses."""
        missing = CUSTOMERS - self.agent.customer_count()
        if missing <= 0:
            return
        rows = [f"Customer {n:03},customer{n}@example.org,+49 30 555{n:04}" for n in range(missing)]
        self.write("customers.csv", "\n".join(["name,email,phone", *rows, ""]).encode())
        # While nobody serves, so that no page is made of what was there before.
        self.ours.stop()
        self.call(self.binary, "import", "customers", f"{self.run}/customers.csv",
                  "--data", self.data, "--tenant", "demo")
        self.ours.start_and_wait()

    # ------------------------------------------------------------ the rows

    def measure_page(self):
        ours, floor = self.alternate(lambda site: self.wrk(site, "/cases/new", 16))
        title = (f"GET /cases/new, {self.page_size / 1000:.1f} KB, "
                 f"{self.agent.customer_count()} customers, c=16")
        self.add_rates(title, ours, floor, 0.80)

    def measure_save(self):
        self.write("form", b"".join(self.agent.form()))
        ours, floor = self.alternate(lambda site: self.wrk(site, "/cases", 16, f"{self.run}/form"))
        self.add_rates("POST /cases, no files, c=16", ours, floor, 0.40)

    def measure_files(self):
        attachments = files.attachments()

        def measure(site):
            sent, cpu = self.with_cpu(
                site, lambda: forms.send_forms(site.port, self.people, attachments,
                                               self.plan.forms, 4))
            self.empty(self.stored)
            return dict(rate=sent.megabytes_per_second, wrong=len(sent.failed),
                        why=sent.failed[:1], cpu=cpu(sent.count))

        ours, floor = self.alternate(measure)
        self.add_rates("POST /cases, 5 files of 5 MB, c=4", ours, floor, 0.70, " MB/s")

    def measure_memory(self):
        attachments, peaks = files.attachments(), []
        self.ours.stop()
        self.ours.start_and_wait()
        before = self.ours.process.peak_megabytes()
        for site in (self.ours, self.floor):
            sent = forms.send_forms(site.port, self.people, attachments, 32, 32)
            self.empty(self.stored)
            peaks.append((site.process.peak_megabytes(), len(sent.failed), sent.failed[:1]))
        (peak, failed, why), (floor, _, _) = peaks
        work = f"peak RSS, 32 forms of 25 MB at once (idle: {before:.0f} MB){_errors(failed, why)}"
        self.table.add(work, f"{peak:.1f} MB", f"{floor:.1f} MB", f"{peak / floor:.1f}",
                       "<= 64 MB", peak <= 64 and not failed)

    def measure_list(self):
        few, many = self.sites["few"], self.sites["many"]
        cookies = {}
        for site in (few, many):
            site.start_and_wait()
            person = desk.people(site.port, site.data)[0]
            person.get("/cases")
            cookies[site.name] = person.cookie
        large, small = self.alternate(
            lambda site: self.wrk(site, "/cases", 1, cookie=cookies[site.name]), (many, few))
        times = [[r["mean"] for r in rounds] for rounds in (large, small)]
        ratio = statistics.median(a / b for a, b in zip(*times))
        medians = [f"{statistics.median(t):.3f} ms" for t in times]
        self.table.add(f"GET /cases, {self.plan.cases:,} cases against 1,000{_wrong(large)}",
                       medians[0], f"({medians[1]})", f"{ratio:.2f}", "<= 1.5",
                       ratio <= 1.5 and not any(r["wrong"] for r in large), _cpu(large))
        few.stop()
        many.stop()

    def measure_start(self):
        site = self.sites["start"]
        site.start_and_wait()
        cookie = desk.people(site.port, site.data)[0].cookie
        times = []
        for _ in range(self.plan.starts):
            site.stop()
            begun = time.monotonic()
            site.start()
            while not self.is_answered(site, cookie):
                site.process.require_running()
                time.sleep(0.002)
            times.append(time.monotonic() - begun)
        site.stop()
        median = statistics.median(times)
        self.table.add("first answer after start, 100,000 cases", f"{median:.3f} s",
                       f"({max(times):.3f} s worst)", "", "<= 0.3 s", median <= 0.3)

    def measure_outbox(self):
        site = self.sites["sent"]
        site.start_and_wait()
        person = desk.people(site.port, site.data)[0]
        self.write("outbox-form", b"".join(person.form()))
        for work, path, body in (("GET /cases/new", "/cases/new", None),
                                 ("POST /cases", "/cases", f"{self.run}/outbox-form")):
            self.add_slowdown(site, work, lambda: self.wrk(site, path, 16, body, person.cookie))
        rate = self.sending_time(site, self.plan.due)
        site.stop()
        self.table.add(f"{self.plan.due:,} messages to a mail server, nothing else to do",
                       f"{self.plan.due / rate:,.0f}/s", "", "", "", True)

        heavy, light = self.sites["heavy"], self.sites["light"]
        large, small = self.alternate(lambda s: self.sending_time(s, 1000), (heavy, light))
        for each in (heavy, light):
            each.stop()
        ratio = statistics.median(a / b for a, b in zip(large, small))
        self.table.add(f"1,000 messages out of {self.plan.messages:,} against out of 1,000",
                       f"{statistics.median(large):.2f} s", f"({statistics.median(small):.2f} s)",
                       f"{ratio:.2f}", "<= 1.2", ratio <= 1.2)

    def measure_suggest(self):
        measured = suggest.Measured(self.binary, self.run, self.plan.learned, 1000, 400)
        median, slow = suggest.median(measured.asked), suggest.worst_of_twenty(measured.asked)
        self.table.add(f"suggestion, {suggest.TURNS} turns, {suggest.TYPES} types",
                       f"{median:.2f} ms", f"({slow:.2f} ms at 95 %)", "", "<= 2 ms", median <= 2)
        median, slow = suggest.median(measured.learned), suggest.worst_of_twenty(measured.learned)
        self.table.add("a saved case learned", f"{median:.1f} ms", f"({slow:.1f} ms at 95 %)", "",
                       "<= 50 ms", median <= 50)
        size = measured.model_bytes / 1e6
        self.table.add(f"model of {self.plan.learned:,} saved cases", f"{size:.1f} MB", "", "",
                       "<= 64 MB", size <= 64)

    def add_slowdown(self, site, work, measure):
        """How much slower something is while messages go out, in rounds of both."""
        rounds, left = [], []
        for number in range(self.plan.rounds + 1):
            self.fill(site, 0)
            quiet = measure()
            self.fill(site, self.plan.due)
            busy = measure()
            left.append(outbox.due(site.data))
            if number:
                rounds.append((quiet, busy))
        ratio = statistics.median(q["rate"] / max(1, b["rate"]) for q, b in rounds)
        rates = [statistics.median(r[i]["rate"] for r in rounds) for i in (0, 1)]
        wrong = [b for _, b in rounds]
        self.table.add(
            f"{work}, c=16, while {self.plan.due:,} messages go out "
            f"({statistics.median(left):,.0f} left after a round){_wrong(wrong)}",
            f"{rates[1]:,.0f}/s", f"({rates[0]:,.0f}/s)", f"{ratio:.2f}", "<= 1.10",
            ratio <= 1.10 and not any(b["wrong"] for b in wrong), _cpu(wrong))

    def fill(self, site, messages):
        """A fresh process, with so many messages due that have begun to go out."""
        site.stop()
        outbox.empty(site.data)
        if messages:
            self.call(self.binary, "generate", "--data", site.data, "--tenant", "demo",
                      "--due-messages", str(messages))
        site.start_and_wait()
        if messages:
            outbox.wait_until(lambda: outbox.due(site.data) < messages, 30)

    def sending_time(self, site, messages):
        """Seconds from the first of the messages that goes out to the last."""
        self.fill(site, messages)
        begun = time.monotonic()
        outbox.wait_until(lambda: outbox.due(site.data) == 0, 300)
        return time.monotonic() - begun

    # ------------------------------------------------------------ means

    def alternate(self, measure, sites=None):
        """Measures two sites in turn. The first round of each warms up and does not count."""
        first, second = sites or (self.ours, self.floor)
        results = ([], [])
        for number in range(self.plan.rounds + 1):
            for site, result in zip((first, second), results):
                measured = measure(site)
                if number:
                    result.append(measured)
        return results

    def wrk(self, site, path, connections, body=None, cookie=None):
        environment = dict(os.environ, BENCHMARK_COOKIE=cookie or self.agent.cookie)
        if body:
            environment.update(BENCHMARK_BODY=body, BENCHMARK_MARK=desk.DRAFT_MARK,
                               BENCHMARK_TYPE=desk.FORM_TYPE)
        command = ["wrk", "-t", str(min(2, connections)), "-c", str(connections),
                   "-d", f"{self.plan.seconds}s", "-s", f"{HERE}/load.lua",
                   f"http://127.0.0.1:{site.port}{path}"]
        output, cpu = self.with_cpu(site, lambda: subprocess.run(
            command, env=environment, capture_output=True, text=True))
        reports = [l for l in output.stdout.splitlines() if l.startswith("REPORT ")]
        if not reports:
            raise SystemExit(f"benchmark: wrk failed: {output.stdout}{output.stderr}")
        report = json.loads(reports[0].removeprefix("REPORT "))
        right = report["requests"] - report["wrong"]
        return dict(report, rate=right / report["seconds"], cpu=cpu(report["requests"]))

    def with_cpu(self, site, work):
        """Does work; returns its result, and the CPU of responder and nginx for a count."""
        processes = (site.process, self.nginx.process)
        before = [p.cpu_seconds() for p in processes]
        result = work()
        used = [p.cpu_seconds() - b for p, b in zip(processes, before)]
        return result, lambda count: [1e6 * u / max(1, count) for u in used]

    def is_answered(self, site, cookie):
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
        try:
            connection.request("GET", "/cases", headers={"Cookie": cookie})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def add_rates(self, work, ours, floor, wanted, unit="/s"):
        ratio = statistics.median(a["rate"] / b["rate"] for a, b in zip(ours, floor) if b["rate"])
        rates = [statistics.median(r["rate"] for r in rounds) for rounds in (ours, floor)]
        failed = any(r["wrong"] for r in ours)
        self.table.add(
            work + _wrong(ours) + _wrong(floor, "floor: "), f"{rates[0]:,.0f}{unit}",
            f"{rates[1]:,.0f}{unit}", f"{ratio:.2f}", f">= {wanted:.2f}",
            ratio >= wanted and not failed, f"{_cpu(ours)} : {_cpu(floor)}")

    def call(self, *command):
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"benchmark: {' '.join(command)} failed: "
                             f"{result.stdout[-1000:]}{result.stderr[-1000:]}")

    def write(self, name, content):
        with open(f"{self.run}/{name}", "wb") as file:
            file.write(content)

    def empty(self, directory):
        """Removes the large files of a round; the many small ones stay until the end."""
        for entry in os.scandir(directory):
            if entry.stat().st_size > 1_000_000:
                os.unlink(entry.path)

    def stop(self):
        for site in self.sites.values():
            site.stop()
        if self.nginx:
            self.nginx.stop()
        if self.sink:
            self.sink.stop()


def _cpu(rounds):
    app, nginx = (statistics.median(r["cpu"][i] for r in rounds) for i in (0, 1))
    return f"{app:,.0f} ({nginx:,.0f})"


def _wrong(rounds, whose=""):
    count = sum(r["wrong"] for r in rounds)
    return _errors(count, next((r["why"] for r in rounds if r.get("why")), []), whose)


def _errors(count, why, whose=""):
    return f" [{whose}{count} FAILED{': ' + why[0] if why else ''}]" if count else ""


if __name__ == "__main__":
    main()
