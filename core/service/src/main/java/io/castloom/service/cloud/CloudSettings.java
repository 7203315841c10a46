package io.castloom.service.cloud;

import io.castloom.aws.AwsSettings;
import io.castloom.service.names.Names;
import io.castloom.service.settings.SettingsReader;
import java.util.Map;

/**
 * Where buckets and queues are. These settings cannot come from the bucket.
 *
 * @param provision whether missing buckets and queues are made at start: wanted on emulators, while
 *     on AWS the stack makes them
 */
public record CloudSettings(AwsSettings aws, Names names, boolean provision) {

  /** Reads {@code env}, {@code cloud.bucketSuffix}, {@code cloud.provision}, and AWS's own. */
  public static CloudSettings from(SettingsReader reader, Map<String, String> environment) {
    AwsSettings aws = AwsSettings.of(environment);
    String name =
        reader.custom(
            "env",
            Names.DEFAULT_ENVIRONMENT,
            "the environment: the prefix of all buckets and queues",
            text -> Names.of(text).environment());
    String suffix =
        reader.custom(
            "cloud.bucketSuffix",
            "",
            "added to the buckets' names, which are global on AWS",
            text -> new Names(Names.DEFAULT_ENVIRONMENT, text).bucketSuffix());
    boolean provision =
        reader.flag(
            "cloud.provision",
            aws.s3Endpoint() != null,
            "make missing buckets and queues at start");
    return new CloudSettings(aws, new Names(name, suffix), provision);
  }
}
