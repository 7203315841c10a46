package io.castloom.ingest.http;

import io.javalin.config.RoutesConfig;

/** Some paths of the API and what they do. */
@FunctionalInterface
public interface Routes {
  /** Adds them. */
  void install(RoutesConfig routes);
}
