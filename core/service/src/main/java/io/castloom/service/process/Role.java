package io.castloom.service.process;

/**
 * Which process this is.
 *
 * @param name as in {@code castloom run <name>} and {@code config/<name>.json}
 * @param adminPort its admin port unless set otherwise
 */
public record Role(String name, int adminPort) {

  public static final Role INGEST = new Role("ingest", 9401);
  public static final Role WORKER = new Role("worker", 9402);
  public static final Role ASSEMBLER = new Role("assembler", 9403);
  public static final Role AUTOSCALER = new Role("autoscaler", 9404);

  /** Its settings in the private bucket. */
  public String configKey() {
    return "config/" + name + ".json";
  }
}
