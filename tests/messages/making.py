"""Letters to people who do not exist, and servers that take them."""

import json
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from aiosmtpd.controller import Controller

from sertakan.messages.models import Channel, Message
from sertakan.messages.operations import Letter, contents, post

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def a_letter(recipient="wati@example.org", **others):
    return Letter(
        **{
            "channel": Channel.EMAIL,
            "recipient": recipient,
            "subject": "Iuran Desember",
            "body": "Kode bayar: 35770001",
            "kind": "reminder",
            **others,
        }
    )


def posted(*letters, now=NOW):
    """The messages of these letters, in order."""
    post(letters or [a_letter()], now=now)
    return list(Message.objects.order_by("pk"))


def states():
    return list(Message.objects.order_by("pk").values_list("state", "last_error"))


def texts():
    return [contents(message) for message in Message.objects.order_by("pk")]


class Postbox:
    """Takes mail, except for those who are refused, by address: 'code words'."""

    def __init__(self):
        self.mails = []
        self.refused = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 taken"


@contextmanager
def a_mail_server(settings):
    """A mail server on loopback that the settings name."""
    postbox = Postbox()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 10
    try:
        yield postbox
    finally:
        controller.stop()


@contextmanager
def a_gateway(*answers):
    """A gateway on loopback that gives these answers in turn (then 202), and what it was told."""
    told, waiting = [], list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.append((dict(self.headers), body))
            self.send_response(waiting.pop(0) if waiting else 202)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/messages", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
