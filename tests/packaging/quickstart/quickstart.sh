#!/bin/sh
# The quickstart by the command alone, in a folder that holds a log and its model, with the programs on PATH.
set -eu

# A field of JSON.
field() { sed -n "s/.*\"$1\": *\"*\([^\",}]*\).*/\1/p"; }

processmind-emulator --port 0 >started.json &
emulator=$!
trap 'kill "$emulator"' EXIT
while ! grep -q url started.json; do sleep 0.1; done
PROCESSMIND_API_KEY=$(field api_key <started.json)
PROCESSMIND_TENANT_ID=$(field tenant_id <started.json)
PROCESSMIND_BASE_URL=$(field url <started.json)
export PROCESSMIND_API_KEY PROCESSMIND_TENANT_ID PROCESSMIND_BASE_URL

processmind publish --process "Order to Cash" --bpmn order-to-cash.bpmn --dataset Sales --datatable "Orders 2025" >&2
processmind upload orders.csv --datatable "Orders 2025" --json | field verified
processmind get-datatables --json | field rowCount
