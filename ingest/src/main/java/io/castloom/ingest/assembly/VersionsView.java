package io.castloom.ingest.assembly;

import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.MediaVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An episode's media versions as clients see them; paths are those of the public addresses. */
final class VersionsView {
  private VersionsView() {}

  static Map<String, Object> of(EpisodeMedia media) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("current", media.current().values().stream().map(VersionsView::version).toList());
    view.put("ads", media.placements());
    List<Map<String, Object>> earlier =
        media.earlier().stream()
            .map(
                replaced -> {
                  Map<String, Object> one = version(replaced.version());
                  one.put("replacedAt", replaced.at());
                  return one;
                })
            .toList();
    view.put("earlier", earlier);
    return view;
  }

  private static Map<String, Object> version(MediaVersion version) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", version.id());
    view.put("format", version.format());
    view.put("path", "/" + version.key());
    view.put("mediaType", version.mediaType());
    view.put("bytes", version.sizeBytes());
    view.put("throughAssembler", version.ownBytes());
    view.put("seconds", version.duration().toMillis() / 1000.0);
    view.put("night", version.night());
    view.put("createdAt", version.createdAt());
    return view;
  }
}
