"""``python -m core.local.sandbox``: serve the sandbox until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from core.local.sandbox.server import running_sandbox


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m core.local.sandbox", description="A Threads that runs here."
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: any free one)")
    parser.add_argument("--state-dir", type=Path, required=True, help="folder that keeps accounts and posts")
    options = parser.parse_args()
    try:
        asyncio.run(_serve(options.host, options.port, options.state_dir))
    except OSError as error:
        sys.exit(f"The sandbox cannot listen on {options.host}:{options.port}: {error.strerror}.")


async def _serve(host: str, port: int, state_dir: Path) -> None:
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    async with running_sandbox(state_dir, host=host, port=port) as sandbox:
        sys.stdout.write(json.dumps({"url": sandbox.url, "port": sandbox.port}) + "\n")
        sys.stdout.flush()
        await stopped.wait()


main()
