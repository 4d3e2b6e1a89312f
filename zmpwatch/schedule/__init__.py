"""The daemon: visits sites as their turns come, judges, delivers, and keeps watch over itself.

`run_watch` is the whole of it. Nothing here decides what is true or when a site is due: that is
`zmpwatch.service.timetable` and the judges; here it is only done in time, side by side, and without ever dying.
"""
