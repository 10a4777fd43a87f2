"""Servers that run with nothing installed.

``stack``      the whole: start, join, look, stop; and one in a temporary folder.
``server``     what the three servers share: a process, an address that stays, a ready state.
``mongod``     ``redis_server`` ``sandbox_server``: each of them.
``temporary``  data folders for tests and the demo, which leave nothing behind.
``processes``  processes that outlive the command that started them.
``binaries``   where mongod and redis-server are found.
``sandbox``    the Threads sandbox itself.
"""
