package io.castloom.local.rehearsal;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** As much of S3 as a start asks for: objects by path, without conditions or parts. */
final class Buckets {

  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  Answer answer(String method, URI uri, Headers headers, byte[] body) {
    String path = uri.getPath();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    boolean bucket = path.indexOf('/', 1) < 0 || path.endsWith("/");
    if (bucket) {
      return switch (method) {
        case "GET" -> query.contains("list-type=2") ? list(path, query) : setting(query);
        case "POST" -> Answer.xml(200, "<DeleteResult/>");
        default -> Answer.empty(200);
      };
    }
    return switch (method) {
      case "PUT" -> {
        boolean chunked =
            String.valueOf(headers.getFirst("x-amz-content-sha256")).startsWith("STREAMING-");
        byte[] bytes = chunked ? Chunks.joined(body) : body;
        objects.put(path, bytes);
        yield Answer.stored(etag(bytes));
      }
      case "GET", "HEAD" -> {
        byte[] found = objects.get(path);
        yield found == null ? missing() : Answer.bytes(etag(found), found);
      }
      default -> {
        objects.remove(path);
        yield Answer.empty(204);
      }
    };
  }

  private Answer list(String path, String query) {
    String bucket = path.endsWith("/") ? path : path + "/";
    String prefix = bucket + parameter(query, "prefix");
    StringBuilder contents = new StringBuilder();
    objects.forEach(
        (key, bytes) -> {
          if (key.startsWith(prefix)) {
            contents
                .append("<Contents><Key>")
                .append(key, bucket.length(), key.length())
                .append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>")
                .append(etag(bytes).replace("\"", "&quot;"))
                .append("</ETag><Size>")
                .append(bytes.length)
                .append("</Size></Contents>");
          }
        });
    return Answer.xml(
        200,
        "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>");
  }

  private static Answer setting(String query) {
    return query.startsWith("versioning")
        ? Answer.xml(200, "<VersioningConfiguration/>")
        : Answer.xml(404, "<Error><Code>NoSuchConfiguration</Code></Error>");
  }

  private static Answer missing() {
    return Answer.xml(404, "<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>");
  }

  private static String parameter(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static String etag(byte[] bytes) {
    return '"' + Md5.hex(bytes) + '"';
  }
}
