package io.orderworkflow.application;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Import it to count the statements that a program sends to its database. */
@TestConfiguration(proxyBeanMethods = false)
class CountedStatements {

    private static final LongAdder EXECUTED = new LongAdder();

    /** How many so far; a batch of the same statement counts once. */
    static long executed() {
        return EXECUTED.sum();
    }

    @Bean
    static BeanPostProcessor statementCounter() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source ? new Counting(source) : bean;
            }
        };
    }

    private static final class Counting extends DelegatingDataSource {

        private Counting(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return around(Connection.class, super.getConnection());
        }
    }

    private static <T> T around(Class<T> type, T real) {
        InvocationHandler counting = (proxy, method, arguments) -> {
            if (real instanceof Statement && method.getName().startsWith("execute")) {
                EXECUTED.increment();
            }
            try {
                Object result = method.invoke(real, arguments);
                return result instanceof Statement statement
                        ? aroundStatement(method.getReturnType(), statement)
                        : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(
                Proxy.newProxyInstance(CountedStatements.class.getClassLoader(), new Class<?>[] {type}, counting));
    }

    private static <S> Object aroundStatement(Class<S> type, Statement statement) {
        return type.isInstance(statement) ? around(type, type.cast(statement)) : statement;
    }
}
