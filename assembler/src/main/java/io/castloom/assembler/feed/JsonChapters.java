package io.castloom.assembler.feed;

import io.castloom.domain.arrangement.TimeShift.MovedChapter;
import io.castloom.service.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes chapters as JSON (podcast namespace, "JSON Chapters Format", version 1.2.0). */
public final class JsonChapters {
  /** The media type of JSON chapters. */
  public static final String MEDIA_TYPE = "application/json+chapters";

  private JsonChapters() {}

  /** The document. Times are seconds with at most three decimals. */
  public static String write(List<MovedChapter> chapters) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (MovedChapter moved : chapters) {
      Map<String, Object> chapter = new LinkedHashMap<>();
      chapter.put("startTime", seconds(moved.start()));
      chapter.put("endTime", seconds(moved.end()));
      chapter.put("title", moved.chapter().title());
      if (moved.chapter().image() != null) {
        chapter.put("img", moved.chapter().image());
      }
      if (moved.chapter().link() != null) {
        chapter.put("url", moved.chapter().link());
      }
      if (moved.chapter().hidden()) {
        chapter.put("toc", false);
      }
      all.add(chapter);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", "1.2.0");
    document.put("chapters", all);
    return Json.write(document);
  }

  private static double seconds(Duration time) {
    return Math.round(time.toNanos() / 1e6) / 1000.0;
  }
}
