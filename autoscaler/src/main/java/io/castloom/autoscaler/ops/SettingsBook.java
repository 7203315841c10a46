package io.castloom.autoscaler.ops;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.SettingKeys;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Documents;
import io.castloom.service.json.Json;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The planner's settings in force: those that the autoscaler started with, {@code
 * fleet/settings-base.json}, and on top of them what operators changed while it ran, {@code
 * fleet/settings.json}, each change with its author. They are read at every tick.
 */
public final class SettingsBook {

  private static final String BASE = "fleet/settings-base.json";
  private static final String CHANGES = "fleet/settings.json";
  private static final int KEPT = 200;

  private final ObjectStore store;
  private final Documents<Changes> documents;

  /**
   * A change.
   *
   * @param version counts the changes, from 1
   * @param values by key; an empty one returns to what the autoscaler started with
   * @param before what was changed from, for undoing it; empty as above
   */
  public record Change(
      long version,
      Instant at,
      String author,
      Map<String, String> values,
      Map<String, String> before) {
    public Change {
      values = Map.copyOf(values);
      before = Map.copyOf(before);
    }
  }

  /** All changes, oldest first, and what they come to. */
  record Changes(List<Change> changes, Map<String, String> overrides) {
    Changes {
      changes = List.copyOf(changes.subList(Math.max(0, changes.size() - KEPT), changes.size()));
      overrides = Map.copyOf(overrides);
    }

    static Changes none() {
      return new Changes(List.of(), Map.of());
    }
  }

  /**
   * @param store the private bucket
   */
  public SettingsBook(ObjectStore store) {
    this.store = store;
    this.documents = new Documents<>(store, Changes.class);
  }

  /** Lets everybody know what the autoscaler started with. */
  public void publishBase(ScalingSettings base) throws IOException {
    store.put(BASE, Json.data(SettingKeys.text(base)), PutCondition.always());
  }

  /**
   * What the autoscaler started with.
   *
   * @throws io.castloom.domain.store.NoSuchObjectException none has run in this environment yet
   */
  public ScalingSettings base() throws IOException {
    Map<String, String> text = new LinkedHashMap<>();
    Json.read(store, BASE, tools.jackson.databind.JsonNode.class)
        .properties()
        .forEach(entry -> text.put(entry.getKey(), entry.getValue().asString()));
    return SettingKeys.with(any(), text);
  }

  /** Every key is set afterwards, so these values matter to nobody. */
  private static ScalingSettings any() {
    return ScalingSettings.defaults(new InstanceType("any", 1, 1, 1, 1), 1);
  }

  /**
   * The settings in force.
   *
   * @throws IllegalArgumentException what operators changed does not go with the base any more
   */
  public ScalingSettings effective(ScalingSettings base) throws IOException {
    return SettingKeys.with(base, overrides());
  }

  /** What operators changed, by key. */
  public Map<String, String> overrides() throws IOException {
    return documents.find(CHANGES).map(document -> document.value().overrides()).orElse(Map.of());
  }

  /** The changes, oldest first. */
  public List<Change> changes() throws IOException {
    return documents.find(CHANGES).map(document -> document.value().changes()).orElse(List.of());
  }

  /**
   * Changes settings; they hold from the next tick on.
   *
   * @param values by key, as in {@code targetWait.high=45s}
   * @throws IllegalArgumentException a key is unknown or a rule is broken; nothing is changed
   */
  public Change set(String author, Map<String, String> values, Instant now) throws IOException {
    ScalingSettings base = base();
    Changes after =
        documents.update(
            CHANGES,
            before -> {
              Changes known = before == null ? Changes.none() : before;
              Map<String, String> was = new LinkedHashMap<>();
              Map<String, String> overrides = new LinkedHashMap<>(known.overrides());
              values.forEach(
                  (key, value) -> {
                    was.put(key, known.overrides().getOrDefault(key, ""));
                    if (value.isEmpty()) {
                      overrides.remove(key);
                    } else {
                      overrides.put(key, value);
                    }
                  });
              var _ = SettingKeys.with(base, overrides);
              long version =
                  known.changes().isEmpty() ? 1 : known.changes().getLast().version() + 1;
              List<Change> changes = new ArrayList<>(known.changes());
              changes.add(new Change(version, now, author, values, was));
              return new Changes(changes, overrides);
            });
    return after.changes().getLast();
  }

  /**
   * Writes settings in the place of changes that cannot be read, as a change by {@code author};
   * what was changed before, and by whom, is in what was kept of the spoilt document alone.
   *
   * @return false when somebody wrote them meanwhile
   */
  public boolean mend(
      UnreadableDocumentException spoilt,
      ScalingSettings base,
      ScalingSettings known,
      String author,
      Instant now)
      throws IOException {
    Map<String, String> was = SettingKeys.text(base);
    Map<String, String> overrides = new LinkedHashMap<>();
    Map<String, String> before = new LinkedHashMap<>();
    SettingKeys.text(known)
        .forEach(
            (key, value) -> {
              if (!value.equals(was.get(key))) {
                overrides.put(key, value);
                before.put(key, "");
              }
            });
    Changes mended = new Changes(List.of(new Change(1, now, author, overrides, before)), overrides);
    return documents.replace(CHANGES, spoilt, mended).isPresent();
  }

  /**
   * Takes the last change back, as a change of its own.
   *
   * @throws IllegalArgumentException nothing was ever changed
   */
  public Change undo(String author, Instant now) throws IOException {
    List<Change> all = changes();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("nothing was changed that could be undone");
    }
    return set(author, all.getLast().before(), now);
  }
}
