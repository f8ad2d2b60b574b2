"""What runs during the benchmark: nginx, and the responders behind it; each ended by its pid."""

import os
import re
import signal
import socket
import subprocess
import time

# One server of nginx for each responder, all alike, with the limits of nginx/casedesk.conf.
_NGINX = """
daemon off;
%(user)s
worker_processes auto;
worker_rlimit_nofile 8192;
pid %(run)s/nginx.pid;
error_log %(run)s/nginx.log warn;
events { worker_connections 2048; }
http {
    access_log off;
    server_tokens off;
    keepalive_requests 1000000;
    keepalive_timeout 65s;
    client_max_body_size 72m;
    client_body_buffer_size 128k;
    client_body_temp_path %(run)s/body;
    fastcgi_temp_path %(run)s/fastcgi;
    proxy_temp_path %(run)s/proxy;
    uwsgi_temp_path %(run)s/uwsgi;
    scgi_temp_path %(run)s/scgi;
    fastcgi_request_buffering on;
    fastcgi_keep_conn on;
    fastcgi_buffer_size 16k;
    fastcgi_buffers 8 16k;
    fastcgi_read_timeout 120s;
    fastcgi_next_upstream error;
    absolute_redirect off;
%(servers)s
}
"""

_SERVER = """
    upstream %(name)s { server unix:%(socket)s; keepalive %(keepalive)d; keepalive_requests 1000000; }
    server {
        listen 127.0.0.1:%(port)d backlog=1024;
        include /etc/nginx/fastcgi_params;
        fastcgi_param CASEDESK_TENANT demo;
        fastcgi_param CASEDESK_REQUEST_ID $request_id;
        location / { fastcgi_pass %(name)s; }
        location /protected/ { internal; alias %(data)s/tenants/; }
    }
"""


class Process:
    """A child process and its log."""

    def __init__(self, arguments, log):
        self._log = log
        with open(log, "ab") as output:
            self._child = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.pid = self._child.pid

    def require_running(self):
        if self._child.poll() is not None:
            with open(self._log, errors="replace") as log:
                raise SystemExit(f"benchmark: {self._child.args[0]} ended: {log.read()[-2000:]}")

    def stop(self, seconds=15):
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
            try:
                self._child.wait(seconds)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()

    def cpu_seconds(self):
        """User and system time of the process and of its children that run."""
        pids = [self.pid] + _children(self.pid)
        return sum(_ticks(pid) for pid in pids) / os.sysconf("SC_CLK_TCK")

    def peak_megabytes(self):
        with open(f"/proc/{self.pid}/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1)) / 1024


def _children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [int(child) for child in children.read().split()]


def _ticks(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


class Site:
    """A responder behind nginx: where it listens, and how it is started."""

    # Idle connections that nginx keeps: for the floor so few that two nginx workers cannot hold all
    # 16 threads of it, for ours as in nginx/casedesk.conf.
    def __init__(self, name, run, arguments, data="/nonexistent", keepalive=32):
        self.name, self.data, self.keepalive = name, data, keepalive
        self.socket = f"{run}/{name}.sock"
        self._arguments = [a.replace("SOCKET", self.socket) for a in arguments]
        self._log = f"{run}/{name}.log"
        self.port = free_port()
        self.process = None

    def start(self):
        self.process = Process(self._arguments, self._log)

    def start_and_wait(self, seconds=60):
        self.start()
        end = time.monotonic() + seconds
        while not _answers(self.socket):
            self.process.require_running()
            if time.monotonic() > end:
                raise SystemExit(f"benchmark: {self.name} does not listen after {seconds} s")
            time.sleep(0.01)
        # nginx's workers need not be root.
        os.chmod(self.socket, 0o666)

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None


class Nginx:
    """One nginx before all sites."""

    def __init__(self, run, sites):
        self._run = run
        servers = "".join(
            _SERVER % dict(name=s.name, socket=s.socket, port=s.port, data=s.data,
                           keepalive=s.keepalive)
            for s in sites)
        # As root the workers stay root: sockets and files are in a directory of root's alone.
        user = "user root;" if os.geteuid() == 0 else ""
        self._path = f"{run}/nginx.conf"
        with open(self._path, "w") as file:
            file.write(_NGINX % dict(run=run, user=user, servers=servers))
        self._sites = sites
        self.process = None

    def start(self):
        self.process = Process(
            ["nginx", "-p", self._run, "-c", self._path, "-e", f"{self._run}/nginx.log"],
            f"{self._run}/nginx.out")
        end = time.monotonic() + 10
        while not all(_port_answers(site.port) for site in self._sites):
            self.process.require_running()
            if time.monotonic() > end:
                raise SystemExit("benchmark: nginx does not listen")
            time.sleep(0.02)

    def stop(self):
        if self.process:
            self.process.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(path):
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
            return True
        except OSError:
            return False


def _port_answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
