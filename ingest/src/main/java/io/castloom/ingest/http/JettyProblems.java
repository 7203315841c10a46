package io.castloom.ingest.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problem details for what Jetty refuses by itself: bad addresses, headers that are too large. */
final class JettyProblems extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Object said = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    byte[] body = Problems.bytes(status, detail(status, said));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static String detail(int status, @Nullable Object said) {
    return status < 500 && said != null
        ? said.toString()
        : Problem.title(status).toLowerCase(Locale.ROOT);
  }
}
