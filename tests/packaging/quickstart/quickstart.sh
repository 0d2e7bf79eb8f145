#!/bin/sh
# The quickstart by the command alone, with the programs on PATH.
set -eu

processmind-emulator --port 0 >started.json &
emulator=$!
trap 'kill "$emulator"' EXIT
while ! grep -q url started.json; do sleep 0.1; done

started() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" started.json; }
PROCESSMIND_API_KEY=$(started api_key)
PROCESSMIND_TENANT_ID=$(started tenant_id)
PROCESSMIND_BASE_URL=$(started url)
export PROCESSMIND_API_KEY PROCESSMIND_TENANT_ID PROCESSMIND_BASE_URL

processmind publish --process "Order to Cash" --bpmn order-to-cash.bpmn --dataset Sales --datatable "Orders 2025" >&2
processmind upload orders.csv --datatable "Orders 2025" --json | grep -o crc64nvme
processmind get-datatables --json | sed -n 's/.*"rowCount": *\([0-9]*\).*/\1/p'
