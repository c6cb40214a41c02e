package io.orderworkflow.platform.schedule;

import java.time.Instant;

/**
 * Sends commands at a later time. What is scheduled survives every restart, and is sent at least once: its receiver
 * must bear repeats, and a command whose reason has gone by then.
 *
 * <p>Within a unit of work, what is scheduled and cancelled becomes effective with its commit.
 */
public interface CommandSchedule {

    /**
     * Schedules a command, in place of what was scheduled under that name before.
     *
     * @param name what it can be replaced and cancelled by, unique among everything scheduled; up to 200 characters
     * @param due when to send it; at the earliest then, usually within a second after
     * @param command the command
     */
    void schedule(String name, Instant due, Object command);

    /**
     * Cancels what is scheduled under that name, if anything is.
     *
     * @param name the name it was scheduled under
     */
    void cancel(String name);
}
