package io.belfry.api.openapi;

import org.springframework.context.annotation.Configuration;

/** Completes the description. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {}
