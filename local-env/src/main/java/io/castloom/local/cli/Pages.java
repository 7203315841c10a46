package io.castloom.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a list of the API to its end. */
final class Pages {
  private Pages() {}

  /**
   * @param path the list's, without parameters
   * @param name the member that holds the items
   */
  static List<JsonNode> all(Api api, String path, String name)
      throws Failure, IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = api.get(path + "?limit=1000" + (next.isEmpty() ? "" : "&after=" + next));
      page.path(name).forEach(items::add);
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    return items;
  }
}
