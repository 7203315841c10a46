package io.castloom.local.rehearsal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of EC2 (its query protocol) as a start asks for: there is no instance. */
final class Machines {

  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  private Machines() {}

  static Answer answer(String request) {
    Matcher found = ACTION.matcher(request);
    String action = found.find() ? found.group(1) : "Unknown";
    String set = action.equals("DescribeInstances") ? "<reservationSet/>" : "";
    return Answer.xml(
        200,
        "<%sResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>1</requestId>%s</%sResponse>"
            .formatted(action, set, action));
  }
}
