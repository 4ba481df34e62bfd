"""gongkai: statutory annual reports on government-information disclosure as reproducible notebooks.

The rooms, from the ground up; imports point only downward (a test holds them to it):

    errors · workers · limits · digits · chinese · bodies · yamlfile · display
    forms           the statutory forms, as data
    report          AnnualReport: one body's one year
    folder · schema     a params folder ⇄ AnnualReport; the exchange format as JSON Schema
    readers         published documents → AnnualReport
    integrity       rules and findings
    tables · charts · narrative · document
    notebook        what the report notebook imports
    warming         what every report repeats, done once
    exporters       executed notebook → HTML, PDF
    engine          the papermill engine
    batch           plan, build, remember
    audit           published reports, many at a time: read, paired, checked, shown
    diff            two reports side by side
    cli             the command
"""
