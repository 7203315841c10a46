package io.castloom.service.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Reads from the shape of the domain's types what annotations would say, so that the domain knows
 * nothing of JSON:
 *
 * <ul>
 *   <li>A value of a sealed interface carries a property {@code type}: the record's simple name in
 *       kebab case, for example {@code {"type":"encode",...}}.
 *   <li>A record of one string called {@code value} or {@code hex} is that string.
 * </ul>
 */
final class DomainIntrospector extends NopAnnotationIntrospector {

  private static final long serialVersionUID = 1L;
  private static final String HOUSE = "io.castloom.";
  private static final Set<String> TEXT = Set.of("value", "hex");

  /** The class as the property {@code type} names it: {@code CancelTask} is {@code cancel-task}. */
  static String typeName(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    if (!(annotated instanceof AnnotatedClass) || sealedRoot(annotated.getRawType()) == null) {
      return null;
    }
    return JsonTypeInfo.Value.construct(
        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, true);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
    Class<?> type = annotated.getRawType();
    if (!isHouse(type) || !type.isSealed()) {
      return null;
    }
    List<NamedType> found = new ArrayList<>();
    addLeaves(type, found);
    return found;
  }

  @Override
  public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass annotated) {
    Class<?> type = annotated.getRawType();
    return sealedRoot(type) != null ? typeName(type) : null;
  }

  @Override
  public @Nullable Boolean hasAsValue(MapperConfig<?> config, Annotated annotated) {
    boolean text =
        annotated instanceof AnnotatedMethod method
            && method.getParameterCount() == 0
            && isText(method.getDeclaringClass())
            && TEXT.contains(method.getName());
    return text ? Boolean.TRUE : null;
  }

  @Override
  public JsonCreator.@Nullable Mode findCreatorAnnotation(
      MapperConfig<?> config, Annotated annotated) {
    boolean text =
        annotated instanceof AnnotatedConstructor constructor
            && constructor.getParameterCount() == 1
            && isText(constructor.getDeclaringClass());
    return text ? JsonCreator.Mode.DELEGATING : null;
  }

  private static void addLeaves(Class<?> type, List<NamedType> found) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        addLeaves(permitted, found);
      } else {
        found.add(new NamedType(permitted, typeName(permitted)));
      }
    }
  }

  private static boolean isHouse(Class<?> type) {
    return type.getName().startsWith(HOUSE);
  }

  private static boolean isText(Class<?> type) {
    if (!isHouse(type) || !type.isRecord() || sealedRoot(type) != null) {
      return false;
    }
    var components = type.getRecordComponents();
    return components.length == 1
        && components[0].getType() == String.class
        && TEXT.contains(components[0].getName());
  }

  private static @Nullable Class<?> sealedRoot(Class<?> type) {
    if (!isHouse(type) || type.isEnum()) {
      return null;
    }
    if (type.isSealed() && type.isInterface()) {
      return type;
    }
    for (Class<?> above : type.getInterfaces()) {
      Class<?> root = sealedRoot(above);
      if (root != null) {
        return root;
      }
    }
    return null;
  }
}
