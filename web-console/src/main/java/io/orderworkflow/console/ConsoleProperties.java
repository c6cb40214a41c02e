package io.orderworkflow.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the pages are.
 *
 * @param queryTimeout how long what a page asks may take
 * @param consistencyWait how long a page waits for what its reader has just done
 * @param threads how many questions are asked at once; a local one is answered on them
 * @param backlog how many may wait to be asked before more are turned away
 */
@ConfigurationProperties("order-workflow.console")
record ConsoleProperties(
        @DefaultValue("5s") Duration queryTimeout,
        @DefaultValue("2s") Duration consistencyWait,
        @DefaultValue("8") int threads,
        @DefaultValue("200") int backlog) {}
