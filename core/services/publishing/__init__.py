"""The way of a post to Threads: prepare, publish, settle, reply. Exactly once.

The order of writes gives the guarantee: the container's id is stored before anything else happens with
it, the intent is stored before ``threads_publish`` is sent, and the media id right after the answer.
Whoever holds an older version of the post can write nothing.
"""

from core.services.publishing.pipeline import Publishing

__all__ = ["Publishing"]
