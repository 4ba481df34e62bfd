"""From params folders to published folders: what to build, building it, and remembering what was built.

targets     which county-years a command means
notebooks   which notebook a report is made with
task        one report to build, and how that ended
manifest    what went into a report and what came out, by content hash
build       one report: execute, export, check, promote
verify      a published folder against its manifest and a rebuild
interrupts  Ctrl-C between two reports
runner      many reports, in parallel
cluster     the same tasks on a Dask scheduler
"""
