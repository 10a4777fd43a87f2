"""How Threads writes a post, a moment and an address into its JSON (D: retrieve-and-manage-posts)."""

from __future__ import annotations

import time
from typing import Any

from core.local.sandbox.accounts import account_by_id
from core.local.sandbox.containers import LIFE
from core.local.sandbox.posts import Post, album_items, find_post, select_posts
from core.local.sandbox.state import State
