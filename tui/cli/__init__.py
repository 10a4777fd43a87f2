"""The command line. Data goes to stdout, what is said about it to stderr; exit codes are an API.

``app``        every command in one table; errors become one line and an exit code.
``group``      what all commands share: ``--json``, ``--debug``, loading on first use.
``output``     tables, JSON, text that is safe to show.
``session``    opens core for a command.
``times``      moments and lengths of time as people type them.
``selection``  which posts a command is about: ids or a filter.
``views``      posts, accounts and the whole system as JSON.
"""
