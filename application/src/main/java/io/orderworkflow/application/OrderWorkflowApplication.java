package io.orderworkflow.application;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The one program; which parts of it a process runs is a matter of its roles. */
@SpringBootApplication
public class OrderWorkflowApplication {

    /** Starts the program. */
    public static void main(String[] arguments) {
        // Axon reads this one from nowhere else.
        System.setProperty("disable-axoniq-console-message", "true");
        try {
            SpringApplication.run(OrderWorkflowApplication.class, arguments);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "A library is missing: the folder lib must lie beside order-workflow.jar.", missing);
        }
    }
}
