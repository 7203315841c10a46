package io.castloom.assembler;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.settings.SettingsReader;
import io.castloom.service.tasks.LoopSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * What can be set about the assembler.
 *
 * @param instance this instance's name
 * @param nightCron when the night watch looks what is due
 * @param publicUrl where listeners find feeds and media, without a slash at its end
 * @param grace how long a replaced media version stays
 * @param covers where cover pictures may be fetched from
 * @param largestWindow unstarted messages of a class for an account, at most
 * @param hubs which addresses WebSub hubs may have
 */
record AssemblerSettings(
    InstanceId instance,
    LoopSettings loop,
    String nightCron,
    URI publicUrl,
    Duration grace,
    Reach covers,
    int largestWindow,
    Reach hubs) {

  static AssemblerSettings from(SettingsReader reader) {
    URI base = reader.address("feeds.publicUrl", "where listeners find feeds and media");
    String own = "a-" + UUID.randomUUID().toString().substring(0, 8);
    return new AssemblerSettings(
        reader.custom("instance.id", own, "this instance's name", InstanceId::new),
        LoopSettings.from(reader, "assembler", TaskKind.ASSEMBLY, 2),
        reader.text(
            "nightly.cron", "0/10 * * * * ?", "when to look which nights are due (Quartz cron)"),
        URI.create(
            Objects.requireNonNullElse(base, URI.create("http://127.0.0.1:8080"))
                .toString()
                .replaceAll("/+$", "")),
        reader.duration(
            "media.grace",
            Duration.ofDays(3),
            Duration.ZERO,
            Duration.ofDays(365),
            "how long a replaced media version stays, for downloads that are resumed"),
        new Reach(
            reader.flag(
                "assembler.coversInside",
                false,
                "allow covers from private, loopback and link-local addresses")),
        JobEngine.largestWindow(reader),
        new Reach(
            reader.flag(
                "feeds.hubsInside",
                false,
                "allow WebSub hubs at private, loopback and link-local addresses")));
  }
}
