package io.castloom.ingest;

import io.castloom.ingest.delivery.DeliveryLog;
import io.castloom.ingest.intake.Spool;
import io.castloom.service.telemetry.Telemetry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;

/** What ingest tells of itself. */
final class IngestMetrics {
  private IngestMetrics() {}

  static void bind(Telemetry telemetry, DeliveryLog log) {
    FunctionCounter.builder("castloom.delivery.lines.dropped", log, DeliveryLog::dropped)
        .description("lines of the delivery log that were lost because the store did not answer")
        .register(telemetry.registry());
  }

  static void bind(Telemetry telemetry, Spool spool) {
    Gauge.builder("castloom.ingest.spool.bytes", spool, Spool::reservedBytes)
        .description("disk that uploads in progress take")
        .register(telemetry.registry());
    Gauge.builder("castloom.ingest.spool.limit.bytes", spool, Spool::maxBytes)
        .description("disk that they may take")
        .register(telemetry.registry());
  }
}
