package io.castloom.assembler.night;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.simpl.SimpleJobFactory;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the desk by cron and sweeps replaced media versions once an hour. Which night is due is
 * computed from each show's drop time and zone, so that a wake-up that was missed costs nothing and
 * changes of the clock are right.
 */
public final class NightWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NightWatch.class);

  private final Scheduler scheduler;

  /** Something to do at an instant. */
  @FunctionalInterface
  public interface Chore {
    void run(Instant now) throws IOException;
  }

  private NightWatch(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Starts it.
   *
   * @param cron of the desk, Quartz's form, for example {@code 0/10 * * * * ?}
   * @throws IllegalArgumentException the cron expression is none
   */
  public static NightWatch start(String cron, Chore desk, Chore sweeper, InstantSource clock)
      throws IOException {
    try {
      Properties quartz = new Properties();
      quartz.setProperty("org.quartz.scheduler.instanceName", "night-watch-" + System.nanoTime());
      quartz.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
      quartz.setProperty("org.quartz.threadPool.threadCount", "2");
      quartz.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
      Scheduler scheduler = new StdSchedulerFactory(quartz).getScheduler();
      scheduler.setJobFactory(new Chores(desk, sweeper, clock));
      schedule(scheduler, DeskJob.class, cron);
      schedule(scheduler, SweepJob.class, "0 17 * * * ?");
      scheduler.start();
      return new NightWatch(scheduler);
    } catch (SchedulerException e) {
      throw new IOException("the night watch cannot start: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("nightly.cron: " + e.getMessage(), e);
    }
  }

  private static void schedule(Scheduler scheduler, Class<? extends Job> job, String cron)
      throws SchedulerException {
    JobDetail detail = JobBuilder.newJob(job).withIdentity(job.getSimpleName()).build();
    scheduler.scheduleJob(
        detail,
        TriggerBuilder.newTrigger()
            .withSchedule(
                CronScheduleBuilder.cronSchedule(cron).withMisfireHandlingInstructionDoNothing())
            .build());
  }

  @Override
  public void close() throws IOException {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      throw new IOException("the night watch does not end: " + e.getMessage(), e);
    }
  }

  /** A job that runs a chore; faults are logged and the next wake-up tries again. */
  private abstract static class ChoreJob implements Job {
    private final Chore chore;
    private final InstantSource clock;

    ChoreJob(Chore chore, InstantSource clock) {
      this.chore = chore;
      this.clock = clock;
    }

    @Override
    public void execute(JobExecutionContext context) {
      try {
        chore.run(clock.instant());
      } catch (IOException e) {
        LOG.warn(
            "{}: tried again at the next wake-up: {}",
            context.getJobDetail().getKey(),
            e.toString());
      } catch (RuntimeException e) {
        LOG.error("bug in {}", context.getJobDetail().getKey(), e);
      }
    }
  }

  @DisallowConcurrentExecution
  private static final class DeskJob extends ChoreJob {
    DeskJob(Chore chore, InstantSource clock) {
      super(chore, clock);
    }
  }

  @DisallowConcurrentExecution
  private static final class SweepJob extends ChoreJob {
    SweepJob(Chore chore, InstantSource clock) {
      super(chore, clock);
    }
  }

  private record Chores(Chore desk, Chore sweeper, InstantSource clock) implements JobFactory {
    @Override
    public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) throws SchedulerException {
      Class<?> job = bundle.getJobDetail().getJobClass();
      if (job == DeskJob.class) {
        return new DeskJob(desk, clock);
      }
      return job == SweepJob.class
          ? new SweepJob(sweeper, clock)
          : new SimpleJobFactory().newJob(bundle, scheduler);
    }
  }
}
