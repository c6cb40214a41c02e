package io.orderworkflow.application;

import io.orderworkflow.api.OrderId;
import io.orderworkflow.api.PaymentId;
import io.orderworkflow.payment.provider.PaymentProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.Message;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stops the program at one point of one order's way, for {@link CrashMatrixIT} to kill it there. Put on the class path
 * of the program and among its Spring sources, it goes around the program's own parts; it is no part of them.
 *
 * <p>The thread that comes to the point tells the supervisor by connecting to it, and goes no further. A message is of
 * the order if it names the order, or its payment.
 */
final class StoppingPoint {

    static final String POINT = "crash.point";
    static final String ORDER = "crash.order";
    static final String SUPERVISOR = "crash.supervisor";

    static final String COMMAND = "command";
    static final String EVENTS = "events";
    static final String PROVIDER = "provider";
    static final String BEFORE = "before";
    static final String AFTER = "after";

    private StoppingPoint() {}

    /** What a point is called: where, before or after, and the message or call. */
    static String name(String place, String when, String what) {
        return place + "/" + when + "/" + what;
    }

    /** A processor's point: before and after it commits what it made of an event, and its token. */
    @Bean
    static ConfigurerModule stopInProcessors() {
        return configurer -> configurer.eventProcessing(processing ->
                processing.registerDefaultHandlerInterceptor((axon, processor) -> (batch, chain) -> {
                    stopAroundCommit(processor, batch.getMessage().getPayload());
                    return chain.proceed();
                }));
    }

    @Bean
    static BeanPostProcessor stopInGateways() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof EventStorageEngine) {
                    return around(EventStorageEngine.class, bean, StoppingPoint::append);
                }
                if (bean instanceof CommandGateway) {
                    return around(CommandGateway.class, bean, StoppingPoint::send);
                }
                return bean instanceof PaymentProvider
                        ? around(PaymentProvider.class, bean, StoppingPoint::askProvider)
                        : bean;
            }
        };
    }

    private static Object append(String method, Object[] arguments, Call append) throws Throwable {
        if (method.equals("appendEvents") && arguments[0] instanceof List<?> events) {
            for (Object event : events) {
                stopAroundCommit(EVENTS, ((Message<?>) event).getPayload());
            }
        }
        return append.go();
    }

    private static Object send(String method, Object[] arguments, Call send) throws Throwable {
        if (!method.equals("send")) {
            return send.go();
        }
        Object command = arguments[0] instanceof Message<?> message ? message.getPayload() : arguments[0];
        return stopAround(COMMAND, command.getClass().getSimpleName(), command, send);
    }

    private static Object askProvider(String method, Object[] arguments, Call ask) throws Throwable {
        return arguments == null ? ask.go() : stopAround(PROVIDER, method, arguments[0], ask);
    }

    private static Object stopAround(String place, String what, Object subject, Call call) throws Throwable {
        if (!isOfTheOrder(subject)) {
            return call.go();
        }
        stopAt(place, BEFORE, what);
        Object result = call.go();
        return result instanceof CompletionStage<?> stage
                ? stage.whenComplete((answer, failure) -> stopAt(place, AFTER, what))
                : result;
    }

    private static void stopAroundCommit(String place, Object event) {
        String what = event.getClass().getSimpleName();
        boolean here = Target.POINT_NAME.startsWith(place + "/") && Target.POINT_NAME.endsWith("/" + what);
        if (here && isOfTheOrder(event)) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    stopAt(place, BEFORE, what);
                }

                @Override
                public void afterCommit() {
                    stopAt(place, AFTER, what);
                }
            });
        }
    }

    private static boolean isOfTheOrder(Object message) {
        String text = message.toString();
        return text.contains(Target.ORDER_ID) || text.contains(Target.PAYMENT_ID);
    }

    private static void stopAt(String place, String when, String what) {
        if (name(place, when, what).equals(Target.POINT_NAME)) {
            try (Socket supervisor = new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger(SUPERVISOR))) {
                // There is no answer: the program is killed while it waits here.
                supervisor.getInputStream().read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Object around(Class<?> type, Object target, Advice advice) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> advice.apply(method.getName(), arguments, () -> {
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Where this program is to stop; read only in the program itself, not by its supervisor. */
    private static final class Target {

        static final String POINT_NAME = System.getProperty(POINT);
        static final String ORDER_ID = System.getProperty(ORDER);
        static final String PAYMENT_ID =
                PaymentId.forOrder(OrderId.of(ORDER_ID)).toString();
    }

    @FunctionalInterface
    private interface Advice {
        Object apply(String method, Object[] arguments, Call call) throws Throwable;
    }

    @FunctionalInterface
    private interface Call {
        Object go() throws Throwable;
    }
}
