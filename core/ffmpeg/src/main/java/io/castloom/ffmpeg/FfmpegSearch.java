package io.castloom.ffmpeg;

import io.castloom.domain.media.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/** Tries the places where ffmpeg may be, best first, and keeps what each attempt said. */
final class FfmpegSearch {

  /** Encoders that the profiles need, as {@code ffmpeg -encoders} names them. */
  static final List<String> ENCODERS = List.of("libmp3lame", "aac", "libopus", "flac", "pcm_s16le");

  /** Filters that analysing and encoding need. */
  static final List<String> FILTERS =
      List.of("ebur128", "silencedetect", "volume", "aresample", "pan", "afade", "ametadata");

  /** The first major version whose demuxers know {@code -format_whitelist} and MP3 seeks well. */
  static final int LEAST_MAJOR = 5;

  private static final Pattern VERSION = Pattern.compile("ffmpeg version n?(\\d+)\\.(\\S*)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Gives the folder of the bundled programs. */
  interface Bundle {
    Path folder() throws IOException;
  }

  private final Map<String, String> environment;
  private final Bundle bundle;
  private final List<String> tried = new ArrayList<>();

  FfmpegSearch(Map<String, String> environment, Bundle bundle) {
    this.environment = environment;
    this.bundle = bundle;
  }

  /** JavaCPP unpacks the programs once into its cache below the home folder. */
  static Path bundled() throws IOException {
    try {
      Path ffmpeg = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
      Path ffprobe = Path.of(Loader.load(org.bytedeco.ffmpeg.ffprobe.class));
      Path folder = ffmpeg.getParent();
      if (folder == null || !folder.equals(ffprobe.getParent())) {
        throw new IOException("ffmpeg and ffprobe were unpacked into different folders");
      }
      return folder;
    } catch (LinkageError e) {
      throw new IOException("none for this platform (" + e.getMessage() + ")", e);
    }
  }

  Ffmpeg find() throws FfmpegMissingException, InterruptedException {
    String chosen = environment.get("CASTLOOM_FFMPEG");
    if (chosen != null && !chosen.isBlank()) {
      Ffmpeg found = check(Path.of(chosen), Ffmpeg.Origin.CHOSEN);
      if (found != null) {
        return found;
      }
      throw new FfmpegMissingException(
          "CASTLOOM_FFMPEG names no usable ffmpeg: " + String.join("; ", tried));
    }
    Ffmpeg found = null;
    try {
      found = check(bundle.folder(), Ffmpeg.Origin.BUNDLED);
    } catch (IOException e) {
      tried.add("bundled: " + e.getMessage());
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (found == null
          && !folder.isBlank()
          && Files.isExecutable(Path.of(folder).resolve("ffmpeg"))) {
        found = check(Path.of(folder), Ffmpeg.Origin.SYSTEM);
      }
    }
    if (found == null) {
      throw new FfmpegMissingException(
          "no usable ffmpeg here ("
              + String.join("; ", tried)
              + "). Type: "
              + environment.getOrDefault("CASTLOOM_FFMPEG_INSTALL", MissingLibraries.line()));
    }
    return found;
  }

  private @org.jspecify.annotations.Nullable Ffmpeg check(Path folder, Ffmpeg.Origin origin)
      throws InterruptedException {
    String place = origin == Ffmpeg.Origin.BUNDLED ? "bundled" : folder.toString();
    try {
      Path ffmpeg = folder.resolve("ffmpeg");
      Path ffprobe = folder.resolve("ffprobe");
      String version = ask(ffmpeg, "-version");
      ask(ffprobe, "-version");
      Matcher matcher = VERSION.matcher(version);
      // A build from a git snapshot has no number; its abilities are still checked.
      if (matcher.find() && Integer.parseInt(matcher.group(1)) < LEAST_MAJOR) {
        throw new IOException("too old: " + matcher.group() + ", needs " + LEAST_MAJOR);
      }
      if (origin != Ffmpeg.Origin.BUNDLED) {
        require(ENCODERS, ask(ffmpeg, "-encoders"), "encoder");
        require(FILTERS, ask(ffmpeg, "-filters"), "filter");
      }
      return new Ffmpeg(ffmpeg, ffprobe, build(version), origin);
    } catch (IOException e) {
      tried.add(place + ": " + e.getMessage());
      return null;
    }
  }

  private static void require(List<String> names, String listing, String what) throws IOException {
    for (String name : names) {
      if (!Pattern.compile("(?m)^ \\S+ +" + Pattern.quote(name) + " ").matcher(listing).find()) {
        throw new IOException("it has no " + what + " " + name);
      }
    }
  }

  /** The version and a digest of all that the program says of how it was built. */
  static String build(String version) {
    Matcher matcher = VERSION.matcher(version);
    String number = matcher.find() ? matcher.group(1) + "." + matcher.group(2) : "dev";
    String digest = Sha256.of(version.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
    String plain = number.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9.].*", "");
    return "ffmpeg-" + plain.substring(0, Math.min(20, plain.length())) + "-" + digest;
  }

  private static String ask(Path program, String question)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(program)) {
      throw new IOException(program.getFileName() + " is not there");
    }
    ToolRun.Ended ended =
        new ToolRun(
                Limits.forLooking(PATIENCE), program, List.of("-hide_banner", question), line -> {})
            .collecting(4 << 20)
            .run();
    if (!ended.succeeded()) {
      throw new IOException("does not start: " + Reasons.lastLine(ended.stderrTail()));
    }
    return ended.stdout();
  }
}
