"""nbconvert exporters: an executed report notebook → HTML (`report_html`) and PDF (`report_pdf`).

Both are registered as entry points, so `jupyter nbconvert --to report_html out.ipynb` works without this package's
command line. Nothing here knows forms or figures: everything comes out of the notebook's outputs.
"""
