"""An event log and its BPMN model into ProcessMind, mapped to each other, and read back.

Needs PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID; takes the paths of the log and of the model.
"""

import sys

from processmind import Client

log, model = sys.argv[1:]

with Client() as client:
    tenant = client.get_tenant()
    print(f"Tenant: {tenant.display_name}")

    process = client.create_process("Order to Cash (Python)")
    client.upload_bpmn_file(process.id, model)

    dataset = client.create_dataset("Sales (Python)")
    datatable = client.create_datatable(dataset.id, "Orders (Python)")

    upload = client.upload_file(log, datatable.id, progress=True)
    print(f"Stored {upload.bytes} bytes, proved by {upload.verified}")

    client.create_process_mapping(process.id, datatable.id)
    print(f"ProcessMind reads {client.get_datatable(datatable.id).row_count} rows")
