"""Pictures and videos: made as Threads takes them, and kept where Threads can download them."""
