"""A DAG for Airflow 3: every night the warehouse's events of the day before, checked and brought into ProcessMind."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from airflow.sdk import dag, task


@dag(schedule="0 3 * * *", start_date=datetime(2025, 1, 1), catchup=False, tags=["processmind"])
def orders_to_processmind() -> None:
    @task
    def export() -> str:
        """Writes the log where the next tasks find it. Yours would query the warehouse."""
        path = Path(tempfile.mkdtemp()) / "orders.csv"
        path.write_text("CaseId,Activity,StartTime\nSO-1,Receive order,2025-01-02T08:00:00Z\n", "utf-8")
        return str(path)

    @task
    def check(path: str) -> str:
        """Fails where the log has errors, with a text that says where; trying again would not help."""
        from airflow.exceptions import AirflowFailException
        from processmind import check_event_log

        report = check_event_log(path)
        print(report)
        if not report.ok:
            raise AirflowFailException(f"{path} has errors; the task's log has them all.")
        return path

    # The client tries again by itself what may pass within a minute; Airflow what takes longer.
    @task(retries=3, retry_delay=timedelta(minutes=10))
    def publish(path: str) -> str | None:
        from processmind import Client

        with Client() as client:  # PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID, of the worker's environment.
            done = client.publish(dataset="Sales", datatable="Orders", file=path)
        print([f"{step.kind} {step.name}: {step.action}" for step in done.steps])
        return done.datatable_id

    publish(check(export()))


orders_to_processmind()
