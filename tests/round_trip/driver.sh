#!/usr/bin/env bash
# Checks a log, publishes it with its model, and reads back what arrived: `driver.sh LOG MODEL NAME`.
# Prints the three documents, a line each.
set -euo pipefail
log=$1 model=$2 name=$3

processmind check "$log" --json || test $? -eq 5 # Something is wrong with the log, which is told.
done=$(processmind publish "$log" --bpmn "$model" --process "$name" --dataset "$name" --datatable "$name" --json)
echo "$done"
processmind get-datatable "$(sed -E 's/.*"datatableId":"([^"]*)".*/\1/' <<< "$done")" --json
