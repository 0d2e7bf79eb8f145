"""The quickstart in Python, in a folder that holds a log and its model."""

from processmind.testing import Emulator

with Emulator() as emulator, emulator.client() as client:
    process = client.create_process("Order to Cash")
    client.upload_bpmn_file(process.id, "order-to-cash.bpmn")
    dataset = client.create_dataset("Sales")
    datatable = client.create_datatable(dataset.id, "Orders 2025")
    upload = client.upload_file("orders.csv", datatable.id)
    client.create_process_mapping(process.id, datatable.id)
    print(upload.verified, client.get_datatable(datatable.id).row_count)
