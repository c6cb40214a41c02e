package io.orderworkflow.platform.store;

import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Lets aggregates be made by their constructors. Axon would ask Spring for a prototype bean each time, although our
 * aggregates have nothing injected; that took longer than reading their events. Ordered, so that it comes before
 * Axon's own look for aggregates, which leaves alone what has a factory.
 */
final class PlainAggregates implements BeanDefinitionRegistryPostProcessor, Ordered {

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry instanceof ConfigurableListableBeanFactory beans) {
            for (String name : beans.getBeanNamesForAnnotation(Aggregate.class)) {
                Class<?> type = beans.getType(name);
                if (type != null) {
                    registry.registerBeanDefinition(
                            // The name under which Axon looks for it.
                            StringUtils.uncapitalize(type.getSimpleName()) + "AggregateFactory",
                            BeanDefinitionBuilder.genericBeanDefinition(PlainAggregateFactory.class)
                                    .addConstructorArgValue(type)
                                    .getBeanDefinition());
                }
            }
        }
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
