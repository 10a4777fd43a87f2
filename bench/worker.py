"""The worker alone: how exact, how fast, and how quiet it is.

``python bench/worker.py [lateness] [burst] [idle] [stop]`` runs all of them without arguments. Redis is
real and local; the services are the recorded ones of tests/worker, which only write down what happens.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "worker")]

import uvloop  # noqa: E402  # after the path
from recording_core import (  # noqa: E402  # as above
    RecordingCore,
    held_until,
    moment,
    open_recording,
    until,
    until_quiet,
)

from core.local.redis_server import RedisServer  # noqa: E402  # as above
from core.local.temporary import temporary_data_dir  # noqa: E402  # as above
from core.settings import Settings  # noqa: E402  # as above
from worker.runner import Worker  # noqa: E402  # as above

IDLE_MINUTES = float(os.environ.get("IDLE_MINUTES", "3"))


@asynccontextmanager
async def working(url: str, slots: int, namespace: str):  # noqa: ANN201  # a core with a running worker
    settings = Settings(_env_file=None, redis_namespace=namespace, worker_concurrency=slots)
    async with open_recording(settings, url) as core:
        worker, finish = Worker(core), asyncio.Event()
        running = asyncio.create_task(worker.run(finish))
        await until_quiet(core)
        yield core
        finish.set()
        await running


def show(name: str, core: RecordingCore, count: int) -> None:
    late = sorted(
        entry.at * 1000 - int(entry.subject.split(":")[1])
        for entry in core.journal.entries
        if entry.what == "done"
    )
    starts = core.journal.subjects("start")
    print(
        f"{name}: {count} posts, late p50 {late[len(late) // 2]:.3f} p99 {late[int(len(late) * 0.99)]:.3f} "
        f"max {late[-1]:.3f} min {late[0]:.3f} ms; repeated {len(starts) - len(set(starts))}; "
        f"checks {len(core.journal.subjects('check'))}"
    )


async def lateness(url: str) -> None:
    for count, seconds, slots in ((200, 20, 5), (1000, 20, 5), (1000, 20, 50)):
        async with working(url, slots, f"late{count}-{slots}") as core:
            for number in range(count):
                at = moment(core, 2 + seconds * number / count)
                await core.plan(held_until(at, str(number)), at)
            await finished(core, count)
            show(f"lateness, {slots} slots, over {seconds} s", core, count)


async def burst(url: str) -> None:
    for slots in (5, 10, 50):
        async with working(url, slots, f"burst{slots}") as core:
            at = moment(core, 4)
            core.agenda.update({held_until(at, str(number)): at for number in range(2000)})
            await core.alarm.arm(at)
            await finished(core, 2000)
            show(f"burst, {slots} slots", core, 2000)


async def finished(core: RecordingCore, count: int) -> None:
    while len(core.journal.subjects("done")) < count:  # noqa: ASYNC110  # far apart, to disturb nothing
        await asyncio.sleep(0.2)


async def spawned(url: str, namespace: str, log: Path) -> asyncio.subprocess.Process:
    with log.open("w") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "tests" / "worker" / "recorded_worker.py"),
            *(url, namespace, str(log.with_suffix(".journal"))),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=output,
        )
    await until(lambda: "worker.ready" in log.read_text())
    return process


async def idle(url: str) -> None:
    settings = Settings(_env_file=None, redis_namespace="idle")
    with tempfile.TemporaryDirectory() as folder:
        async with open_recording(settings, url) as core:
            worker = await spawned(url, "idle", Path(folder) / "log")
            await until_quiet(core)
            await asyncio.sleep(20)
            before, cpu = await counted(core), seconds_of_cpu(worker.pid)
            await asyncio.sleep(IDLE_MINUTES * 60)
            after, spent = await counted(core), seconds_of_cpu(worker.pid) - cpu
            used = {name: count - before.get(name, 0) for name, count in after.items() if name != "info"}
            used = {name: count for name, count in used.items() if count}
            print(f"idle: {sum(used.values()) / IDLE_MINUTES:.2f} Redis commands a minute {used}")
            print(f"idle: {spent / IDLE_MINUTES / 60:.4%} of a core, {rss_of(worker.pid)} MB")
            worker.send_signal(signal.SIGTERM)
            await worker.wait()


async def counted(core: RecordingCore) -> dict[str, int]:
    stats = await core.redis.commands.info("commandstats")
    return {name.removeprefix("cmdstat_"): facts["calls"] for name, facts in stats.items()}


def seconds_of_cpu(pid: int) -> float:
    """Linux."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def rss_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() // 2**20


async def stop(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        times: list[float] = []
        for number in range(5):
            worker = await spawned(url, f"stop{number}", Path(folder) / f"{number}.log")
            began = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            code = await worker.wait()
            times.append(time.monotonic() - began)
            if code:
                print(f"stop: exit code {code}")
        print(f"stop: idle worker ended after {min(times):.2f} to {max(times):.2f} s")


BENCHES: dict[str, Callable[[str], Awaitable[None]]] = {
    "lateness": lateness,
    "burst": burst,
    "stop": stop,
    "idle": idle,
}


async def main(names: list[str], url: str) -> None:
    for name in names or BENCHES:
        await BENCHES[name](url)


if __name__ == "__main__":
    with temporary_data_dir() as data_dir:
        server = RedisServer(data_dir)
        server.start()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main(sys.argv[1:], server.url))
