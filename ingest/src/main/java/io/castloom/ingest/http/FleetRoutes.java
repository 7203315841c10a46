package io.castloom.ingest.http;

import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.QueueCounts;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.jobs.WorkQueues;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/queues} and {@code /v1/fleet}, for operators. */
public final class FleetRoutes implements Routes {
  private final WorkQueues queues;
  private final FleetView fleet;

  public FleetRoutes(WorkQueues queues, FleetView fleet) {
    this.queues = queues;
    this.fleet = fleet;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/queues", this::queues);
    routes.get("/v1/fleet", this::fleet);
  }

  private void queues(Context ctx) throws IOException {
    Gate.operator(ctx);
    Optional<FleetStatus> status = fleet.status();
    List<Map<String, Object>> all = new ArrayList<>();
    for (WorkClass workClass : WorkClass.all()) {
      QueueCounts counts = queues.of(workClass).counts();
      FleetStatus.Waiting waiting =
          status.map(it -> it.waiting(workClass)).orElse(FleetStatus.Waiting.NOTHING);
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("class", workClass.slug());
      view.put("queue", queues.of(workClass).name());
      view.put("visible", counts.visible());
      view.put("inFlight", counts.inFlight());
      view.put("delayed", counts.delayed());
      view.put("waiting", waiting.tasks());
      view.put("oldestWaitSeconds", waiting.oldestWait().toMillis() / 1000.0);
      view.put("workSeconds", waiting.work().toMillis() / 1000.0);
      all.add(view);
    }
    Map<String, Object> dead = new LinkedHashMap<>();
    for (TaskKind kind : TaskKind.values()) {
      dead.put(kind.slug(), queues.anyOf(kind).deadLetters().count());
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("queues", all);
    view.put("deadLetters", dead);
    status.ifPresent(it -> view.put("asOf", it.at()));
    Call.json(ctx, 200, view);
  }

  private void fleet(Context ctx) throws IOException {
    Gate.operator(ctx);
    FleetStatus status =
        fleet
            .status()
            .orElseThrow(
                () -> Call.notFound("no autoscaler has described the fleet yet; is one running?"));
    Call.json(ctx, 200, status);
  }
}
