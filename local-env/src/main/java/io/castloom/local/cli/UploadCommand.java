package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code castloom upload}. */
@Command(
    name = "upload",
    description = {
      "Upload recordings; each becomes a job.",
      "An upload that breaks off goes on where it stopped, when the same command is given again."
    })
final class UploadCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--show", paramLabel = "SHOW", description = "Make it an episode of this show.")
  private @Nullable String show;

  @Option(names = "--episode", paramLabel = "EPISODE", description = "The episode's id.")
  private @Nullable String episode;

  @Option(names = "--title", paramLabel = "TITLE", description = "The episode's title.")
  private @Nullable String title;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "A rendition that is wanted; may be given several times.")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = "--priority",
      paramLabel = "PRIORITY",
      description = "high, normal or bulk; the account's own unless given.")
  private @Nullable String priority;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "Until when it is wanted, as 2026-11-26T06:00:00Z: near to it, it goes first.")
  private @Nullable String deadline;

  @Option(
      names = "--wait",
      description = "Wait until the jobs have ended; 1 if one did not end well.")
  private boolean wait;

  @Option(names = "--json", description = "One JSON object for each upload.")
  private boolean json;

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw Failure.usedWrongly(file + " is no file that can be read");
      }
      if (Files.size(file) == 0) {
        throw Failure.usedWrongly(file + " is empty");
      }
    }
    Api api = connection.open(Role.ACCOUNT);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    TusUpload tus = new TusUpload(api, Resumable.ofThisUser());
    List<String> jobs = new ArrayList<>();
    int result = 0;
    for (Path file : files) {
      TusUpload.Receipt receipt;
      try {
        receipt = upload(tus, file);
      } catch (Failure refused) {
        err.println("castloom: " + file + ": " + refused.getMessage());
        err.flush();
        result = refused.exitCode();
        continue; // the others are as welcome as without it
      }
      jobs.add(receipt.job());
      tell(out, file, receipt);
    }
    if (wait) {
      for (String job : jobs) {
        result = Math.max(result, new JobWatch(api, err, null).follow(job));
      }
    }
    return result;
  }

  private void tell(PrintWriter out, Path file, TusUpload.Receipt receipt) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("file", file.toString());
    told.put("job", receipt.job());
    told.put("original", receipt.original());
    out.println(
        json
            ? JsonMapper.shared().writeValueAsString(told)
            : file + ": job " + receipt.job() + ", original " + receipt.original());
    out.flush();
  }

  private TusUpload.Receipt upload(TusUpload tus, Path file) throws Exception {
    if (!Terminal.isOne()) {
      return tus.upload(file, metadata(file), _ -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(String.valueOf(file.getFileName()))
            .setInitialMax(Files.size(file))
            .setUnit(" MB", 1_000_000)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .build()) {
      return tus.upload(file, metadata(file), bar::stepTo);
    }
  }

  private Map<String, String> metadata(Path file) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("filename", String.valueOf(file.getFileName()));
    put(all, "show", show);
    put(all, "episode", episode);
    put(all, "title", title);
    put(all, "priority", priority);
    put(all, "deadline", deadline);
    if (!profiles.isEmpty()) {
      all.put("profiles", String.join(",", profiles));
    }
    return all;
  }

  private static void put(Map<String, String> all, String key, @Nullable String value) {
    if (value != null) {
      all.put(key, value);
    }
  }
}
