package io.castloom.ingest.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a request was not done, as RFC 9457 has it ({@code application/problem+json}).
 *
 * @param code names the kind of problem, for example {@code not-a-recording}; it is stable
 * @param detail for people: what is wrong, why, and what to do
 * @param more further members, for example {@code limitBytes}
 */
public record Problem(int status, String code, String detail, Map<String, Object> more) {
  /** The media type of problem details. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    more = Map.copyOf(more);
  }

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, Map.of());
  }

  /** This problem, to be thrown. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  /** The members as they are sent, in the order of the standard. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "urn:castloom:problem:" + code);
    members.put("title", title(status));
    members.put("status", status);
    members.put("detail", detail);
    members.putAll(more);
    return members;
  }

  /** The standard's words for a status. */
  static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Not authenticated";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 406 -> "Not acceptable";
      case 408 -> "Too slow";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 411 -> "Length required";
      case 412 -> "Precondition failed";
      case 413 -> "Too large";
      case 414 -> "Address too long";
      case 415 -> "Wrong media type";
      case 416 -> "Range not satisfiable";
      case 422 -> "Cannot be processed";
      case 428 -> "Precondition required";
      case 429 -> "Too many requests";
      case 431 -> "Headers too large";
      case 460 -> "Checksum mismatch";
      case 503 -> "Not available";
      case 507 -> "No room";
      default -> status < 500 ? "Request failed" : "Server error";
    };
  }
}
