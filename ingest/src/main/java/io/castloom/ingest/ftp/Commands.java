package io.castloom.ingest.ftp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.command.impl.listing.ListArgumentParser;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;

/** The commands that are understood; all others are answered with 502. */
final class Commands {
  /** What an {@code ALLO} announced, in bytes. */
  static final String ANNOUNCED = "castloom.announced";

  private static final List<String> STANDARD =
      List.of(
          "ABOR", "AUTH", "CDUP", "CWD", "DELE", "EPRT", "EPSV", "FEAT", "HELP", "LIST", "MDTM",
          "MFMT", "MKD", "MLSD", "MLST", "MODE", "NLST", "NOOP", "OPTS", "PASS", "PASV", "PBSZ",
          "PORT", "PROT", "PWD", "QUIT", "REIN", "REST", "RMD", "RNFR", "SIZE", "STAT", "STRU",
          "SYST", "TYPE", "USER");

  private Commands() {}

  static Map<String, Command> of(Incoming incoming, boolean requireTls) {
    CommandFactory standard = new CommandFactoryFactory().createCommandFactory();
    Map<String, Command> all = new HashMap<>();
    STANDARD.forEach(name -> all.put(name, standard.getCommand(name)));
    all.put("STOR", new StoreCommand(incoming, false));
    all.put("APPE", new StoreCommand(incoming, true));
    all.put("RNTO", new RenameCommand(incoming));
    all.put("RETR", verbatim(standard.getCommand("RETR")));
    all.put("ALLO", Commands::announce);
    all.computeIfPresent("DELE", (_, it) -> deleting(it));
    List.of("LIST", "MLSD", "NLST")
        .forEach(name -> all.computeIfPresent(name, (_, it) -> found(it)));
    if (requireTls) {
      all.put("USER", encrypted(standard.getCommand("USER")));
      List.of("STOR", "APPE", "RETR", "LIST", "MLSD", "NLST")
          .forEach(name -> all.computeIfPresent(name, (_, it) -> encryptedData(it)));
    }
    return all;
  }

  /** Sound has no lines: what a client forgot to call binary is sent as it is all the same. */
  private static Command verbatim(Command command) {
    return (session, context, request) -> {
      session.setDataType(DataType.BINARY);
      command.execute(session, context, request);
    };
  }

  /** The library's 450 means "later, perhaps": clients such as lftp then ask for ever. */
  private static Command deleting(Command command) {
    return (session, context, request) -> {
      String name = request.getArgument();
      FtpFile file = name == null ? null : session.getFileSystemView().getFile(name);
      if (file == null || file.isRemovable()) {
        command.execute(session, context, request);
      } else {
        session.resetState();
        session.write(
            new DefaultFtpReply(
                550, name + " cannot be deleted: only an upload that waits in /in can be."));
      }
    };
  }

  /** As with {@link #deleting}: what is not there will not be there for asking again. */
  private static Command found(Command command) {
    return (session, context, request) -> {
      String name = ListArgumentParser.parse(request.getArgument()).getFile();
      if (session.getFileSystemView().getFile(name).doesExist()) {
        command.execute(session, context, request);
      } else {
        session.resetState();
        session.write(new DefaultFtpReply(550, name + ": there is nothing of that name."));
        session.getDataConnection().closeDataConnection();
      }
    };
  }

  private static Command encrypted(Command command) {
    return (session, context, request) -> {
      if (session.isSecure()) {
        command.execute(session, context, request);
      } else {
        session.write(new DefaultFtpReply(530, "Encrypt the connection first: AUTH TLS."));
      }
    };
  }

  private static Command encryptedData(Command command) {
    return (session, context, request) -> {
      if (session.getDataConnection().isSecure()) {
        command.execute(session, context, request);
      } else {
        session.write(new DefaultFtpReply(522, "Encrypt data as well: PBSZ 0, PROT P."));
      }
    };
  }

  private static void announce(
      org.apache.ftpserver.impl.FtpIoSession session,
      org.apache.ftpserver.impl.FtpServerContext context,
      org.apache.ftpserver.ftplet.FtpRequest request) {
    String argument = request.getArgument();
    if (argument == null || !argument.strip().matches("\\d{1,15}(\\s.*)?")) {
      session.write(new DefaultFtpReply(501, "ALLO wants a number of bytes."));
      return;
    }
    session.setAttribute(ANNOUNCED, Long.parseLong(argument.strip().split("\\s")[0]));
    session.write(new DefaultFtpReply(200, "Noted."));
  }
}
