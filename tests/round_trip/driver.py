"""Checks a log, publishes it with its model, and reads back what arrived: `driver.py LOG MODEL NAME`."""

import json
import sys

from processmind import Client, check_event_log

log, model, name = sys.argv[1:]
report = check_event_log(log)
with Client() as client:
    done = client.publish(process=name, bpmn=model, dataset=name, datatable=name, file=log)
    assert done.upload is not None
    assert done.datatable_id is not None
    table = client.get_datatable(done.datatable_id)
print(
    json.dumps(
        {
            "report": report.to_dict(),
            "steps": [f"{step.kind} {step.action}" for step in done.steps],
            "datatableId": table.id,
            "verified": done.upload.verified,
            "rowCount": table.row_count,
            "columns": [column.to_dict() for column in table.columns or []],
        }
    )
)
