"""The worker: waits for the alarm, runs checks, publishes on the dot.

``__main__``  starts it.
``runner``    runs the parts below together, and lets them finish on SIGTERM.
``timer``     the one loop that waits: for the alarm and for delayed messages.
``repair``    looks at MongoDB again whenever something may have been lost.
``tasks``     what the messages of each queue do: a line each, calling core.
``queues``    the three queues, and how core's services send to them.
``broker``    taskiq on Redis streams; ``delayed`` and ``recovery`` are its scripts.
``receiver``  runs messages, and decides when one is done with.
``leases``    renews what is in hand, and gives back what dead workers held.
``outage``    says once that a server is away, and once that it is back.
``ports``     what the worker needs from core.

README.md lists the pitfalls of taskiq that all this answers.
"""
