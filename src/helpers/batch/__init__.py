"""From params folders to published folders: what to build, building it, and remembering what was built.

targets   which county-years a command means
manifest  what went into a report and what came out, by content hash
build     one report: execute, export, check, promote
runner    many reports, in parallel
"""
