"""Interferes with the product at a chosen call of one of its ports: kills it there, or lets something happen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from inspect import iscoroutinefunction
from typing import Any, Literal

import pytest

When = Literal["before", "during", "after"]
"""What had become of a call: it was not made, it was made and goes on without us, it was done and its answer is lost."""


class Crash(BaseException):
    """The process is gone. Derived like KeyboardInterrupt, so that nothing in the product survives it."""


def always(*_: Any) -> bool:
    return True


class Fuse:
    """Burns once, at the first call of ``port.method`` (empty: of any) that fits; afterwards nothing works."""

    def __init__(
        self,
        at: str,
        when: When,
        fits: Callable[..., bool] = always,
    ) -> None:
        self._at = at
        self._when = when
        self._fits = fits
        self._left_behind: list[asyncio.Task[Any]] = []
        self.armed = False
        self.burnt = False

    @contextmanager
    def burns(self) -> Generator[None]:
        """Armed from here on; the block ends in the crash."""
        self.armed = True
        with pytest.raises(Crash):
            yield

    def __call__(self, name: str, port: Any) -> Any:
        return _Fused(self, name, port)

    async def through(self, name: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self.burnt:
            raise Crash(name)
        hit = self.armed and self._at in ("", name) and self._fits(*args)
        if hit and self._when != "after":
            self.burnt = True
            if self._when == "during":
                self._left_behind.append(asyncio.create_task(call(*args, **kwargs)))
            raise Crash(name)
        result = await call(*args, **kwargs)
        self.burnt = self.burnt or hit
        if self.burnt:
            raise Crash(name)
        return result

    async def settle(self) -> None:
        """Wait until what was on its way when the process ended has arrived."""
        await asyncio.gather(*self._left_behind, return_exceptions=True)


class Meanwhile:
    """Has something happen right after the first call of ``port.method`` that fits: somebody else is quicker."""

    def __init__(
        self, at: str, happens: Callable[[], Awaitable[object]], fits: Callable[..., bool] = always
    ) -> None:
        self._at = at
        self._happens = happens
        self._fits = fits
        self._over = False

    def __call__(self, name: str, port: Any) -> Any:
        return _Fused(self, name, port)

    async def through(self, name: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        result = await call(*args, **kwargs)
        if name == self._at and not self._over and self._fits(*args):
            self._over = True
            await self._happens()
        return result


class _Fused:
    def __init__(self, fuse: Fuse | Meanwhile, name: str, port: Any) -> None:
        self._fuse, self._name, self._port = fuse, name, port

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._port, method)
        if method in ("aclose", "warm") or not iscoroutinefunction(found):
            return found

        async def fused(*args: Any, **kwargs: Any) -> Any:
            return await self._fuse.through(f"{self._name}.{method}", found, *args, **kwargs)

        return fused
