"""A small mail server for tests: what it took, and what it was told to say."""
import asyncio
import ssl
import threading


class Post:
    """Answers on a port of its own until closed.

    say: address -> a reply to RCPT instead of 250, once for each line;
    mail: a function of the server's own called after each mail taken.
    """

    def __init__(self, port=0, tls=None, login=None, slow=0.0):
        self.say, self.taken, self.commands, self.greeting = {}, [], [], "220 uji"
        self.tls, self.login, self.slow, self.want_port = tls, login, slow, port
        self.port, self.loop, self.open = 0, asyncio.new_event_loop(), threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        self.open.wait(10)

    def run(self):
        asyncio.set_event_loop(self.loop)
        context = None
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.tls)
        self.server = self.loop.run_until_complete(asyncio.start_server(
            self.talk, "127.0.0.1", self.want_port, ssl=context))
        self.port = self.server.sockets[0].getsockname()[1]
        self.open.set()
        self.loop.run_forever()

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.server.close()

    async def talk(self, reader, writer):
        try:
            await self.session(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def session(self, reader, writer):
        sender, to = "", []

        async def answer(line):
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        await answer(self.greeting)
        if not self.greeting.startswith("220"):
            return
        while line := (await reader.readline()).decode("latin-1").rstrip("\r\n"):
            self.commands.append(line)
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                await answer("250-uji\r\n250 AUTH PLAIN" if self.login else "250 uji")
            elif word == "AUTH":
                if line == "AUTH PLAIN":
                    await answer("334 ")
                    line = (await reader.readline()).decode("latin-1").rstrip("\r\n")
                fine = self.login and line.split(" ")[-1] == self.login
                await answer("235 masuk" if fine else "535 5.7.8 nama atau kata sandi salah")
            elif word == "MAIL":
                sender, to = line[10:], []
                await answer("250 baik")
            elif word == "RCPT":
                who = line[len("RCPT TO:<"):].rstrip(">")
                said = self.say.get(who, [])
                said = said.pop(0) if said else "250 baik"
                if said.startswith("250"):
                    to.append(who)
                await answer(said)
                if said.startswith("421"):
                    return
            elif word == "DATA":
                await answer("354 silakan")
                body = (await reader.readuntil(b"\r\n.\r\n"))[:-3]
                await asyncio.sleep(self.slow)
                self.taken.append((sender, to, body.replace(b"\r\n..", b"\r\n.")))
                await answer("250 diterima")
            elif word == "QUIT":
                await answer("221 sampai jumpa")
                return
            else:
                await answer("250 baik")

    def to(self):
        """Every address something was taken for, in order."""
        return [x for _, to, _ in self.taken for x in to]
