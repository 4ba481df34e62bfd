"""The JSON Schema derives from the form, accepts what is published and refuses what the form does not allow."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest

from helpers.forms import all_forms
from helpers.report import AnnualReport
from helpers.schema import json_schema


def test_every_form_has_a_valid_schema_of_all_its_cells() -> None:
    for form in all_forms():
        schema = json_schema(form)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert list(schema["properties"]["cells"]["properties"]) == list(form.cells)


def test_what_is_published_is_valid(donge: AnnualReport, suqian: AnnualReport) -> None:
    for report in (donge, suqian):
        jsonschema.validate(report.as_dict(), json_schema(report.form))


def test_a_group_printed_as_one_row_is_valid(suqian: AnnualReport) -> None:
    data = suqian.as_dict()
    data["cells"]["requests.otherwise_handled.total"] = 3
    jsonschema.validate(data, json_schema(suqian.form))


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("requests.received.total", -1),
        ("requests.received.total", 1.5),
        ("requests.received.total", "46"),
        ("requests.recieved.total", 46),
        ("proactive_disclosure.fees.amount", -0.5),
    ],
)
def test_a_cell_outside_the_form_is_refused(suqian: AnnualReport, address: str, value: Any) -> None:
    data = copy.deepcopy(suqian.as_dict())
    data["cells"][address] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema(suqian.form))


def test_a_missing_cell_is_refused_and_a_blank_one_is_not(suqian: AnnualReport) -> None:
    data = copy.deepcopy(suqian.as_dict())
    data["cells"]["requests.received.total"] = None
    jsonschema.validate(data, json_schema(suqian.form))
    del data["cells"]["requests.received.total"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema(suqian.form))
