package io.orderworkflow.application;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class OrderWorkflowApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrderWorkflowApplication.class, args);
    }
}
