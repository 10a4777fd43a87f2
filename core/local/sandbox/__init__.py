"""A Threads that runs here: the API of developers.facebook.com/docs/threads over HTTP, for trying and testing.

``server``    runs it; ``routes`` is the table of every address; ``call`` is the life of one call.
``oauth``     links an account; ``creation``, ``containers``, ``publishing`` make posts.
``reading``, ``replies``, ``insights``, ``quotas``, ``discovery`` answer questions.
``faults``, ``options``, ``admin``, ``requestlog`` serve tests; ``feed`` and ``page`` serve people.
``state``     keeps everything on disk.
"""

from __future__ import annotations

from core.local.sandbox.server import SandboxServer, running_sandbox, serve_sandbox

__all__ = ["SandboxServer", "running_sandbox", "serve_sandbox"]
