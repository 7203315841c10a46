package io.castloom.domain.delivery;

import java.util.List;
import java.util.Locale;

/** Tells user agents that nobody listens with. */
public final class Agents {
  // words that crawlers, monitors, previewers and bare HTTP libraries put into their names
  private static final List<String> WORDS =
      List.of(
          "bot",
          "spider",
          "crawl",
          "slurp",
          "scrape",
          "monitor",
          "pingdom",
          "uptime",
          "preview",
          "validator",
          "checker",
          "headless",
          "facebookexternalhit",
          "whatsapp",
          "python-requests",
          "python-urllib",
          "aiohttp",
          "go-http-client",
          "java/",
          "libwww",
          "wget",
          "httpie",
          "feedfetcher",
          "feedparser",
          "ia_archiver",
          "lighthouse",
          "nagios",
          "semrush",
          "archive.org");

  private Agents() {}

  /**
   * Whether an agent is not a listener's. An empty one is not either; nor is a watch that downloads
   * a second time what its phone has (IAB 2.3, "Apple Watch").
   */
  public static boolean notListening(String agent) {
    String lower = agent.toLowerCase(Locale.ROOT);
    return lower.isBlank() || lower.contains("watchos") || WORDS.stream().anyMatch(lower::contains);
  }
}
