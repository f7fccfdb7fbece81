"""The door of the web interface: ``python -m api [--host --port]``.

Also ``python -m api export [FILE]`` and ``python -m api erase …``, on what it kept.
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from socket import socket

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from api.app import create_app
from api.audience import Audience, commands
from api.connection import MAX_HEAD, Connection
from api.errors import HttpError
from api.messages import DOOR
from api.watch import lines
from assistant.errors import AssistantError
from assistant.settings import Settings, load_settings

DRAIN = 50  # seconds that answers under way have to end; a model's reply takes up to 45


class Server(uvicorn.Server):
    """A server that says where it listens, once it does."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start, then print the address with the port in use."""
        await super().startup(sockets)
        for server in self.servers:
            port = server.sockets[0].getsockname()[1]
            _say(DOOR["ready"].format(url=url_of(self.config.host, port)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 after a stop asked for or a command done, 1 when it cannot be, 2 for a refused
    setting.
    """
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        lines.install(settings.log_format)
        if options.command is not None:
            return commands.run(options, Audience(settings), _say)
        app = create_app(settings)
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + "_".join(map(str, first["loc"])).upper()
        # a sentence of our own where there is one, else pydantic's
        cause = first.get("ctx", {}).get("error", first["msg"])
        return _refuse(DOOR["setting"].format(name=name, cause=cause))
    except ValueError as error:
        return _refuse(DOOR["setting"].format(name="ASSISTANT_RATE_LIMIT", cause=error))
    except HttpError as error:
        _say(error.message)
        return 1
    except AssistantError as error:
        return _refuse(error.message)
    return serve(app, settings, options)


def serve(app: FastAPI, settings: Settings, options: argparse.Namespace) -> int:
    """Serve until stopped; then nobody is let in, and those who are in get their answers."""
    port = settings.port if options.port is None else options.port
    config = config_of(app, options.host or settings.host, port)
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again once all is done
    try:
        Server(config).run()
    except KeyboardInterrupt:
        return 0
    except SystemExit:
        _say(DOOR["failed"].format(port=port))
        return 1
    return 0


def config_of(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    """How uvicorn serves the application."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Connection,
        h11_max_incomplete_event_size=MAX_HEAD,
        ws="none",  # nothing speaks it, and a connection that does would keep no deadline
        log_config=None,  # ours
        log_level="warning",
        access_log=False,  # it would keep addresses
        server_header=False,
        proxy_headers=False,  # the application reads them, of ASSISTANT_TRUSTED_PROXIES only
        timeout_graceful_shutdown=DRAIN,
    )


def url_of(host: str, port: int) -> str:
    """Where a browser on this machine finds a server that listens on ``host``."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api", description=DOOR["about"])
    parser.add_argument("--host", help=DOOR["host"])
    parser.add_argument("--port", type=int, help=DOOR["port"])
    commands.add_to(parser)
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _refuse(text: str) -> int:
    _say(text)
    return 2


if __name__ == "__main__":
    sys.exit(main())
