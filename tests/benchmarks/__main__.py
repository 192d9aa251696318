"""`make bench`: all benchmarks, one after the other."""

from tests.benchmarks import agenda, fair, fanout, matching, media_fanout

if __name__ == "__main__":
    for each in (agenda, matching, fair, fanout, media_fanout):
        each.main()
        print()
