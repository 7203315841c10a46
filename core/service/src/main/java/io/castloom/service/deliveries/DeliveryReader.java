package io.castloom.service.deliveries;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the delivery log, hour by hour, each in order of time. Memory holds one hour. */
public final class DeliveryReader {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryReader.class);

  private static final String PREFIX = "deliveries/";

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public DeliveryReader(ObjectStore store) {
    this.store = store;
  }

  /** Hands over the lines of a day (UTC) in order of time. */
  public void read(LocalDate day, Consumer<DeliveryLine> to) throws IOException {
    String prefix = PREFIX + day + "/";
    List<DeliveryLine> lines = new ArrayList<>();
    String hour = "";
    String after = "";
    ObjectPage page;
    do {
      page = store.list(prefix, after, 1000);
      for (ObjectInfo info : page.objects()) {
        after = info.key();
        String of = after.substring(0, after.lastIndexOf('/'));
        if (!of.equals(hour)) {
          handOver(lines, to);
          hour = of;
        }
        read(after, lines);
      }
    } while (page.more());
    handOver(lines, to);
  }

  /** The first day (UTC) of the log; empty when nothing was ever delivered. */
  public Optional<LocalDate> first() throws IOException {
    return store.list(PREFIX, "", 1).objects().stream()
        .map(info -> info.key().substring(PREFIX.length()))
        .filter(name -> !name.startsWith("salts/")) // which sort after all dates
        .map(name -> LocalDate.parse(name.substring(0, name.indexOf('/'))))
        .findFirst();
  }

  private static void handOver(List<DeliveryLine> lines, Consumer<DeliveryLine> to) {
    lines.sort(Comparator.comparing(DeliveryLine::at));
    lines.forEach(to);
    lines.clear();
  }

  private void read(String key, List<DeliveryLine> into) throws IOException {
    try (ObjectContent content = store.get(key, null);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(content.stream(), UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        try {
          into.add(Json.read(line, DeliveryLine.class));
        } catch (IOException e) {
          LOG.warn("{} has a line that is none, it is passed over: {}", key, e.getMessage());
        }
      }
    } catch (NoSuchObjectException e) {
      LOG.info("{} was removed while it was read", key);
    }
  }
}
