package io.castloom.ingest.ftp;

import java.io.IOException;
import java.time.Instant;
import org.apache.ftpserver.command.AbstractCommand;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** {@code RNTO}: gives a waiting file its right name, which takes it in. */
final class RenameCommand extends AbstractCommand {
  private final Incoming incoming;

  RenameCommand(Incoming incoming) {
    this.incoming = incoming;
  }

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
      throws IOException, FtpException {
    FtpFile from = session.getRenameFrom();
    session.resetState();
    session.write(rename(session, from, request));
  }

  private DefaultFtpReply rename(FtpIoSession session, FtpFile from, FtpRequest request)
      throws FtpException {
    if (from == null) {
      return new DefaultFtpReply(503, "Say RNFR first.");
    }
    if (request.getArgument() == null) {
      return new DefaultFtpReply(501, "RNTO wants a file's name.");
    }
    AccountView view = (AccountView) session.getFileSystemView();
    Entry to = view.entry(request.getArgument());
    if (!(to.content() instanceof Entry.Content.Arriving arriving)
        || !(from instanceof Entry(String _, Entry.Content.Arriving waiting, long _, Instant _))) {
      return new DefaultFtpReply(553, "Only files in /in can be renamed, and only within /in.");
    }
    try {
      return switch (incoming.rename(view.account(), waiting.path(), arriving.path())) {
        case Incoming.Ended.Waits() -> new DefaultFtpReply(250, "Renamed; it still waits.");
        case Incoming.Ended.Taken taken ->
            new DefaultFtpReply(250, "Renamed; it is job " + taken.accepted().job().id() + ".");
        case Incoming.Ended.Refused(String reason) ->
            new DefaultFtpReply(550, "Not taken: " + reason + ".");
      };
    } catch (IOException e) {
      return new DefaultFtpReply(450, String.valueOf(e.getMessage()));
    }
  }
}
