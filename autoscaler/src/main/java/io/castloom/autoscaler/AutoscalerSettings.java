package io.castloom.autoscaler;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.SettingKeys;
import io.castloom.service.jobs.Escalation;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.jobs.Sweeper;
import io.castloom.service.settings.SettingsException;
import io.castloom.service.settings.SettingsReader;
import io.castloom.service.telemetry.CloudWatchSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An autoscaler's settings.
 *
 * @param self its name among autoscalers
 * @param lease after so long without a renewal another autoscaler may lead
 * @param largestWindow unstarted messages of a class for one account, at most
 * @param rise when waiting tasks rise to a more urgent class
 * @param healAfter a message that is missed for so long is sent again
 * @param scaling what the planner starts with
 * @param templates launch templates by kind, for EC2: {@code name version type,type; ...}
 * @param publication to CloudWatch; null for none
 * @param subnets where EC2 may launch; empty leaves it to the template
 */
public record AutoscalerSettings(
    String self,
    Duration lease,
    int largestWindow,
    Escalation.Rules rise,
    Duration healAfter,
    ScalingSettings scaling,
    Map<String, String> templates,
    List<String> subnets,
    @Nullable CloudWatchSettings publication) {

  private static final String SECTION = "autoscaler.";
  private static final String BUDGET = "hourlyBudgetUsd";

  /** A machine of 2 cores, at the list price of us-east-1 in 2026. */
  private static final InstanceType USUAL = new InstanceType("c7g.large", 2, 1.0, 0.0725, 0.029);

  /** Reads the section {@code autoscaler}; the planner's keys are those of {@code scaler set}. */
  public static AutoscalerSettings from(SettingsReader reader) {
    ScalingSettings usual = ScalingSettings.defaults(USUAL, 1);
    Map<String, String> text = new LinkedHashMap<>(SettingKeys.text(usual));
    text.put(BUDGET, "");
    Map<String, String> given = new LinkedHashMap<>();
    text.forEach(
        (key, value) -> given.put(key, reader.text(SECTION + key, value, "see scaler set " + key)));
    if (given.getOrDefault(BUDGET, "").isEmpty()) {
      throw new SettingsException(
          List.of(
              SECTION
                  + BUDGET
                  + " must be given, for example 2.50: what an hour of the fleet may cost at most"));
    }
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put(
        "transcode",
        reader.text(
            SECTION + "ec2.transcodeTemplates",
            "castloom-worker $Latest c7g.large",
            "launch templates of workers: name version type,type; ..."));
    templates.put(
        "assembly",
        reader.text(
            SECTION + "ec2.assemblyTemplates",
            "castloom-assembler $Latest c7g.large",
            "launch templates of assemblers"));
    try {
      return new AutoscalerSettings(
          reader.text(
              SECTION + "id",
              "scaler-" + UUID.randomUUID().toString().substring(0, 8),
              "this autoscaler's name among others"),
          reader.duration(
              SECTION + "lease",
              Duration.ofSeconds(45),
              Duration.ofSeconds(3),
              Duration.ofMinutes(10),
              "after so long without a renewal another autoscaler may lead"),
          JobEngine.largestWindow(reader),
          rise(reader),
          reader.duration(
              SECTION + "healAfter",
              Sweeper.BOUND,
              Duration.ofSeconds(4),
              Duration.ofHours(1),
              "a message that is missed for so long is sent again; SQS's counts need a minute"),
          SettingKeys.with(usual, given),
          templates,
          reader.list(
              SECTION + "ec2.subnets", List.of(), "where to launch; empty: as the template says"),
          CloudWatchSettings.from(reader));
    } catch (SettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new SettingsException(List.of(SECTION + e.getMessage()));
    }
  }

  private static Escalation.Rules rise(SettingsReader reader) {
    Escalation.Rules usual = Escalation.Rules.DEFAULT;
    return new Escalation.Rules(
        reader.duration(
            SECTION + "riseNormalAfter",
            usual.normalAfter(),
            Duration.ZERO,
            Duration.ofDays(14),
            "a normal task that waited this long becomes high; 0 for never"),
        reader.duration(
            SECTION + "riseBulkAfter",
            usual.bulkAfter(),
            Duration.ZERO,
            Duration.ofDays(14),
            "a bulk task that waited this long becomes normal; 0 for never"),
        reader.duration(
            SECTION + "deadlineLead",
            usual.deadlineLead(),
            Duration.ZERO,
            Duration.ofDays(14),
            "a task becomes high when its job's deadline is nearer than this; 0 for never"));
  }
}
