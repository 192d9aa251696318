"""Time. Pure: imports nothing of ours, reads no clock, waits for nothing."""
