"""From params folders to published folders: what to build, building it, and remembering what was built.

targets       which county-years a command means
notebooks     which notebook a report is made with
task          one report to build, and how that ended
manifest      what went into a report and what came out, by content hash
planning      what would be done with each target, and why
editions      the output folder: one build at a time, each edition whole or not at all
surroundings  environment and temporary files of a run
traces        what tells of the machine, taken out
source        the notebook, read strictly
execution     running the notebook
build         one report: execute, export, check
growing       one of many reports, within its limits
interrupts    Ctrl-C between two reports
runner        many reports, in parallel
verify        a published folder against its manifest and a rebuild
parcel        a task as it travels to a worker
cluster       the same tasks on a Dask scheduler
"""
