package io.castloom.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognises, by their first bytes, the things that people upload instead of a recording. */
final class Sniff {

  private static final int HEAD = 4096;

  private Sniff() {}

  /** Why the file is no recording, in words for its owner; null when it may be one. */
  static @Nullable String refusal(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    if (head.length == 0) {
      return "this file is empty (0 bytes): the upload or the export before it failed";
    }
    String latin = new String(head, StandardCharsets.ISO_8859_1);
    String text = visible(latin);
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || markup(lower)) {
      return "this is a web page, not a recording: the link that it was saved from probably asks"
          + " for a login first";
    }
    String playlist = playlist(text, lower);
    if (playlist != null) {
      return playlist
          + ", which only names other files and holds no sound: upload the recording itself";
    }
    String image = image(latin);
    if (image != null) {
      return "this is " + image + ", not a recording";
    }
    String other = other(latin);
    if (other != null) {
      return other;
    }
    return zeros(head) ? "this file holds nothing but zeros: copying it went wrong" : plain(head);
  }

  private static String visible(String latin) {
    String text = latin.startsWith("\u00ef\u00bb\u00bf") ? latin.substring(3) : latin;
    return text.replace("\0", "").stripLeading();
  }

  private static boolean markup(String lower) {
    return lower.startsWith("<") && (lower.contains("<html") || lower.contains("<head"));
  }

  private static @Nullable String playlist(String text, String lower) {
    if (text.startsWith("#EXTM3U")
        || lower.startsWith("[playlist]")
        || lower.startsWith("<asx")
        || lower.startsWith("[reference]")
        || lower.contains("xspf.org")
        || lower.startsWith("ffconcat")
        || (lower.startsWith("file ") && lower.contains("'"))
        || (lower.startsWith("<?xml") && lower.contains("<mpd"))) {
      return "this is a playlist";
    }
    if (text.startsWith("v=0") && text.contains("m=audio")) {
      return "this is a stream's description (SDP)";
    }
    return lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("rtsp:")
        ? "this is a link"
        : null;
  }

  private static @Nullable String image(String latin) {
    if (latin.startsWith("\u0089PNG")) {
      return "a PNG image";
    }
    if (latin.startsWith("\u00ff\u00d8\u00ff")) {
      return "a JPEG image";
    }
    if (latin.startsWith("GIF8")) {
      return "a GIF image";
    }
    if (latin.startsWith("RIFF") && latin.startsWith("WEBP", 8)) {
      return "a WebP image";
    }
    if (latin.startsWith("ftyphei", 4) || latin.startsWith("ftypmif1", 4)) {
      return "a HEIC image";
    }
    if (latin.startsWith("ftypavif", 4)) {
      return "an AVIF image";
    }
    if (latin.startsWith("II*\0") || latin.startsWith("MM\0*")) {
      return "a TIFF image";
    }
    if (latin.startsWith("BM") && latin.length() > 14 && latin.startsWith("\0\0\0\0", 6)) {
      return "a BMP image";
    }
    return latin.startsWith("8BPS") ? "a Photoshop image" : null;
  }

  private static @Nullable String other(String latin) {
    if (latin.startsWith("%PDF")) {
      return "this is a PDF document, not a recording";
    }
    if (latin.startsWith("PK\3\4") || latin.startsWith("PK\5\6")) {
      return "this is a ZIP archive or an office document: upload the recording that is inside";
    }
    if (latin.startsWith("Rar!")
        || latin.startsWith("7z\u00bc\u00af")
        || latin.startsWith("\u001f\u008b")
        || latin.startsWith("BZh")
        || latin.startsWith("\u00fd7zXZ")
        || latin.startsWith("ustar", 257)) {
      return "this is a packed archive: upload the recording that is inside";
    }
    if (latin.startsWith("SQLite format 3")) {
      return "this is a project's database (Audacity's .aup3 is one): export the mix as WAV or FLAC"
          + " and upload that";
    }
    if (latin.startsWith("MThd")) {
      return "this is a MIDI file, which holds notes and no sound";
    }
    if (latin.startsWith("\u007fELF")
        || (latin.startsWith("MZ") && latin.contains("This program"))) {
      return "this is a program, not a recording";
    }
    return null;
  }

  private static boolean zeros(byte[] head) {
    for (byte b : head) {
      if (b != 0) {
        return false;
      }
    }
    return head.length == HEAD;
  }

  /** Refuses what consists of printable characters alone. */
  private static @Nullable String plain(byte[] head) {
    for (byte b : head) {
      int c = b & 0xff;
      if (c < 0x20 && c != '\n' && c != '\r' && c != '\t') {
        return null;
      }
      if (c >= 0x7f && c < 0xa0) {
        return null;
      }
    }
    return "this is a text file, not a recording";
  }
}
