package io.castloom.service.tasks;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices that this instance keeps failing where others succeed: its last five tries failed, of at
 * least three tasks, and one of those tasks has meanwhile been done by somebody else. When nobody
 * else succeeds either, the fault lies elsewhere, and stopping here would help nobody.
 */
final class Quarantine {

  private static final int TRIES = 5;
  private static final int TASKS = 3;

  private final JobStore jobs;
  private final InstanceId instance;
  private final Map<TaskId, AccountId> failed = new LinkedHashMap<>();
  private int inARow;

  Quarantine(JobStore jobs, InstanceId instance) {
    this.jobs = jobs;
    this.instance = instance;
  }

  synchronized void succeeded() {
    failed.clear();
    inARow = 0;
  }

  /**
   * A try failed by no fault of the media.
   *
   * @return whether the instance should take no more work
   */
  synchronized boolean failed(Task task) throws IOException {
    inARow++;
    failed.put(task.id(), task.account());
    if (inARow < TRIES || failed.size() < TASKS) {
      return false;
    }
    for (Map.Entry<TaskId, AccountId> entry : failed.entrySet()) {
      TaskRecord record = jobs.find(entry.getValue(), entry.getKey()).orElse(null);
      if (record != null && record.state() == TaskState.DONE && doneElsewhere(record)) {
        return true;
      }
    }
    return false;
  }

  private boolean doneElsewhere(TaskRecord record) {
    Attempt last = record.attempts().isEmpty() ? null : record.attempts().getLast();
    return last != null && !last.instance().equals(instance.value());
  }
}
