package io.castloom.local.system;

import io.castloom.assembler.Assembler;
import io.castloom.autoscaler.AutoscalerMain;
import io.castloom.autoscaler.AutoscalerSettings;
import io.castloom.aws.CallListener;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import io.castloom.ingest.Ingest;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.local.fleet.ProcessFleetSettings;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.process.Parts;
import io.castloom.service.process.Role;
import io.castloom.service.process.Service;
import io.castloom.service.process.ServiceArguments;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The whole of Castloom on this machine: a cloud, ingest, autoscaler and one assembler in this JVM;
 * workers, and more assemblers, as processes that the autoscaler launches because messages wait.
 * State lies in the data folder and survives a kill.
 */
public final class LocalSystem implements AutoCloseable {

  /** The account that exists here from the start. */
  public static final AccountId DEMO = new AccountId("demo");

  private static final AccountId OPERATOR = new AccountId("operator");

  private final Parts parts;
  private final Ready ready;
  private final Map<String, String> environment;
  private final Machines machines;

  /** The instances, and whoever gives them the spot market's notice. */
  private record Machines(Fleet fleet, Ground ground) {}

  /** What it stands on. */
  public enum CloudKind {
    EMBEDDED,
    LOCALSTACK
  }

  /**
   * What it is like.
   *
   * @param kind the embedded cloud, or LocalStack
   * @param data made when it does not exist
   * @param cloud ports of S3 and SQS
   * @param httpPort 0 for a free one
   * @param ftpPort 0 for a free one
   * @param settings of the processes, by key, for example {@code autoscaler.targetWait.high}
   * @param environment where LocalStack is ({@code AWS_ENDPOINT_URL}), the environment's name
   *     ({@code CASTLOOM_ENV}), and whatever else processes are to find in theirs
   */
  public record Options(
      Path data,
      CloudKind kind,
      EmbeddedCloud.Ports cloud,
      int httpPort,
      int ftpPort,
      ProcessFleetSettings fleet,
      Map<String, String> settings,
      Map<String, String> environment) {
    public Options {
      settings = Map.copyOf(settings);
      environment = Map.copyOf(environment);
    }

    /** In the environment of this process. */
    public Options(
        Path data,
        CloudKind kind,
        EmbeddedCloud.Ports cloud,
        int httpPort,
        int ftpPort,
        ProcessFleetSettings fleet,
        Map<String, String> settings) {
      this(data, kind, cloud, httpPort, ftpPort, fleet, settings, System.getenv());
    }
  }

  private LocalSystem(
      Parts parts, Ready ready, Map<String, String> environment, Machines machines) {
    this.parts = parts;
    this.ready = ready;
    this.environment = environment;
    this.machines = machines;
  }

  /**
   * Starts everything; it answers when this returns.
   *
   * @throws IOException the folder is in use or full, a port is taken, ffmpeg cannot be found
   * @throws io.castloom.service.settings.SettingsException no process reads a setting, or its value
   *     is wrong; nothing was started
   */
  public static LocalSystem start(Options options, InstantSource clock)
      throws IOException, InterruptedException {
    return start(options, way -> way, clock);
  }

  /**
   * Starts everything, with something in between its processes and their cloud.
   *
   * @param way gets the environment variables by which the cloud is reached, and gives those that
   *     the processes are to have
   */
  public static LocalSystem start(
      Options options, UnaryOperator<Map<String, String>> way, InstantSource clock)
      throws IOException, InterruptedException {
    LocalSettings settings = new LocalSettings(options);
    settings.check();
    Parts parts = new Parts();
    try {
      Path data = options.data().toAbsolutePath();
      Ground ground =
          parts.add(
              "ground",
              switch (options.kind()) {
                case EMBEDDED ->
                    EmbeddedGround.start(data, options.cloud(), options.fleet(), clock);
                case LOCALSTACK ->
                    LocalStackGround.start(
                        data, options.environment(), options.fleet().boot(), clock);
              });
      Map<String, String> environment = new HashMap<>(options.environment());
      environment.putAll(way.apply(ground.environment()));
      Tokens tokens = accounts(environment, data, clock);

      Ingest ingest =
          parts.add(
              "ingest",
              Ingest.start(new ServiceArguments(settings.doors(), environment, false), clock));
      URI http = URI.create(ingest.scheme() + "://127.0.0.1:" + ingest.httpPort());

      Fleet fleet =
          ground.fleet(
              (instance, kind) ->
                  ThisProgram.instance(
                      instance, kind, forInstance(environment, http, options, instance, kind)));
      parts.add(
          "autoscaler",
          Service.start(
              Role.AUTOSCALER,
              new ServiceArguments(settings.scaling(ground.scaling()), environment, false),
              AutoscalerSettings::from,
              (own, context) -> AutoscalerMain.build(own, context, fleet),
              clock));
      Map<String, String> stitching = settings.of(Role.ASSEMBLER);
      stitching.put("feeds.publicUrl", http.toString());
      parts.add(
          "assembler", Assembler.start(new ServiceArguments(stitching, environment, false), clock));

      Ready ready =
          new Ready(
              http.toString(),
              "ftp://127.0.0.1:" + ingest.ftpPort(),
              "http://127.0.0.1:" + ingest.adminPort(),
              DEMO.value(),
              tokens.demo(),
              tokens.operator(),
              http + "/console",
              endpoint(environment, "AWS_ENDPOINT_URL_S3"),
              endpoint(environment, "AWS_ENDPOINT_URL_SQS"));
      CloudAccess.keep(data, ground.environment());
      ready.writeTo(data);
      return new LocalSystem(parts, ready, environment, new Machines(fleet, ground));
    } catch (IOException | InterruptedException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static String endpoint(Map<String, String> environment, String own) {
    return environment.getOrDefault(own, environment.getOrDefault("AWS_ENDPOINT_URL", ""));
  }

  private record Tokens(String demo, String operator) {}

  /** Makes buckets, queues and the two accounts; tokens stay the same for a data folder. */
  private static Tokens accounts(Map<String, String> environment, Path data, InstantSource clock)
      throws IOException {
    CloudSettings where =
        CloudSettings.from(new SettingsReader(Map.of(), environment), environment);
    try (Cloud cloud = Cloud.open(where, CallListener.none())) {
      cloud.provision();
      Accounts accounts = new Accounts(cloud.privateStore(), clock);
      LocalTokens kept = LocalTokens.of(data);
      accounts.add(DEMO, Account.Role.CUSTOMER);
      accounts.acceptToken(DEMO, "local", kept.token(DEMO));
      accounts.add(OPERATOR, Account.Role.OPERATOR);
      accounts.acceptToken(OPERATOR, "local", kept.token(OPERATOR));
      return new Tokens(kept.token(DEMO), kept.token(OPERATOR));
    }
  }

  private static Map<String, String> forInstance(
      Map<String, String> environment,
      URI http,
      Options options,
      InstanceId instance,
      TaskKind kind) {
    Map<String, String> own = new HashMap<>(environment);
    Path folder = options.data().toAbsolutePath().resolve("instances").resolve(instance.value());
    own.put("CASTLOOM_ADMIN_PORT", "0");
    own.put("CASTLOOM_LOG_FORMAT", "text");
    own.put("CASTLOOM_CLOUD_PROVISION", "false"); // this process has made everything
    switch (kind) {
      case TRANSCODE -> {
        own.put("CASTLOOM_WORKER_SLOTS", "1");
        own.put("CASTLOOM_WORKER_FOLDER", folder.toString());
        new LocalSettings(options)
            .of(Role.WORKER)
            .forEach((key, value) -> own.put(SettingsReader.environmentName(key), value));
      }
      case ASSEMBLY -> own.put("CASTLOOM_FEEDS_PUBLIC_URL", http.toString());
    }
    return own;
  }

  /** How to reach it. */
  public Ready ready() {
    return ready;
  }

  /** What another process needs in its environment to reach the cloud. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** The instances. */
  public Fleet fleet() {
    return machines.fleet();
  }

  /** Gives an instance the notice of a spot interruption, as EC2 does two minutes ahead. */
  public void interrupt(InstanceId instance) {
    machines.ground().interrupt(instance);
  }

  /** Ends everything in good order; nothing is left running. */
  @Override
  public void close() {
    parts.close();
  }
}
