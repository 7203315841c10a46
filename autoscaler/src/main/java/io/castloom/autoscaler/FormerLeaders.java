package io.castloom.autoscaler;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.json.Json;
import io.castloom.service.json.SpoiltDocuments;
import io.castloom.service.json.UnreadableDocumentException;
import io.castloom.service.leader.LeaderLease;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What tells of them but the lease: the fleet's description and the launches. */
final class FormerLeaders implements LeaderLease.LastEpoch {

  private static final Logger LOG = LoggerFactory.getLogger(FormerLeaders.class);

  private final ObjectStore store;
  private final SpoiltDocuments spoilt;

  FormerLeaders(ObjectStore store, SpoiltDocuments spoilt) {
    this.store = store;
    this.spoilt = spoilt;
  }

  /** What cannot be read tells nothing. */
  @Override
  public long known() throws IOException {
    long described = 0;
    try {
      described = Json.read(store, FleetStatus.KEY, FleetStatus.class).epoch();
    } catch (NoSuchObjectException | UnreadableDocumentException e) {
      LOG.debug("no description of the fleet tells who led: {}", e.toString());
    }
    long began = 0;
    try {
      began =
          LaunchNotes.documents(store)
              .find(LaunchNotes.KEY)
              .map(it -> it.value().epoch())
              .orElse(0L);
    } catch (UnreadableDocumentException e) {
      LOG.debug("no launches tell who led: {}", e.toString());
    }
    return Math.max(described, began);
  }

  @Override
  public void spoilt(UnreadableDocumentException lease) throws IOException {
    spoilt.keep(lease, "it is written anew");
  }
}
