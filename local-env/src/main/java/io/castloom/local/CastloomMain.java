package io.castloom.local;

import ch.qos.logback.classic.Level;
import io.castloom.local.bench.BenchCommand;
import io.castloom.local.cli.ClientCommands;
import io.castloom.local.cli.Failure;
import io.castloom.local.demo.DemoCommand;
import io.castloom.local.instance.ParentWatch;
import io.castloom.local.scaling.FleetCommand;
import io.castloom.local.scaling.ScalerCommand;
import io.castloom.local.scaling.ScalerTrials;
import io.castloom.local.system.AccountCommand;
import io.castloom.local.system.DoctorCommand;
import io.castloom.local.system.RunCommand;
import io.castloom.local.system.UpCommand;
import io.castloom.service.settings.SettingsException;
import io.castloom.service.telemetry.Logging;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code castloom}: exit code 0 done, 1 failed, 2 used wrongly. */
@Command(
    name = "castloom",
    description = {
      "A media transcoding work queue for podcasters, on EC2, S3 and SQS and nothing else.",
      "Begin with `castloom demo`, which shows the main job from start to end on this machine.",
      "`castloom verify` runs all tests, and `castloom COMMAND --help` tells more of each command."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      RunCommand.class,
      DoctorCommand.class,
      AccountCommand.class,
      ScalerCommand.class,
      FleetCommand.class,
      BenchCommand.class
    })
public final class CastloomMain implements Runnable {

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    ParentWatch.startIfAsked(System.getenv());
    // Short commands say what they have to say themselves; services set up their own logs.
    Logging.configure("castloom", Logging.Format.TEXT, Level.WARN);
    System.exit(commandLine().execute(args));
  }

  /** The whole command, ready to execute. */
  public static CommandLine commandLine() {
    CommandLine all = new CommandLine(new CastloomMain());
    ClientCommands.addTo(all);
    ScalerTrials.addTo(Objects.requireNonNull(all.getSubcommands().get("scaler")));
    all.setCaseInsensitiveEnumValuesAllowed(true);
    all.registerConverter(LocalDate.class, CastloomMain::date);
    all.registerConverter(int.class, text -> number(text, Integer::valueOf, "a whole number"));
    all.registerConverter(Integer.class, text -> number(text, Integer::valueOf, "a whole number"));
    all.registerConverter(long.class, text -> number(text, Long::valueOf, "a whole number"));
    all.registerConverter(double.class, text -> number(text, Double::valueOf, "a number"));
    return all.setExecutionExceptionHandler(
        (exception, commandLine, parsed) -> {
          commandLine.getErr().println("castloom: " + Failure.inOneLine(exception));
          if (System.getenv("CASTLOOM_TRACE") != null) {
            exception.printStackTrace(commandLine.getErr());
          }
          return switch (exception) {
            case Failure failure -> failure.exitCode();
            case SettingsException _ -> 2;
            default -> 1;
          };
        });
  }

  private static <T> T number(String text, Function<String, T> parse, String what) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException("it is " + what + ", not " + text);
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(
          "a date is written like 2026-11-26, not " + text);
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
