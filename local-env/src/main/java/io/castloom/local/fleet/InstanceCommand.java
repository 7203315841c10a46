package io.castloom.local.fleet;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;

/** What an instance of a kind runs. */
@FunctionalInterface
public interface InstanceCommand {

  /** The environment variable that tells an instance its id; set by the fleet. */
  String INSTANCE_VARIABLE = "CASTLOOM_INSTANCE_ID";

  /** A fresh builder with the program, its arguments and what it needs in its environment. */
  ProcessBuilder build(InstanceId instance, TaskKind kind);
}
