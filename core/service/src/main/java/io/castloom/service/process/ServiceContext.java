package io.castloom.service.process;

import io.castloom.service.admin.AdminServer;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.telemetry.Telemetry;
import java.time.InstantSource;

/**
 * What every process is given to build its parts from.
 *
 * @param parts to add own parts to; they are closed in the opposite order
 * @param stop to end the process, or to see that it ends
 * @param serviceArguments as it was called
 */
public record ServiceContext(
    Role role,
    Cloud cloud,
    Telemetry telemetry,
    AdminServer admin,
    Parts parts,
    Stop stop,
    InstantSource clock,
    ServiceArguments serviceArguments) {}
