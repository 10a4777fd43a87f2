"""The terminal: the ``autopost`` command line.

``cli``  one module per group of commands; ``cli/app.py`` lists them all.
"""
