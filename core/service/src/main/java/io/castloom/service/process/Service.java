package io.castloom.service.process;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.service.admin.AdminServer;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.settings.SettingsReader;
import io.castloom.service.telemetry.Logging;
import io.castloom.service.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a process: reads its settings, opens the cloud, starts the admin port, lets the process
 * build its parts, waits for the wish to end, and closes all in good order.
 *
 * <p>A {@code Main} is then a list of parts:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   System.exit(Service.main(Role.WORKER, args, WorkerSettings::from, WorkerMain::build));
 * }
 *
 * static void build(WorkerSettings settings, ServiceContext context) throws IOException {
 *   Dispatcher dispatcher = ...;
 *   context.parts().add("task loop", TaskLoop.start(...));
 * }
 * }</pre>
 */
public final class Service {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private Service() {}

  /**
   * Builds a process's parts and adds them to {@code context.parts()}.
   *
   * @param <S> the process's settings
   */
  @FunctionalInterface
  public interface Builder<S> {
    void build(S settings, ServiceContext context) throws IOException, InterruptedException;
  }

  /** Runs a process with this JVM's environment; gives its exit code. */
  public static <S> int main(
      Role role, String[] args, Function<SettingsReader, S> settings, Builder<S> builder) {
    try {
      return run(role, ServiceArguments.parse(List.of(args), System.getenv()), settings, builder);
    } catch (RuntimeException e) {
      return report(role, e);
    }
  }

  /**
   * Runs a process until it is told to end, by SIGTERM, SIGINT or one of its parts.
   *
   * @return 0 done, 1 failed, 2 used wrongly; what was wrong is one line on standard error
   */
  public static <S> int run(
      Role role,
      ServiceArguments arguments,
      Function<SettingsReader, S> settings,
      Builder<S> builder) {
    try {
      CommonSettings early =
          CommonSettings.from(new SettingsReader(arguments.flags(), arguments.environment()), role);
      Logging.configure(role.name(), early.logFormat(), early.logLevel());
      if (arguments.checkConfig()) {
        return checkConfig(role, arguments, settings);
      }
      RunningService running = start(role, arguments, settings, builder, InstantSource.system());
      try (ShutdownHook hook = ShutdownHook.install(running.stop())) {
        Stop.Wish wish = running.stop().await();
        LOG.info("{} ends: {}", role.name(), wish.reason());
        running.close();
        hook.finished();
        return wish.exitCode();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return report(role, e);
    } catch (IOException | RuntimeException e) {
      return report(role, e);
    }
  }

  /**
   * Starts a process inside this JVM, beside others. Logs are left as they are.
   *
   * @throws io.castloom.service.settings.SettingsException a setting is wrong
   * @throws IOException a bucket or queue is missing, an endpoint does not answer, a port is taken
   */
  public static <S> RunningService start(
      Role role,
      ServiceArguments arguments,
      Function<SettingsReader, S> settings,
      Builder<S> builder,
      InstantSource clock)
      throws IOException, InterruptedException {
    Parts parts = new Parts();
    try {
      SettingsReader reader = new SettingsReader(arguments.flags(), arguments.environment());
      CloudSettings where = CloudSettings.from(reader, arguments.environment());
      Telemetry telemetry = parts.add("telemetry", new Telemetry(role.name()));
      Cloud cloud = parts.add("cloud", open(where, role, telemetry));
      if (where.provision()) {
        cloud.provision();
      }
      cloud.check();
      CommonSettings common = readFile(reader, role, cloud);
      S own = settings.apply(reader);
      reader.finish();
      AdminServer admin =
          parts.add(
              "admin port", AdminServer.start(common.adminBind(), common.adminPort(), telemetry));
      Stop stop = new Stop();
      admin.check(
          "process",
          () ->
              stop.isRequested()
                  ? java.util.Optional.of("it is about to end")
                  : java.util.Optional.empty());
      builder.build(
          own, new ServiceContext(role, cloud, telemetry, admin, parts, stop, clock, arguments));
      LOG.info(
          "{} is up in environment {}, admin port {}",
          role.name(),
          where.names().environment(),
          admin.port());
      return new RunningService(stop, parts, admin.port());
    } catch (IOException | InterruptedException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /**
   * Refuses arguments with which a process would not start, before there is a cloud and without
   * reading its file there.
   *
   * @return the names of all its settings
   * @throws io.castloom.service.settings.SettingsException a setting is wrong or unknown
   */
  public static <S> Set<String> check(
      Role role, ServiceArguments arguments, Function<SettingsReader, S> settings) {
    SettingsReader reader = new SettingsReader(arguments.flags(), arguments.environment());
    var _ = CloudSettings.from(reader, arguments.environment());
    var _ = CommonSettings.from(reader, role);
    var _ = settings.apply(reader);
    reader.finish();
    return reader.values().stream().map(SettingsReader.Value::key).collect(Collectors.toSet());
  }

  private static Cloud open(CloudSettings where, Role role, Telemetry telemetry) {
    return Cloud.open(
        where,
        (service, operation) ->
            telemetry.count(
                "castloom.cloud.requests", Map.of("service", service, "operation", operation)),
        "castloom-" + role.name());
  }

  /** A process without a file in the bucket has its defaults. */
  private static CommonSettings readFile(SettingsReader reader, Role role, Cloud cloud)
      throws IOException {
    try (ObjectContent content = cloud.privateStore().get(role.configKey(), null)) {
      reader.addFile(
          role.configKey(), new String(content.stream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (NoSuchObjectException e) {
      LOG.debug("no {} in the bucket: defaults hold", role.configKey());
    }
    return CommonSettings.from(reader, role);
  }

  private static <S> int checkConfig(
      Role role, ServiceArguments arguments, Function<SettingsReader, S> settings)
      throws IOException {
    SettingsReader reader = new SettingsReader(arguments.flags(), arguments.environment());
    CloudSettings where = CloudSettings.from(reader, arguments.environment());
    Throwable unread = null;
    try (Cloud cloud = Cloud.open(where, io.castloom.aws.CallListener.none())) {
      readFile(reader, role, cloud);
    } catch (IOException | UncheckedIOException e) {
      unread = e; // all but the file can be told all the same
      var _ = CommonSettings.from(reader, role);
    }
    var _ = settings.apply(reader);
    System.out.print(reader.describe());
    System.out.flush();
    reader.finish();
    if (unread != null) {
      System.err.println(
          "castloom "
              + role.name()
              + ": these are without "
              + role.configKey()
              + ", which could not be read: "
              + Failure.of(unread).message());
      return 1;
    }
    return 0;
  }

  private static int report(Role role, Throwable fault) {
    Failure failure = Failure.of(fault);
    System.err.println("castloom " + role.name() + ": " + failure.message());
    if (failure.isBug()) {
      LOG.error("{} failed", role.name(), fault);
    }
    return failure.exitCode();
  }
}
