"""What `schedule.matching` is made of: who meets whom in which round."""
