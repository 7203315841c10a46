package io.castloom.aws.ec2;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What an instance carries: whose it is, what it is to become, which decision launched it. */
public final class Ec2Tags {

  /** The environment, for example {@code castloom}. */
  public static final String ENVIRONMENT = "castloom-env";

  /** The process that the instance runs: {@code worker} or {@code assembler}. */
  public static final String ROLE = "castloom-role";

  private Ec2Tags() {}

  /** The role of a kind's instances. */
  public static String role(TaskKind kind) {
    return switch (kind) {
      case TRANSCODE -> "worker";
      case ASSEMBLY -> "assembler";
    };
  }

  /** The kind of a role; empty for processes that take no tasks. */
  public static Optional<TaskKind> kind(String role) {
    return Arrays.stream(TaskKind.values()).filter(kind -> role(kind).equals(role)).findAny();
  }

  static List<Tag> of(String environment, LaunchRequest request) {
    return List.of(
        tag("Name", environment + "-" + role(request.kind())),
        tag(ENVIRONMENT, environment),
        tag(ROLE, role(request.kind())),
        tag(Instance.LAUNCH_TOKEN, request.token()),
        tag(FleetImage.TAG, request.image().value()));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  static Map<String, String> map(List<Tag> tags) {
    Map<String, String> map = new LinkedHashMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value()));
    return map;
  }
}
