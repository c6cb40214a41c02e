package io.orderworkflow.rest;

import org.springframework.context.annotation.Configuration;

/** Describes the HTTP interface at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {}
