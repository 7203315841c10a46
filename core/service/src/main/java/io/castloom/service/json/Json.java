package io.castloom.service.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.queue.MessageCodec;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The domain's values as JSON. Ids are plain strings, durations and instants ISO 8601 strings,
 * constants lower-case words, absent values are left out, and a value of a sealed type has a
 * property {@code type}: {@code encode}, {@code cancel-task}. Fields that this version does not
 * know are passed over, so that an older process reads what a newer one wrote.
 */
public final class Json {

  /** The media type of documents. */
  public static final String MEDIA_TYPE = "application/json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(
              tools.jackson.databind.AnnotationIntrospector.pair(
                  new tools.jackson.databind.introspect.JacksonAnnotationIntrospector(),
                  new DomainIntrospector()))
          .addMixIn(TaskId.class, TaskIdText.class)
          .addMixIn(WorkClass.class, WorkClassText.class)
          .addMixIn(Conforming.class, ConformingText.class)
          .addMixIn(TaskSpec.Conform.class, ConformOfBefore.class)
          .addMixIn(TaskSpec.Callback.class, CallbackOfBefore.class)
          .addModule(lanes())
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(
              tools.jackson.databind.cfg.DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
              tools.jackson.databind.cfg.DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .changeDefaultPropertyInclusion(
              was -> was.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private Json() {}

  /** The mapper itself, for streams and trees; it never changes. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** A value in one line. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** A value for people, in many lines. */
  public static String pretty(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /**
   * Reads a value.
   *
   * @throws IOException the text is no such value; the message says where and why
   */
  public static <T> T read(String text, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw unreadable("text", type, e);
    }
  }

  /**
   * Reads a document from a bucket.
   *
   * @throws io.castloom.domain.store.NoSuchObjectException there is none
   * @throws UnreadableDocumentException it is no such value; the message names the key and says
   *     where and why
   * @throws IOException the store failed
   */
  public static <T> T read(ObjectStore store, String key, Class<T> type) throws IOException {
    byte[] bytes;
    String etag;
    try (ObjectContent content = store.get(key, null)) {
      bytes = content.stream().readAllBytes();
      etag = content.info().etag();
    }
    String what = type.getSimpleName() + ": ";
    try {
      T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw new UnreadableDocumentException(key, what + "it holds nothing", etag, bytes, null);
      }
      return value;
    } catch (JacksonException e) {
      throw new UnreadableDocumentException(key, what + e.getOriginalMessage(), etag, bytes, e);
    }
  }

  /**
   * Reads a document that is open already.
   *
   * @param key names it in messages
   * @throws IOException it is no such value
   */
  public static <T> T read(InputStream stream, String key, Class<T> type) throws IOException {
    byte[] bytes = stream.readAllBytes();
    try {
      return MAPPER.readValue(bytes, type);
    } catch (JacksonException e) {
      throw unreadable(key, type, e);
    }
  }

  /** A document to store. */
  public static ObjectData data(Object value) {
    return ObjectData.of(MAPPER.writeValueAsBytes(value), MEDIA_TYPE);
  }

  /** Messages of a type. */
  public static <T> MessageCodec<T> codec(Class<T> type) {
    return new MessageCodec<>() {
      @Override
      public String encode(T body) {
        return write(body);
      }

      @Override
      public T decode(String text) throws IOException {
        return read(text, type);
      }
    };
  }

  /** The planner's lanes as keys of maps: {@code transcode-high}. */
  private static SimpleModule lanes() {
    SimpleModule module = new SimpleModule("lanes");
    module.addKeyDeserializer(
        Lane.class,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            String[] parts = key.toUpperCase(Locale.ROOT).split("-", 2);
            return new Lane(
                WorkKind.valueOf(parts[0]), io.castloom.domain.scaling.WorkClass.valueOf(parts[1]));
          }
        });
    return module;
  }

  private static IOException unreadable(String where, Class<?> type, JacksonException e) {
    return new IOException(
        where + " is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
  }

  /** Messages that waited while the version changed have the time under its name of then. */
  interface CallbackOfBefore {
    @JsonAlias("endedAt")
    Instant at();
  }

  /** A piece's manner stands where its fade alone stood, under that name. */
  interface ConformOfBefore {
    @JsonProperty("fade")
    Conforming how();
  }

  private interface ConformingText {
    @JsonValue
    @Override
    String toString();

    @JsonCreator
    static Conforming parse(String text) {
      return Conforming.parse(text);
    }
  }

  private interface TaskIdText {
    @JsonValue
    @Override
    String toString();

    @JsonCreator
    static TaskId parse(String text) {
      return TaskId.parse(text);
    }
  }

  private interface WorkClassText {
    @JsonValue
    String slug();

    @JsonCreator
    static WorkClass ofSlug(String slug) {
      return WorkClass.ofSlug(slug);
    }
  }
}
