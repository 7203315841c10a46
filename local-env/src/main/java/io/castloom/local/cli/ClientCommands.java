package io.castloom.local.cli;

import picocli.CommandLine;

/** The commands that talk to a running Castloom. */
public final class ClientCommands {

  private ClientCommands() {}

  public static void addTo(CommandLine castloom) {
    castloom.addSubcommand(new LoginCommand());
    castloom.addSubcommand(new UploadCommand());
    castloom.addSubcommand(new JobCommand());
    castloom.addSubcommand(new ProfileCommand());
    castloom.addSubcommand(new CoverCommand());
    castloom.addSubcommand(new DeadCommand());
    castloom.addSubcommand(new AssembleCommand());
    castloom.addSubcommand(new NightlyCommand());
    for (DocumentCommand.Kind kind : DocumentCommand.Kind.values()) {
      castloom.addSubcommand(DocumentCommand.of(kind));
    }
  }
}
