"""Benchmarks: ``python -m bench [SUBJECT ...] [--json]``.

Each subject measures the product and, in the same run on the same machine, something that anybody can judge
it by; what is printed is the ratio of the two. Servers and workers are real, temporary and gone afterwards.
"""
