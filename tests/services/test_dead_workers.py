"""A worker that was killed while it published: its account does not wait for the end of the lease."""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import timedelta

from core.adapters.processes import LocalProcesses
from core.domain.post import Content, PostStatus
from stories.crash import Fuse
from stories.engine import open_engine
from stories.scene import Scene


def test_a_process_that_ended_is_dead() -> None:
    """Of this machine only, and an earlier one that had our pid too; ourselves and strangers are not."""
    ended = subprocess.Popen(["true"])  # noqa: S607  # any program that ends
    ended.wait()
    ours = LocalProcesses()
    host = socket.gethostname()
    assert ours.is_dead(f"{host}:{ended.pid}:00")
    assert ours.is_dead(f"{host}:{os.getpid()}:another")
    assert not ours.is_dead(ours.name)
    assert not ours.is_dead(f"{host}:1:00")
    assert not ours.is_dead(f"elsewhere:{ended.pid}:00")
    assert not ours.is_dead("")


async def test_the_next_worker_asks_at_once(scene: Scene) -> None:
    """The answer was lost with the worker; the one that starts after it finds the post within seconds."""
    post_id = await scene.killed(Fuse("threads.publish", "after"), Content(text="One"))

    async with open_engine(scene.settings, scene.clock) as engine:
        await engine.scheduling.repair()
        await engine.run_for(timedelta(seconds=10))
        post = await engine.core.posts.get(post_id)

    assert (post.status, post.in_flight) == (PostStatus.PUBLISHED, False)
    assert [shown.text for shown in await scene.threads.feed()] == ["One"]
