"""The rules and the use cases of Threads Auto-Post.

``domain``    the rules: posts, lifecycle, recurrence, counting. Pure; time is an argument.
``services``  what the product can do, over ports; reads as a table of contents.
``ports``     what the services need from the world.
``adapters``  how the world is reached: MongoDB, Redis, Threads, workbooks, encryption.
``local``     servers that run with nothing installed, and the Threads sandbox.
``bootstrap`` the only place that wires.
"""
