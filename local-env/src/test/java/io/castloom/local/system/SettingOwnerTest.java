package io.castloom.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.castloom.assembler.Assembler;
import io.castloom.autoscaler.AutoscalerSettings;
import io.castloom.ingest.IngestSettings;
import io.castloom.service.process.Role;
import io.castloom.service.process.Service;
import io.castloom.service.process.ServiceArguments;
import io.castloom.worker.WorkerMain;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SettingOwnerTest {

  private static final ServiceArguments NOTHING = new ServiceArguments(Map.of(), Map.of(), false);

  @Test
  void a_setting_reaches_the_process_that_reads_it() {
    assertThat(SettingOwner.of("media.redirect")).containsExactly("ingest");
    assertThat(SettingOwner.of("media.grace")).containsExactly("assembler");
    assertThat(SettingOwner.of("cloudwatch.namespace")).containsExactly("autoscaler");
    assertThat(SettingOwner.of("jobs.callbacksInside"))
        .containsExactlyInAnyOrder("ingest", "worker");
  }

  @Test
  void whatever_processes_read_reaches_them_all_and_no_other() {
    Map<String, Set<String>> readers = new TreeMap<>();
    Map<String, Set<String>> names =
        Map.of(
            "ingest", Service.check(Role.INGEST, NOTHING, IngestSettings::from),
            "worker", WorkerMain.check(NOTHING),
            "assembler", Assembler.check(NOTHING),
            "autoscaler",
                Service.check(
                    Role.AUTOSCALER,
                    new ServiceArguments(
                        Map.of("autoscaler.hourlyBudgetUsd", "1"), Map.of(), false),
                    AutoscalerSettings::from));
    names.forEach(
        (process, keys) ->
            keys.forEach(key -> readers.computeIfAbsent(key, _ -> new TreeSet<>()).add(process)));
    readers.keySet().removeIf(key -> SettingOwner.find(key).isEmpty()); // one process's own affair
    assertThat(readers).isNotEmpty();
    assertThat(readers)
        .allSatisfy(
            (key, processes) ->
                assertThat(SettingOwner.find(key))
                    .as(key)
                    .containsExactlyInAnyOrderElementsOf(processes));
  }

  @Test
  void one_that_nobody_reads_is_refused_instead_of_doing_nothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingOwner.of("workr.slots"))
        .withMessageContaining("--set workr.slots: no process has such a setting")
        .withMessageContaining("worker");
  }
}
