package io.castloom.ffmpeg;

import io.castloom.domain.media.ToolFailure;
import java.time.Duration;
import java.util.List;

/** Translates what a tool said into what its user needs to hear. */
final class Reasons {

  /** What is said when nothing more precise is known. */
  static final String NO_RECORDING =
      "no recording was found in this file: it is none of WAV, AIFF, CAF, FLAC, MP3, MP2, M4A, AAC,"
          + " Ogg, Opus, WebM, MP4, MKV, AVI, MPEG, WMA, AMR, WavPack or APE, or it is damaged from"
          + " its beginning";

  private record Rule(String words, String reason) {}

  private static final List<Rule> MEDIA =
      List.of(
          new Rule(
              "moov atom not found",
              "the end of this MP4 file is missing: the upload or the export was cut off"),
          new Rule(
              "Format not on whitelist",
              "this kind of file is not accepted: export the recording as WAV, FLAC, MP3 or M4A"),
          new Rule(
              "not on whitelist",
              "its sound or its picture is coded in a way that is not accepted: export the sound"
                  + " as WAV, FLAC, MP3 or M4A"),
          new Rule("does not contain any stream", NO_RECORDING),
          new Rule("Invalid data found when processing input", NO_RECORDING),
          new Rule("End of file", "this file ends before any sound begins"),
          new Rule("Decoder not found", "its sound is coded in a way that is not accepted"),
          new Rule("could not find codec parameters", "its sound is coded in an unknown way"),
          new Rule("Error while decoding", "its sound is damaged and cannot be read"));

  private static final List<Rule> MACHINE =
      List.of(
          new Rule("No space left on device", "this machine's disk is full"),
          new Rule("Read-only file system", "this machine's disk cannot be written"),
          new Rule("error while loading shared libraries", "ffmpeg does not start here"),
          new Rule("Input/output error", "this machine's disk failed"));

  private Reasons() {}

  /** Why a look at a file failed. */
  static String ofLook(ToolRun.Ended ended) {
    if (ended.how() != ToolRun.How.EXITED) {
      return "looking at this file took too long: it is damaged, or was made to keep readers busy";
    }
    if (ended.stderrTail().contains("Cannot allocate memory") || ended.exit() > 128) {
      return "reading this file's header needs too much memory: it is damaged, or was made to do"
          + " that";
    }
    return match(MEDIA, ended.stderrTail(), NO_RECORDING);
  }

  /** Why a run over the whole file failed. */
  static ToolFailure ofRun(ToolRun.Ended ended, Limits limits, Duration declared) {
    String tail = ended.stderrTail();
    return switch (ended.how()) {
      case TOO_LONG ->
          machine(
              "the work on it was not done within its limit of "
                  + limits.time().toSeconds()
                  + " s for "
                  + declared.toSeconds()
                  + " s of sound",
              tail);
      case STALLED -> media("reading it came to a stop: the file is damaged", tail);
      case INTERRUPTED -> new ToolFailure(ToolFailure.Fault.CANCELLED, "stopped", tail);
      case EXITED -> ofExit(ended, declared);
    };
  }

  private static ToolFailure ofExit(ToolRun.Ended ended, Duration declared) {
    String tail = ended.stderrTail();
    for (Rule rule : MACHINE) {
      if (tail.contains(rule.words())) {
        return machine(rule.reason(), tail);
      }
    }
    // Signals: XCPU 24, XFSZ 25; ffmpeg itself says "File too large" when it ignores the latter.
    if (ended.exit() == 128 + 25 || tail.contains("File too large")) {
      return media(
          "it plays far longer than the " + declared.toSeconds() + " s that it claims", tail);
    }
    if (ended.exit() == 128 + 24) {
      return machine("it needed more processor time than its limit", tail);
    }
    if (tail.contains("Cannot allocate memory")) {
      return media("reading it needs too much memory: it is damaged, or was made to do that", tail);
    }
    if (ended.exit() > 128) {
      return machine("ffmpeg was ended by signal " + (ended.exit() - 128), tail);
    }
    return media(match(MEDIA, tail, "it cannot be read: " + lastLine(tail)), tail);
  }

  /** The last line that says something, without ffmpeg's marks of place. */
  static String lastLine(String tail) {
    String last = "no word was said";
    for (String line : tail.split("\n")) {
      String bare = line.replaceAll("\\[[^\\]]*\\]\\s*", "").strip();
      if (!bare.isEmpty() && !bare.startsWith("Conversion failed")) {
        last = bare;
      }
    }
    return last;
  }

  private static String match(List<Rule> rules, String tail, String otherwise) {
    for (Rule rule : rules) {
      if (tail.contains(rule.words())) {
        return rule.reason();
      }
    }
    return otherwise;
  }

  private static ToolFailure media(String reason, String tail) {
    return new ToolFailure(ToolFailure.Fault.MEDIA, reason, tail);
  }

  private static ToolFailure machine(String reason, String tail) {
    return new ToolFailure(ToolFailure.Fault.MACHINE, reason, tail);
  }
}
