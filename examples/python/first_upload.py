"""An event log and its BPMN model into ProcessMind, mapped to each other, and read back.

Needs PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID; takes the folder with the two files.
"""

import sys
from pathlib import Path

from processmind import Client

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo-data")

with Client() as client:
    tenant = client.get_tenant()
    print(f"Tenant: {tenant.display_name}")

    process = client.create_process("Order to Cash (Python)")
    client.upload_bpmn_file(process.id, folder / "order-to-cash.bpmn")

    dataset = client.create_dataset("Sales (Python)")
    datatable = client.create_datatable(dataset.id, "Orders (Python)")

    upload = client.upload_file(folder / "order-to-cash.csv", datatable.id, progress=True)
    print(f"Stored {upload.bytes} bytes, proved by {upload.verified}")

    client.create_process_mapping(process.id, datatable.id)
    print(f"ProcessMind reads {client.get_datatable(datatable.id).row_count} rows")
