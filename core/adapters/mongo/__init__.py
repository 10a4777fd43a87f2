"""MongoDB, the truth: everything the product knows, behind the ports of :mod:`core.ports`."""
