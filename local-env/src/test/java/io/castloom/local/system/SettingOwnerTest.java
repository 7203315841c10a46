package io.castloom.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class SettingOwnerTest {

  @Test
  void a_setting_reaches_the_process_that_reads_it() {
    assertThat(SettingOwner.of("media.redirect")).isEqualTo("ingest");
    assertThat(SettingOwner.of("media.grace")).isEqualTo("assembler");
    assertThat(SettingOwner.of("cloudwatch.namespace")).isEqualTo("autoscaler");
    assertThat(SettingOwner.of("autoscaler.targetWait.high")).isEqualTo("autoscaler");
  }

  @Test
  void one_that_nobody_reads_is_refused_instead_of_doing_nothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingOwner.of("workr.slots"))
        .withMessageContaining("--set workr.slots: no process has such a setting")
        .withMessageContaining("worker");
  }
}
