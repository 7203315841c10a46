package io.castloom.assembler;

import io.castloom.service.process.Role;
import io.castloom.service.process.Service;

/** The process {@code assembler}; {@link Assembler} is the list of its parts. */
public final class AssemblerMain {

  private AssemblerMain() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs it until it is told to end; gives the exit code. */
  public static int run(String[] args) {
    return Service.main(Role.ASSEMBLER, args, AssemblerSettings::from, Assembler::build);
  }
}
