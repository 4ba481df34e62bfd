"""gongkai: statutory annual reports on government-information disclosure as reproducible notebooks.

The rooms, from the ground up. Imports point only to lines above; rooms of one line do not know each other. The tests
read the plan here and hold the rooms to it.

    visible         strangers' words, made harmless before they are printed
    errors          what may be wrong, and how it is said
    limits          the numbers: how many seconds and how much memory a piece of work may take
    faults          any exception in words, and where its traceback is kept
    workers         many calls in processes of their own; one that takes too long or crashes is ended alone
    digits          how figures are written, and the set of marks that are none
    spreadsheets    text in a CSV file that no spreadsheet runs
    chinese         numerals and numbering
    bodies          names of government bodies
    saving          files of ours, written; an error names the file
    opening         files of strangers: regular, from where they belong, and not too large
    yamlfile        YAML read strictly, every complaint with its line
    faces           which font has a character
    display         one thing for the page, for print and for a terminal
    formulas        LaTeX, in a text or alone → MathML
    hypertext       HTML of analysts, allowed or refused → one tree → HTML and Typst
    markup          Markdown → HTML and Typst
    forms           the statutory forms, as data
    report          AnnualReport: one body's one year
    stamp           which report a shown piece is of, said with the piece and proved
    folder · schema             a params folder ⇄ AnnualReport; the exchange format as JSON Schema
    readers         published documents → AnnualReport
    integrity       rules and findings
    tables · charts · narrative · frame      what stands in a report, from top to bottom
    stills          interactive charts as pictures
    show            how a kernel shows what analysts make
    loading · demo              a county-year with its prose; a nation that does not exist
    record          what a notebook must show of its report, and the data published beside it
    notebook        what the report notebook imports
    warming         what every report repeats, done once
    exporters       executed notebook → HTML, PDF
    engine          the papermill engine
    batch           plan, build, remember
    audit · diff    published reports, many at a time: read, paired, checked, shown; two reports side by side
    cli             the command
"""
