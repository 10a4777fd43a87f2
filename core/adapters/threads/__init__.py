"""The Threads API over HTTP."""

from core.adapters.threads.client import ThreadsClient
from core.adapters.threads.oauth import ThreadsApp, ThreadsOAuth, code_from_redirect

__all__ = ["ThreadsApp", "ThreadsClient", "ThreadsOAuth", "code_from_redirect"]
