package io.castloom.ingest.delivery;

import io.castloom.domain.document.Slug;
import io.castloom.ingest.http.Call;
import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of public addresses. Whatever is no name is not found, and never becomes a key. */
final class Names {
  private static final Pattern FILE = Pattern.compile("([a-z0-9-]{1,64})\\.([a-z0-9]{2,5})");

  private Names() {}

  /** A file's name: a slug, a version or a number, and its extension. */
  record File(String name, String extension) {
    @Override
    public String toString() {
      return name + "." + extension;
    }
  }

  static File file(Context ctx) {
    Matcher match = FILE.matcher(ctx.pathParam("file"));
    if (!match.matches() || !Slug.valid(match.group(1))) {
      throw Call.notFound("there is nothing at " + ctx.path());
    }
    return new File(match.group(1), match.group(2));
  }

  static String slug(Context ctx, String name) {
    String slug = ctx.pathParam(name);
    if (!Slug.valid(slug)) {
      throw Call.notFound("there is nothing at " + ctx.path());
    }
    return slug;
  }
}
