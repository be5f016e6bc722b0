"""A laris of one's own for a test: a folder, a server, people who ask."""
import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import urllib.parse

ROOT = os.environ.get("LARIS_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("LARIS_BUILD") or os.path.join(ROOT, "build")
LARIS = os.path.join(BUILD, "laris")
FORM = "application/x-www-form-urlencoded"


class Answer:
    def __init__(self, reply, body=b""):
        self.status = reply.status
        self.head = {k.lower(): v for k, v in reply.getheaders()}
        self.cookies = reply.headers.get_all("Set-Cookie") or []
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)


class Asker:
    """One browser or till: cookies, a bearer token, a kept connection."""

    def __init__(self, port, name="nobody", token=None):
        self.port, self.name, self.token = port, name, token
        self.cookies, self.csrf, self.conn = {}, "", None

    def ask(self, method, path, body=None, kind=None, head=None, stream=False):
        h = dict(head or {})
        if self.token:
            h.setdefault("Authorization", "Bearer " + self.token)
        if self.cookies:
            h.setdefault("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if kind:
            h["Content-Type"] = kind
        if isinstance(body, str):
            body = body.encode()
        for last in (False, True):      # a kept connection may have ended
            try:
                if not self.conn:
                    self.conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.conn.request(method, path, body, h)
                reply = self.conn.getresponse()
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.close()
                if last:
                    raise
        if stream and reply.status == 200:
            a = Answer(reply)
            self.close()
        else:
            a = Answer(reply, reply.read())
        for c in a.cookies:
            k, v = c.split(";")[0].split("=", 1)
            if v:
                self.cookies[k] = v
            else:
                self.cookies.pop(k, None)
        return a

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def form(self, path, fields, head=None):
        fields = dict(fields)
        if self.csrf:
            fields.setdefault("csrf", self.csrf)
        return self.ask("POST", path, urllib.parse.urlencode(fields), FORM, head)

    def upload(self, path, fields, file, head=None):
        """A form with one file: (field, file name, content)."""
        mark, body = "laris-test-boundary", b""
        for key, value in {"csrf": self.csrf, **fields}.items():
            body += (f"--{mark}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n"
                     f"{value}\r\n").encode()
        field, name, content = file
        body += (f"--{mark}\r\nContent-Disposition: form-data; name=\"{field}\"; "
                 f"filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n").encode()
        body += content if isinstance(content, bytes) else content.encode()
        return self.ask("POST", path, body + f"\r\n--{mark}--\r\n".encode(),
                        f"multipart/form-data; boundary={mark}", head)

    def send(self, path, value, head=None):
        body = value if isinstance(value, (bytes, str)) else json.dumps(value)
        return self.ask("POST", path, body, "application/json", head)

    def sign_in(self, city, login, password="laris-demo"):
        self.cookies, self.csrf = {}, ""
        a = self.form("/sign-in", {"city": city, "login": login, "password": password})
        if a.status != 303:
            raise RuntimeError(f"{login} of {city} cannot sign in: {a.status}")
        self.csrf = re.search(r'name="?csrf"? value="([^"]+)"', self.get("/me").text).group(1)
        return self

    def close(self):
        if self.conn:
            self.conn.close()
        self.conn = None


class Site:
    """init, then what the test wants, then serve on a free port.

    The plain demonstration city is the same for every test: it is copied from
    LARIS_DEMO, where there is one (./dev test makes it once).
    """

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="laris-test-")
        self.db = os.path.join(self.dir, "laris.db")
        self.server, self.port = None, 0
        self.env = {}                   # more of it, for the server only
        self.inside = "127.0.0.1,localhost"     # what of this machine it may ask
        self.fresh = False              # nothing but init was done
        self.run("init")
        self.fresh = True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    def run(self, *args, given="", status=0):
        demo, fresh, self.fresh = os.environ.get("LARIS_DEMO"), self.fresh, False
        if demo and fresh and args == ("demo",):
            shutil.copytree(demo, self.dir, dirs_exist_ok=True)
            return ""
        p = subprocess.run([LARIS, "--db", self.db, *args], input=given, text=True,
                           capture_output=True, check=False)
        if p.returncode != status:
            raise RuntimeError(f"laris {' '.join(args)}: {p.returncode}\n{p.stderr}")
        return p.stdout

    def token(self, city, role, *more):
        return self.run("token", "add", city, "--role", role, "--label", role, *more).split()[-1]

    def serve(self, *args):
        self.log = []
        self.server = subprocess.Popen([LARIS, "--db", self.db, "serve", "--listen",
                                        "127.0.0.1:0", *(["--inside", self.inside] if self.inside else []),
                                        *args], stderr=subprocess.PIPE,
                                       env={**os.environ, **self.env})
        for line in self.server.stderr:
            self.log.append(line)
            m = re.search(rb'listening"?.*\bport=(\d+)', line)
            if m:
                self.port = int(m.group(1))
                break
        if not self.port:
            raise RuntimeError(f"laris serve did not begin: {self.log}")
        # what it says later must not fill the pipe
        threading.Thread(target=self.log.extend, args=(self.server.stderr,),
                         daemon=True).start()
        return self

    def asker(self, name="nobody", token=None):
        return Asker(self.port, name, token)

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(20)
            self.server = None
