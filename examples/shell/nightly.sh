#!/usr/bin/env bash
# A job of every night: checks an export, brings it and its model into place, and says what ProcessMind has now.
# Needs PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID; takes the paths of the log and of the model.
set -euo pipefail
log=$1 model=$2

# Ends with 5, and sends nothing, where the log has errors.
processmind check "$log"

processmind publish "$log" --bpmn "$model" --process "Order to Cash" --folder Finance/Orders \
  --dataset Sales --datatable "Orders 2025"

processmind get-datatables
