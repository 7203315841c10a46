package io.castloom.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The arrows of docs/architecture.md, held by the build. */
@AnalyzeClasses(
    packages = "io.castloom",
    importOptions = {ImportOption.DoNotIncludeTests.class, HouseTest.NoTestJars.class})
final class HouseTest {

  /**
   * In {@code verify} the fakes and builders come as a jar, which ArchUnit does not know as tests.
   * What JMH generates is not written by us.
   */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/jmh_generated/");
    }
  }

  private static final String[] PROCESSES = {
    "io.castloom.ingest..",
    "io.castloom.worker..",
    "io.castloom.assembler..",
    "io.castloom.autoscaler.."
  };

  @ArchTest
  static final ArchRule the_domain_sees_the_jdk_only =
      classes()
          .that()
          .resideInAPackage("io.castloom.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.castloom.domain..", "java..", "org.jspecify.annotations..")
          .because("planners and ports must be readable and testable without any technology");

  @ArchTest
  static final ArchRule bitstream_sees_the_jdk_only =
      classes()
          .that()
          .resideInAPackage("io.castloom.bitstream..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.castloom.bitstream..", "java..", "org.jspecify.annotations..")
          .because("it is pure functions on bytes");

  @ArchTest
  static final ArchRule only_core_aws_sees_the_aws_sdk =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.castloom.aws..")
          .and()
          .doNotHaveFullyQualifiedName("io.castloom.local.cloud.AtomicBlobStore")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..")
          .because(
              "a port is in the caller's words; the SDK stays behind it (S3Proxy's own interface"
                  + " to a store is in the SDK's words, and one class wraps it)");

  @ArchTest
  static final ArchRule only_core_ffmpeg_sees_jaffree =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.castloom.ffmpeg..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.github.kokorin.jaffree..", "org.bytedeco..")
          .because("the media tools are reached through MediaTools");

  @ArchTest
  static final ArchRule adapters_do_not_see_the_shell =
      noClasses()
          .that()
          .resideInAnyPackage("io.castloom.aws..", "io.castloom.ffmpeg..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.castloom.service..")
          .because("dependencies point down");

  @ArchTest
  static final ArchRule core_does_not_see_processes =
      noClasses()
          .that()
          .resideInAnyPackage("io.castloom.service..", "io.castloom.aws..", "io.castloom.ffmpeg..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROCESSES)
          .because("dependencies point down");

  @ArchTest
  static final ArchRule processes_do_not_see_the_local_environment =
      noClasses()
          .that()
          .resideInAnyPackage(PROCESSES)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.castloom.local..")
          .because("what runs on AWS knows nothing of how a developer runs it");

  @ArchTest
  static final ArchRule processes_never_see_each_other =
      slices()
          .matching("io.castloom.(ingest|worker|assembler|autoscaler)..")
          .should()
          .notDependOnEachOther()
          .because("they talk through the bucket and the queues alone");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices()
          .matching("io.castloom.(*).(*)..")
          .should()
          .beFreeOfCycles()
          .because("a cycle is one room with a wall drawn through it");

  @ArchTest
  static final ArchRule no_class_is_a_bag =
      noClasses()
          .that()
          .resideInAPackage("io.castloom..")
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
          .because("such a name says nothing of what belongs in it");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .that(
              DescribedPredicate.describe(
                  "are not package-info",
                  (JavaClass c) -> !c.getSimpleName().equals("package-info")))
          .and()
          .resideInAPackage("io.castloom..")
          .should(beInANullMarkedPackage())
          .because("absence is written @Nullable, everywhere");

  private static com.tngtech.archunit.lang.ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new com.tngtech.archunit.lang.ArchCondition<>("be in a @NullMarked package") {
      @Override
      public void check(JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new com.tngtech.archunit.lang.SimpleConditionEvent(
                item, marked, item.getPackageName() + " lacks @NullMarked"));
      }
    };
  }
}
