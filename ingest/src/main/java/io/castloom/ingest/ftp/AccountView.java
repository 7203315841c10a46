package io.castloom.ingest.ftp;

import io.castloom.domain.account.AccountId;
import io.castloom.service.accounts.Account;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;

/** The tree as one account sees it. */
final class AccountView implements FileSystemView {
  /** Characters of a file's name, at most. */
  static final int MAX_NAME = 200;

  private final Account account;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private String here = "/";

  AccountView(User user, Incoming incoming, Outgoing outgoing) {
    this.account = ((AccountUser) user).account();
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  Account account() {
    return account;
  }

  @Override
  public FtpFile getHomeDirectory() throws FtpException {
    return getFile("/");
  }

  @Override
  public FtpFile getWorkingDirectory() throws FtpException {
    return getFile(here);
  }

  @Override
  public boolean changeWorkingDirectory(String directory) throws FtpException {
    Entry entry = entry(directory);
    if (!entry.isDirectory()) {
      return false;
    }
    here = entry.path();
    return true;
  }

  @Override
  public FtpFile getFile(String file) throws FtpException {
    return entry(file);
  }

  @Override
  public boolean isRandomAccessible() {
    return true;
  }

  @Override
  public void dispose() {
    // there is nothing to give back
  }

  /** What lies at a path, relative to the working directory. */
  Entry entry(String path) throws FtpException {
    try {
      return find(parts(path));
    } catch (IOException e) {
      throw new FtpException("the storage does not answer; try again", e);
    }
  }

  private List<String> parts(String path) {
    Deque<String> parts = new ArrayDeque<>();
    String absolute = path.startsWith("/") ? path : here + "/" + path;
    for (String part : absolute.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return List.copyOf(parts);
  }

  private Entry find(List<String> parts) throws IOException {
    String path = "/" + String.join("/", parts);
    if (parts.isEmpty()) {
      return Entry.folder("/", this::root);
    }
    return switch (parts.getFirst()) {
      case "in" -> in(path, parts);
      case "out" -> out(path, parts);
      case "status.txt" -> parts.size() == 1 ? status() : Entry.nothing(path);
      default -> Entry.nothing(path);
    };
  }

  private List<Entry> root() throws IOException {
    return List.of(Entry.folder("/in", List::of), Entry.folder("/out", List::of), status());
  }

  private Entry status() throws IOException {
    return Entry.text("/status.txt", outgoing.status(id()), outgoing.now());
  }

  private Entry in(String path, List<String> parts) throws IOException {
    if (parts.size() == 1) {
      return Entry.folder(path, this::inbox);
    }
    String name = parts.getLast();
    if (parts.size() == 2) {
      return incoming.inbox().isShow(id(), name)
          ? Entry.folder(path, () -> arrivals(path))
          : arriving(new InPath(null, name));
    }
    boolean fits = parts.size() == 3 && incoming.inbox().isShow(id(), parts.get(1));
    return fits ? arriving(new InPath(parts.get(1), name)) : Entry.nothing(path);
  }

  private List<Entry> inbox() throws IOException {
    List<Entry> all = new ArrayList<>();
    for (String show : incoming.inbox().shows(id())) {
      all.add(Entry.folder("/in/" + show, List::of));
    }
    all.addAll(arrivals("/in"));
    return all;
  }

  private List<Entry> arrivals(String folder) {
    return incoming.list(id(), folder).stream().map(it -> arriving(it.path())).toList();
  }

  private Entry arriving(InPath path) {
    if (path.name().length() > MAX_NAME || path.name().chars().anyMatch(c -> c < 0x20)) {
      return Entry.nothing(path.toString());
    }
    Optional<Transfer.Listed> listed = incoming.find(id(), path);
    return new Entry(
        path.toString(),
        new Entry.Content.Arriving(path, listed.isPresent(), () -> incoming.remove(id(), path)),
        listed.map(Transfer.Listed::sizeBytes).orElse(0L),
        listed.map(Transfer.Listed::at).orElse(Instant.EPOCH));
  }

  private Entry out(String path, List<String> parts) throws IOException {
    if (parts.size() == 1) {
      return Entry.folder(path, this::outbox);
    }
    for (Outgoing.Item item : outgoing.items(id())) {
      Optional<Entry> top = top(item);
      if (top.isPresent() && top.get().getName().equals(parts.get(1))) {
        if (parts.size() == 2) {
          return top.get();
        }
        return files(item).stream()
            .filter(file -> parts.size() == 3 && file.path().equals(path))
            .findFirst()
            .orElse(Entry.nothing(path));
      }
    }
    return Entry.nothing(path);
  }

  private List<Entry> outbox() throws IOException {
    return outgoing.items(id()).stream().flatMap(item -> top(item).stream()).toList();
  }

  /** A done one's folder, a failed one's text; nothing while it is at work. */
  private Optional<Entry> top(Outgoing.Item item) {
    if (item.failed()) {
      return Optional.of(Entry.text("/out/" + item.name() + ".error.txt", item.words(), item.at()));
    }
    return item.files().isEmpty()
        ? Optional.empty()
        : Optional.of(Entry.folder("/out/" + item.name(), () -> files(item)));
  }

  private List<Entry> files(Outgoing.Item item) {
    List<Entry> files = new ArrayList<>();
    item.files()
        .forEach(
            (name, product) ->
                files.add(
                    new Entry(
                        "/out/" + item.name() + "/" + name,
                        new Entry.Content.Stored(outgoing.store(), product.key()),
                        product.sizeBytes(),
                        item.at())));
    return files;
  }

  private AccountId id() {
    return account.id();
  }
}
