package io.castloom.autoscaler;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the calls that an autoscaler makes to the world through its ports, and lets something
 * happen at one of them, before or after its effect.
 */
final class Calls {

  /** The process is gone; nothing in it may catch this. */
  @SuppressWarnings("serial")
  static final class Crash extends Error {}

  /** What happens at a call. */
  @FunctionalInterface
  interface Event {
    void happen() throws IOException;
  }

  private final List<String> made = new ArrayList<>();
  private int at = -1;
  private boolean afterEffect;
  private Event event = () -> {};

  /** The event happens at the call of this number, from 0, counted from now. */
  void arm(int call, boolean after, Event what) {
    made.clear();
    at = call;
    afterEffect = after;
    event = what;
  }

  /** Nothing happens from now on; counting begins anew. */
  void disarm() {
    arm(-1, false, () -> {});
  }

  /** The calls since the last arming, by name. */
  List<String> made() {
    return List.copyOf(made);
  }

  /** The same port, with its calls counted. */
  <T> T count(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              boolean now = made.size() == at;
              made.add(port.getSimpleName() + "." + method.getName());
              if (now && !afterEffect) {
                event.happen();
              }
              try {
                Object answer = method.invoke(real, arguments);
                if (now && afterEffect) {
                  event.happen();
                }
                return answer;
              } catch (InvocationTargetException e) {
                Throwable cause = e.getCause();
                throw cause == null ? e : cause;
              }
            }));
  }
}
