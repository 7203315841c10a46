package io.castloom.autoscaler.replay;

import io.castloom.domain.scaling.sim.SimulationResult;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A replay as one HTML file with its pictures inside: no script, nothing loaded from elsewhere. */
public final class ReplayHtml {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 220;
  private static final List<String> COLOURS = List.of("#1f6feb", "#d1242f", "#8250df", "#bf8700");
  private static final int DRAWN = 3;

  private final Replay.Answer answer;
  private final StringBuilder html = new StringBuilder();

  private ReplayHtml(Replay.Answer answer) {
    this.answer = answer;
  }

  /** The whole file. */
  public static String of(Replay.Answer answer) {
    return new ReplayHtml(answer).write();
  }

  private String write() {
    html.append(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Castloom replay: ")
        .append(escaped(answer.trace().name()))
        .append("</title><style>body{font:14px system-ui,sans-serif;margin:2em;max-width:1040px}")
        .append(
            "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #ddd}")
        .append(
            "td:first-child,th:first-child{text-align:left}svg{display:block;margin:.5em 0 1.5em}</style></head><body>");
    html.append("<h1>").append(escaped(answer.trace().name())).append("</h1><p>");
    html.append(
        String.format(
            Locale.ROOT,
            "%d tasks in %.1f h, %.1f h of work. No plan can cost less than %.1f instance hours.",
            answer.trace().jobs().size(),
            answer.trace().seconds() / 3600,
            answer.trace().workHours(),
            answer.boundHours()));
    html.append("</p>");
    table();
    chart("Instances", SimulationResult.Sample::instances, 0);
    chart("Waiting tasks", SimulationResult.Sample::waiting, 0);
    chart("Oldest wait, seconds", SimulationResult.Sample::oldestWait, answer.targetSeconds());
    return html.append("</body></html>\n").toString();
  }

  private void table() {
    html.append(
        "<table><tr><th>policy</th><th>in time</th><th>p50</th><th>p95</th><th>longest</th><th>instance hours</th><th>over the bound</th><th>USD</th><th>launches</th></tr>");
    for (int i = 0; i < answer.runs().size(); i++) {
      Replay.Run run = answer.runs().get(i);
      SimulationResult r = run.result();
      String colour = i < DRAWN ? " style=\"color:" + COLOURS.get(i) + "\"" : "";
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><td%s>%s</td><td>%.1f %%</td><td>%.0f s</td><td>%.0f s</td><td>%.0f s</td><td>%.1f</td><td>%.2f</td><td>%.2f</td><td>%d</td></tr>",
              colour,
              escaped(run.name()),
              100 * run.inTime(),
              r.waitPercentile(0.5),
              r.waitPercentile(0.95),
              r.waitPercentile(1),
              r.instanceHours(),
              r.instanceHours() / answer.boundHours(),
              r.usd(),
              r.launches()));
    }
    html.append("</table>");
  }

  private void chart(String title, ToDoubleFunction<SimulationResult.Sample> value, double line) {
    double most = Math.max(line * 1.2, 1);
    double end = 1;
    List<Replay.Run> drawn = answer.runs().subList(0, Math.min(DRAWN, answer.runs().size()));
    for (Replay.Run run : drawn) {
      for (SimulationResult.Sample sample : run.result().samples()) {
        most = Math.max(most, value.applyAsDouble(sample));
        end = Math.max(end, sample.at());
      }
    }
    html.append("<h2>").append(title).append("</h2>");
    html.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT,
            title));
    html.append(
        String.format(
            Locale.ROOT,
            "<rect width=\"%d\" height=\"%d\" fill=\"#f6f8fa\"/><text x=\"4\" y=\"14\" font-size=\"12\">%.0f</text>",
            WIDTH,
            HEIGHT,
            most));
    for (double day = 86_400; day < end; day += 86_400) {
      html.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#d0d7de\"/>",
              day / end * WIDTH,
              day / end * WIDTH,
              HEIGHT));
    }
    if (line > 0) {
      double y = HEIGHT - line / most * HEIGHT;
      html.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#57606a\" stroke-dasharray=\"4\"/>",
              WIDTH,
              y,
              y));
    }
    for (int i = drawn.size() - 1; i >= 0; i--) {
      html.append("<polyline fill=\"none\" stroke-width=\"1.2\" stroke=\"")
          .append(COLOURS.get(i))
          .append("\" points=\"");
      for (SimulationResult.Sample sample : drawn.get(i).result().samples()) {
        html.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                sample.at() / end * WIDTH,
                HEIGHT - value.applyAsDouble(sample) / most * HEIGHT));
      }
      html.append("\"/>");
    }
    html.append("</svg>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
