package io.orderworkflow.payment;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Makes named threads that do not keep a process alive whose start failed, or that was told to end. */
public final class DaemonThreads extends CustomizableThreadFactory {

    private static final long serialVersionUID = 1L;

    /** Makes threads with that name and a number. */
    public DaemonThreads(String namePrefix) {
        super(namePrefix);
        setDaemon(true);
    }
}
