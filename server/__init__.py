"""The shell: everything that waits."""
