"""Redis: the alarm, the shared clock and the workers that are present. It holds hints, never the truth."""
