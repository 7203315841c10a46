package io.castloom.aws.cloudwatch;

import io.castloom.aws.AwsFaults;
import io.castloom.domain.metric.Figure;
import io.castloom.domain.metric.FigureSink;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/** Figures as custom metrics of a CloudWatch namespace, by {@code PutMetricData}. */
public final class CloudWatchFigureSink implements FigureSink {

  /** Of one request (CloudWatch API reference, PutMetricData). */
  private static final int MOST = 1_000;

  /** The API's characters; names that begin with {@code AWS/} are Amazon's own. */
  private static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[A-Za-z0-9._/#:-]{1,255}");

  private final CloudWatchClient cloudWatch;
  private final String namespace;
  private final AwsFaults faults;

  /**
   * @param namespace 1 to 255 of {@code [A-Za-z0-9._/#:-]}
   * @throws IllegalArgumentException it is another
   */
  public CloudWatchFigureSink(CloudWatchClient cloudWatch, String namespace) {
    this.cloudWatch = cloudWatch;
    this.namespace = requireNamespace(namespace);
    this.faults = AwsFaults.of("CloudWatch", cloudWatch.serviceClientConfiguration());
  }

  /** Gives it back, or says what is wrong with it. */
  public static String requireNamespace(String namespace) {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "a CloudWatch namespace is 1 to 255 of A-Z, a-z, 0-9 and ._/#:- and does not begin with"
              + " AWS/, not \""
              + namespace
              + "\"");
    }
    return namespace;
  }

  @Override
  public void publish(List<Figure> figures, Instant at) throws IOException {
    for (int from = 0; from < figures.size(); from += MOST) {
      List<MetricDatum> data =
          figures.subList(from, Math.min(figures.size(), from + MOST)).stream()
              .map(figure -> datum(figure, at))
              .toList();
      try {
        cloudWatch.putMetricData(request -> request.namespace(namespace).metricData(data));
      } catch (SdkException e) {
        throw faults.translate("PutMetricData of " + namespace, e);
      }
    }
  }

  private static MetricDatum datum(Figure figure, Instant at) {
    return MetricDatum.builder()
        .metricName(figure.name())
        .timestamp(at)
        .value(figure.value())
        .unit(
            switch (figure.unit()) {
              case SECONDS -> StandardUnit.SECONDS;
              case COUNT -> StandardUnit.COUNT;
              case NONE -> StandardUnit.NONE;
            })
        .dimensions(
            figure.labels().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(it -> Dimension.builder().name(it.getKey()).value(it.getValue()).build())
                .toList())
        .build();
  }
}
