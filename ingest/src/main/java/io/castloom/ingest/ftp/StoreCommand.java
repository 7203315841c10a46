package io.castloom.ingest.ftp;

import io.castloom.ingest.intake.Reception;
import io.castloom.ingest.intake.UploadHerald;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.ftpserver.command.AbstractCommand;
import org.apache.ftpserver.ftplet.DataConnection;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code STOR} and {@code APPE}: receives a file, looks at it, and answers only then: 226 means
 * that its job is on its way, 550 says why it is not. A transfer that broke off queues nothing;
 * what has come of it waits to be gone on with by {@code REST} or {@code APPE}.
 */
final class StoreCommand extends AbstractCommand {
  private static final Logger LOG = LoggerFactory.getLogger(StoreCommand.class);

  /** How long after the end of the data news of the sender's own end may take to arrive. */
  private static final Duration NEWS = Duration.ofMillis(300);

  private final Incoming incoming;
  private final boolean append;

  StoreCommand(Incoming incoming, boolean append) {
    this.incoming = incoming;
    this.append = append;
  }

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
      throws IOException, FtpException {
    long offset = append ? -1 : session.getFileOffset();
    Object announced = session.removeAttribute(Commands.ANNOUNCED);
    session.resetState();
    session.setDataType(DataType.BINARY);
    try {
      session.write(
          receive(session, request, offset, announced instanceof Long bytes ? bytes : -1));
    } finally {
      session.getDataConnection().closeDataConnection();
    }
  }

  private DefaultFtpReply receive(
      FtpIoSession session, FtpRequest request, long offset, long announced) throws FtpException {
    AccountView view = (AccountView) session.getFileSystemView();
    if (request.getArgument() == null) {
      return new DefaultFtpReply(501, request.getCommand() + " wants a file's name.");
    }
    Entry entry = view.entry(request.getArgument());
    if (!(entry.content() instanceof Entry.Content.Arriving arriving)) {
      return new DefaultFtpReply(
          553,
          entry.getName().length() > AccountView.MAX_NAME
              ? "A name has at most " + AccountView.MAX_NAME + " characters."
              : entry.path() + " cannot be written: send files to /in or /in/<show>.");
    }
    Transfer transfer;
    try {
      transfer = incoming.begin(view.account(), arriving.path(), offset);
    } catch (IOException e) {
      return new DefaultFtpReply(450, String.valueOf(e.getMessage()));
    }
    session
        .write(new DefaultFtpReply(150, "Send " + arriving.path().name() + "."))
        .awaitUninterruptibly(10_000);
    try (ControlWatch watch =
        ControlWatch.of(session, session.getDataConnection()::closeDataConnection)) {
      return receive(session, watch, transfer, announced);
    }
  }

  private DefaultFtpReply receive(
      FtpIoSession session, ControlWatch watch, Transfer transfer, long announced) {
    DataConnection data;
    try {
      data = session.getDataConnection().openConnection();
    } catch (Exception e) { // what the server declares
      incoming.pause(transfer);
      return new DefaultFtpReply(425, "The data connection cannot be opened.");
    }
    try (UploadHerald.Watch herald = incoming.watch(transfer, announced)) {
      return receive(session, watch, transfer, new Sent(data, announced, herald));
    }
  }

  /** A transfer that has begun. */
  private record Sent(DataConnection data, long announced, UploadHerald.Watch herald) {}

  private DefaultFtpReply receive(
      FtpIoSession session, ControlWatch watch, Transfer transfer, Sent sent) {
    Reception reception = transfer.reception();
    try {
      sent.data().transferFromClient(session.getFtpletSession(), new Kept(reception));
    } catch (IOException e) {
      incoming.pause(transfer);
      sent.herald().rest();
      return broken(reception, e);
    }
    session.getDataConnection().closeDataConnection();
    long end = System.nanoTime();
    try {
      Incoming.Ended ended =
          incoming.finish(
              transfer,
              () -> {
                if (sent.announced() >= 0 && reception.received() < sent.announced()) {
                  throw new CutOffException(
                      "only " + reception.received() + " of " + sent.announced() + " bytes came");
                }
                stillThere(watch, end);
              });
      if (ended instanceof Incoming.Ended.Waits) {
        sent.herald().rest();
      }
      return answer(ended);
    } catch (CutOffException e) {
      sent.herald().rest();
      LOG.info("a transfer broke off after {} bytes", reception.received());
      return new DefaultFtpReply(426, "The transfer broke off: " + e.getMessage() + ".");
    } catch (IOException e) {
      LOG.error("a file could not be taken in: {}", e.toString(), e);
      return new DefaultFtpReply(
          451, "The storage behind this server did not answer; send the end of the file again.");
    }
  }

  private static DefaultFtpReply answer(Incoming.Ended ended) {
    return switch (ended) {
      case Incoming.Ended.Waits() -> new DefaultFtpReply(226, "Received; it waits for its rename.");
      case Incoming.Ended.Taken taken ->
          new DefaultFtpReply(226, "Received; it is job " + taken.accepted().job().id() + ".");
      case Incoming.Ended.Refused(String reason) ->
          new DefaultFtpReply(550, "Not taken: " + reason + ".");
    };
  }

  private static DefaultFtpReply broken(Reception reception, IOException e) {
    return switch (e) {
      case io.castloom.ingest.intake.SpoolFullException full ->
          new DefaultFtpReply(452, String.valueOf(full.getMessage()));
      case io.castloom.ingest.intake.TooLargeException large ->
          new DefaultFtpReply(552, String.valueOf(large.getMessage()));
      default -> {
        LOG.info("a transfer broke off after {} bytes: {}", reception.received(), e.toString());
        yield new DefaultFtpReply(426, "The transfer broke off.");
      }
    };
  }

  private static void stillThere(ControlWatch watch, long end) throws IOException {
    Duration since = Duration.ofNanos(System.nanoTime() - end);
    try {
      if (watch.goneWithin(NEWS.minus(since))) {
        throw new CutOffException("its sender left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("stopped").initCause(e);
    }
  }

  /** The server closes what it writes to, also after a transfer that broke off. */
  private static final class Kept extends OutputStream {
    private final Reception reception;

    Kept(Reception reception) {
      this.reception = reception;
    }

    @Override
    public void write(int b) throws IOException {
      reception.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      reception.write(bytes, offset, length);
    }
  }
}
