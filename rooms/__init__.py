"""People in places. Pure, but for `rooms.media`, which is a process of its own."""
